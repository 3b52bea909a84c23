import { decodeAbiParameters, type Hex } from 'viem';

const condition = [
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'bytes20' },
  { type: 'bytes20' },
] as const;

/** What a CREATE2 search asks for, decoded from the verifier's data; undefined when a stranger sent something else. */
export function searchCondition(
  data: Hex,
): { deployer: Hex; initCodeHash: Hex; value: Hex; mask: Hex } | undefined {
  try {
    const [deployer, initCodeHash, mask, value] = decodeAbiParameters(condition, data);
    return { deployer, initCodeHash, value, mask };
  } catch {
    return undefined;
  }
}

/** The address with a dot for every digit that may be anything, and "?" for a digit of which some bits are asked for. */
export function searchedPattern(data: Hex): string | undefined {
  const wanted = searchCondition(data);
  if (!wanted) return undefined;
  const digits = [...wanted.mask.slice(2).toLowerCase()].map((mask, place) => {
    if (mask === '0') return '·';
    return mask === 'f' ? (wanted.value[2 + place] ?? '').toLowerCase() : '?';
  });
  return `0x${digits.join('')}`;
}
