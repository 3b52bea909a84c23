import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { readBlob } from '@opengpu/sdk/market/read-blob';
import { type Hex, hexToBytes, type PublicClient } from 'viem';

/** Reads bytes that somebody put into the event log, by their keccak256. */
export function blobSource(client: PublicClient, deployment: Deployment) {
  return async (digest: Hex): Promise<Uint8Array | undefined> => {
    const data = await readBlob(client, deployment, digest);
    return data && hexToBytes(data);
  };
}
