import {
  type Address,
  createTestClient,
  http,
  publicActions,
  type TransactionReceipt,
  walletActions,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { inject } from 'vitest';
import type { Deployment } from '../contracts/deployment.ts';
import { deploymentOf } from '../contracts/deployments.ts';
import type { TxCall } from '../market/tx-action.ts';
import { explainError } from '../protocol/errors.ts';
import { type Anvil, startAnvil } from './anvil.ts';

const mnemonic = 'test test test test test test test test test test test junk';

/** Anvil's account `index`, unlocked there. */
export function account(index: number): Address {
  return mnemonicToAccount(mnemonic, { addressIndex: index }).address;
}

/** Starts a chain of the test's own with the contracts on it. One transaction a block. */
export async function startTestChain() {
  const anvil = await startAnvil();
  const client = clientOf(anvil);
  await client.loadState({ state: inject('deployedState') });
  // A block a second of the chain's own time, however fast they follow.
  await client.setBlockTimestampInterval({ interval: 1 });
  const deployment = deploymentOf(foundry.id);
  if (!deployment || (await client.getCode({ address: deployment.market })) === undefined) {
    throw new Error('The contracts are not where the deployments file says: run npm run generate.');
  }
  return {
    client,
    rpcUrl: anvil.rpcUrl,
    deployment: deployment satisfies Deployment,
    stop: anvil.stop,

    /** Sends a call and waits for its block; throws when it reverts. */
    async send(from: Address, call: TxCall): Promise<TransactionReceipt> {
      const hash = await client.sendTransaction({ account: from, ...call });
      const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 10 });
      if (receipt.status === 'reverted') {
        const { blockNumber } = receipt;
        const again = client.call({ account: from, ...call, blockNumber });
        const reason = await again.then(() => 'not when it is run again after its block', explainError);
        throw new Error(`A transaction reverted: ${reason}`);
      }
      return receipt;
    },

    /** The newest block's time, unix seconds. */
    async now(): Promise<number> {
      return Number((await client.getBlock()).timestamp);
    },

    /** Lets time pass and mines a block. */
    async pass(seconds: number): Promise<void> {
      const { timestamp } = await client.getBlock();
      await client.setNextBlockTimestamp({ timestamp: timestamp + BigInt(seconds) });
      await client.mine({ blocks: 1 });
    },
  };
}

/** What `startTestChain` gives. */
export type TestChain = Awaited<ReturnType<typeof startTestChain>>;

function clientOf({ rpcUrl }: Anvil) {
  return createTestClient({ mode: 'anvil', chain: foundry, transport: http(rpcUrl), pollingInterval: 10 })
    .extend(publicActions)
    .extend(walletActions);
}
