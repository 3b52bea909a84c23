import type { Address, Client, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { lensAbi } from '../contracts/generated/lens-abi.ts';

/** In the order of the contract's enum. */
const offerStatuses = ['none', 'open', 'withdrawn', 'confirmed', 'missed'] as const;

/** An offer as the chain has it now. Moments in unix seconds. */
export interface OfferOnChain {
  provider: Address;
  status: (typeof offerStatuses)[number];
  /** Wei a shard. */
  askWei: bigint;
  commitment: Hex;
  confirmedAt?: number;
}

/** Reads the offers of some providers for one task in one call. Throws viem's errors. */
export async function readOffers(
  client: Client,
  { lens }: Deployment,
  taskId: Hex,
  providers: readonly Address[],
): Promise<OfferOnChain[]> {
  const states = await readContract(client, {
    address: lens,
    abi: lensAbi,
    functionName: 'offers',
    args: [taskId, providers],
  });
  return providers.flatMap((provider, index) => {
    const state = states[index];
    if (!state) return [];
    const { status, ask, commitment, confirmedAt } = state;
    return {
      provider,
      status: offerStatuses[status] ?? 'none',
      askWei: ask,
      commitment,
      confirmedAt: confirmedAt === 0 ? undefined : confirmedAt,
    };
  });
}
