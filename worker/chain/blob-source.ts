import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { blobsAbi } from '@opengpu/sdk/contracts/generated/blobs-abi';
import { getAbiItem, type Hex, hexToBytes, type PublicClient } from 'viem';

/** Reads bytes that somebody put into the event log, by their keccak256; the reader checks them. */
export function blobSource(client: PublicClient, deployment: Deployment) {
  return async (digest: Hex): Promise<Uint8Array | undefined> => {
    const logs = await client.getLogs({
      address: deployment.blobs,
      event: getAbiItem({ abi: blobsAbi, name: 'Put' }),
      args: { digest },
      fromBlock: deployment.fromBlock,
      strict: true,
    });
    const data = logs[0]?.args.data;
    return data && hexToBytes(data);
  };
}
