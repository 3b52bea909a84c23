import { type Address, bytesToHex, type Client } from 'viem';
import { getCode, readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { fraudProofAbi } from '../contracts/generated/fraud-proof-abi.ts';

/** Where the element code is on chain, or undefined while nobody has needed it there. Throws viem's errors. */
export async function readKernel(
  client: Client,
  { fraudProof }: Deployment,
  code: Uint8Array,
): Promise<Address | undefined> {
  const address = await readContract(client, {
    address: fraudProof,
    abi: fraudProofAbi,
    functionName: 'kernelAddress',
    args: [bytesToHex(code)],
  });
  return (await getCode(client, { address })) === undefined ? undefined : address;
}
