import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem';

/** What a provider commits to for one shard; binding the provider, a copy of it is worth nothing to others. */
export interface ResponseLeaf {
  taskId: Hex;
  shard: number;
  provider: Address;
  outputRoot: Hex;
  /** 32 random bytes, kept until the commitment is opened. */
  salt: Hex;
}

const parameters = [
  { type: 'bytes32' },
  { type: 'uint32' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'bytes32' },
] as const;

/** Hash of one leaf of a commitment, 32 bytes. */
export function responseLeaf({ taskId, shard, provider, outputRoot, salt }: ResponseLeaf): Hex {
  return keccak256(encodeAbiParameters(parameters, [taskId, shard, provider, outputRoot, salt]));
}
