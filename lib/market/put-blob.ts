import { encodeFunctionData, type Hex } from 'viem';
import { blobsAbi } from '../contracts/generated/blobs-abi.ts';
import type { TxAction } from './tx-action.ts';

/** Bytes to put on chain, at most 24 KiB. */
export interface PutBlob {
  data: Hex;
}

/** Puts bytes into the event log under their keccak256. */
export const putBlob: TxAction<PutBlob> = {
  label: 'Put data on chain',
  review: ({ data }) => [
    `${(data.length - 2) / 2} bytes are written to the event log, for good. It costs only gas.`,
  ],
  request: (deployment, { data }) => ({
    to: deployment.blobs,
    data: encodeFunctionData({ abi: blobsAbi, functionName: 'put', args: [data] }),
    value: 0n,
  }),
};
