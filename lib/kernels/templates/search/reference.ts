import { concatHex, getContractAddress, type Hex, hexToBigInt, numberToHex } from 'viem';

// The search kernel's meaning, once more by hand, on viem's own CREATE2 rule. Nothing is taken from the kernel.

const tries = 256;

/** Elements `first` to `first + count − 1` of a search: nine words each, found and the salt. */
export function searchReference(searchWords: Uint32Array, first: number, count: number): Uint32Array {
  const result = new Uint32Array(9 * count);
  for (let index = 0; index < count; index++) {
    const salt = firstSalt(searchWords, first + index);
    if (salt) result.set([1, ...salt], 9 * index);
  }
  return result;
}

/** The first salt (eight words) of this element whose address fits, if one does. */
function firstSalt(words: Uint32Array, id: number): number[] | undefined {
  const from = hexOf(words.subarray(0, 5));
  const bytecodeHash = hexOf(words.subarray(5, 13));
  const prefix = [...words.subarray(13, 19), id];
  const value = hexToBigInt(hexOf(words.subarray(19, 24)));
  const mask = hexToBigInt(hexOf(words.subarray(24, 29)));
  for (let attempt = 0; attempt < tries; attempt++) {
    const salt = [...prefix, attempt];
    const address = getContractAddress({ opcode: 'CREATE2', from, bytecodeHash, salt: hexOf(salt) });
    if ((hexToBigInt(address) & mask) === value) return salt;
  }
  return undefined;
}

function hexOf(words: Iterable<number>): Hex {
  return concatHex([...words].map((word) => numberToHex(word, { size: 4 })));
}
