import { type Client, getAbiItem, type Hex, keccak256, parseEventLogs } from 'viem';
import { getLogs } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { blobsAbi } from '../contracts/generated/blobs-abi.ts';

const putEvent = getAbiItem({ abi: blobsAbi, name: 'Put' });

/** Bytes that were put on chain under `digest` (keccak256), checked against it; undefined when nobody put them. Throws viem's errors. */
export async function readBlob(
  client: Client,
  { blobs, fromBlock }: Deployment,
  digest: Hex,
): Promise<Hex | undefined> {
  const logs = await getLogs(client, { address: blobs, event: putEvent, args: { digest }, fromBlock });
  for (const { args } of parseEventLogs({ abi: blobsAbi, logs })) {
    if (keccak256(args.data) === digest.toLowerCase()) return args.data;
  }
  return undefined;
}
