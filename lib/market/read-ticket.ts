import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { Ticket } from './state.ts';

/** A staker's open request to leave a provider's pool, now; undefined without one. Throws viem's errors. */
export async function readTicket(
  client: Client,
  { vault }: Deployment,
  provider: Address,
  staker: Address,
): Promise<Ticket | undefined> {
  const { shares, readyAt } = await readContract(client, {
    address: vault,
    abi: vaultAbi,
    functionName: 'ticketOf',
    args: [provider, staker],
  });
  return shares === 0n ? undefined : { shares, readyAt };
}
