import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords, percentInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';
import { vaultMulticall } from './vault-multicall.ts';

/** Everything that makes the sender a provider. Amounts in wei, out of the wallet. */
export interface BecomeProvider {
  /** The sender. */
  provider: Address;
  stakeWei: bigint;
  /** The provider's part of earnings, basis points; the rest goes to all stakers. */
  commissionBps: number;
  /** The most that may ever be locked: what a stolen operator key can cost. */
  lockLimitWei: bigint;
  /** The hot key that works. */
  operator: Address;
  /** Gas money for the operator. */
  floatWei: bigint;
}

const wholeBps = 10_000;

/** One transaction: market, commission, lock limit, stake, operator and its float. */
export const becomeProvider: TxAction<BecomeProvider> = {
  label: 'Become a provider',
  review: ({ stakeWei, commissionBps, lockLimitWei, floatWei }) => [
    `${amountInWords(stakeWei)} leaves your wallet as your own stake; wrong or missed work costs part of it.`,
    `At most ${amountInWords(lockLimitWei)} can be locked at a time.`,
    `You keep ${percentInWords(commissionBps)} of earnings; the rest goes to everybody who stakes, you included.`,
    `${amountInWords(floatWei)} goes to the worker's key for gas. That key can work, and can never withdraw your stake or balance.`,
  ],
  request(deployment, { provider, stakeWei, commissionBps, lockLimitWei, operator, floatWei }) {
    const { market } = deployment;
    const calls = [
      encodeFunctionData({ abi: vaultAbi, functionName: 'setMarket', args: [market] }),
      encodeFunctionData({ abi: vaultAbi, functionName: 'setCommission', args: [commissionBps] }),
      encodeFunctionData({ abi: vaultAbi, functionName: 'setLockLimit', args: [lockLimitWei] }),
      // Own stake: no commission of one's own is too high.
      encodeFunctionData({
        abi: vaultAbi,
        functionName: 'stake',
        args: [provider, stakeWei, market, wholeBps],
      }),
      encodeFunctionData({ abi: vaultAbi, functionName: 'setOperator', args: [operator, true, floatWei] }),
    ];
    return vaultMulticall(deployment, calls, stakeWei + floatWei);
  },
};
