import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords, percentInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';
import { vaultMulticall } from './vault-multicall.ts';

/** Stake behind `provider`, out of the wallet or the balance in the vault. */
export interface Stake {
  provider: Address;
  amountWei: bigint;
  /** The highest commission that the staker accepts, basis points. */
  maxCommissionBps: number;
  source: 'wallet' | 'balance';
}

/** Stakes behind a provider that serves this market. */
export const stake: TxAction<Stake> = {
  label: 'Stake',
  review: ({ amountWei, maxCommissionBps, source }) => [
    `${amountInWords(amountWei)} goes from your ${source === 'wallet' ? 'wallet' : 'balance'} into the provider's pool.`,
    `The provider keeps ${percentInWords(maxCommissionBps)} of earnings at most; the rest is shared by the pool.`,
    "Slashes burn the provider's own stake first, then everybody's. Leaving takes the unbonding period.",
  ],
  request(deployment, { provider, amountWei, maxCommissionBps, source }) {
    const args = [provider, amountWei, deployment.market, maxCommissionBps] as const;
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'stake', args });
    return source === 'wallet'
      ? vaultMulticall(deployment, [data], amountWei)
      : { to: deployment.vault, data, value: 0n };
  },
};
