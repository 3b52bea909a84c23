// Made by `npm run generate` from the contracts. Do not edit.
export const blobsAbi = [
  { type: 'error', name: 'BlobTooLarge', inputs: [{ name: 'given', type: 'uint256' }, { name: 'most', type: 'uint256' }] },
  { type: 'event', name: 'Put', inputs: [{ name: 'digest', type: 'bytes32', indexed: true }, { name: 'data', type: 'bytes', indexed: false }] },
  { type: 'function', name: 'MAX_BLOB', inputs: [], outputs: [{ name: '', type: 'uint256' }], stateMutability: 'view' },
  { type: 'function', name: 'put', inputs: [{ name: 'data', type: 'bytes' }], outputs: [{ name: 'digest', type: 'bytes32' }], stateMutability: 'nonpayable' },
] as const;
