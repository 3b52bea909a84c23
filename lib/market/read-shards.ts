import type { Client, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { lensAbi } from '../contracts/generated/lens-abi.ts';

/** Whether a shard is paid, as the chain has it now. */
export type ShardOnChain =
  | { kind: 'open' }
  /** `settledAt` in unix seconds; `digest`: first 26 bytes of keccak256(abi.encode(provider, outputRoot, price)). */
  | { kind: 'settled' | 'slashed'; settledAt: number; digest: Hex };

/** Reads shards `from` to `from + count − 1` of a task in one call. Throws viem's errors. */
export async function readShards(
  client: Client,
  { lens }: Deployment,
  taskId: Hex,
  from: number,
  count: number,
): Promise<ShardOnChain[]> {
  const states = await readContract(client, {
    address: lens,
    abi: lensAbi,
    functionName: 'shards',
    args: [taskId, from, count],
  });
  return states.map(({ digest, settledAt, slashed }) =>
    settledAt === 0 ? { kind: 'open' } : { kind: slashed ? 'slashed' : 'settled', settledAt, digest },
  );
}
