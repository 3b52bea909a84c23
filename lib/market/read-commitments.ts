import type { Address, Client, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { marketAbi } from '../contracts/generated/market-abi.ts';

/** A commitment that can still be opened, as the chain has it now. */
export interface CommitmentOnChain {
  /** The first 22 bytes of the committed root: see `isCommitmentTo`. */
  root: Hex;
  /** Unix seconds. */
  committedAt: number;
  blockNumber: number;
}

/** Reads a provider's live commitments on one First Response task, at most four. Throws viem's errors. */
export async function readCommitments(
  client: Client,
  { market }: Deployment,
  taskId: Hex,
  provider: Address,
): Promise<CommitmentOnChain[]> {
  const slots = await readContract(client, {
    address: market,
    abi: marketAbi,
    functionName: 'commitmentState',
    args: [taskId, provider],
  });
  return slots.filter(({ committedAt }) => committedAt !== 0);
}

/** Whether a commitment on chain is the one to `root`. */
export function isCommitmentTo(commitment: CommitmentOnChain, root: Hex): boolean {
  return root.toLowerCase().startsWith(commitment.root.toLowerCase());
}
