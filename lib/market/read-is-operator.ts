import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';

/** Whether `operator` may work for `provider` now. Throws viem's errors. */
export async function readIsOperator(
  client: Client,
  { vault }: Deployment,
  provider: Address,
  operator: Address,
): Promise<boolean> {
  return readContract(client, {
    address: vault,
    abi: vaultAbi,
    functionName: 'isOperator',
    args: [provider, operator],
  });
}
