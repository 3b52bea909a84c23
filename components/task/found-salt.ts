import type { TaskRecord } from '@opengpu/sdk/market/state';
import { type Address, getContractAddress, type Hex, size, slice } from 'viem';
import { searchCondition } from './search-pattern';

/** What a CREATE2 search was for. */
export interface FoundSalt {
  salt: Hex;
  address: Address;
}

/** The output is nine words: found (1) and the salt; the address follows from the terms. */
export function foundSalt(record: TaskRecord): FoundSalt | undefined {
  const output = record.settled.get(0)?.output;
  const wanted = searchCondition(record.task.verifierData);
  if (!output || !wanted || size(output) !== 36) return undefined;
  const salt = slice(output, 4, 36);
  return {
    salt,
    address: getContractAddress({
      opcode: 'CREATE2',
      from: wanted.deployer,
      salt,
      bytecodeHash: wanted.initCodeHash,
    }),
  };
}
