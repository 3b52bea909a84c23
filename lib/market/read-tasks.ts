import { type Address, type Client, type Hex, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { lensAbi } from '../contracts/generated/lens-abi.ts';

/** A task as the chain has it now. Moments in unix seconds. */
export interface TaskOnChain {
  taskId: Hex;
  escrowWei: bigint;
  /** Undefined: never published. */
  openedAt?: number;
  /** Manual Confirmation: whose offer is confirmed, or was last. */
  confirmed?: Address;
  /** Manual Confirmation: shards paid. */
  delivered: number;
  cancelledDeadline?: number;
  /** Offers that are open or confirmed. */
  liveOffers: number;
  reclaimed: boolean;
}

/** Reads any number of tasks in one call, in the order asked for. Throws viem's errors. */
export async function readTasks(
  client: Client,
  { lens }: Deployment,
  taskIds: readonly Hex[],
): Promise<TaskOnChain[]> {
  const views = await readContract(client, {
    address: lens,
    abi: lensAbi,
    functionName: 'tasks',
    args: [taskIds],
  });
  return views.map(({ taskId, escrow, openedAt, state }) => ({
    taskId,
    escrowWei: escrow,
    openedAt: openedAt === 0n ? undefined : Number(openedAt),
    confirmed: state.confirmed === zeroAddress ? undefined : state.confirmed,
    delivered: state.delivered,
    cancelledDeadline: state.deadline === 0 ? undefined : state.deadline,
    liveOffers: state.liveOffers,
    reclaimed: state.reclaimed,
  }));
}
