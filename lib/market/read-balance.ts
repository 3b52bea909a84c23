import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';

/** An account's balance in the vault now, wei. Throws viem's errors. */
export function readBalance(client: Client, { vault }: Deployment, account: Address): Promise<bigint> {
  return readContract(client, { address: vault, abi: vaultAbi, functionName: 'balanceOf', args: [account] });
}
