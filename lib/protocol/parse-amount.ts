import { parseEther } from 'viem';

/** What somebody typed as an amount of ETH: wei, or a sentence that says what is wrong with it. */
export type ParsedAmount = { ok: true; wei: bigint } | { ok: false; reason: string };

/** More than there will ever be; what the contracts' 96-bit amounts hold is larger. */
const mostEther = 1_000_000_000n;

/** Reads an amount of ETH as people type it: digits with a point, at most 18 decimals. */
export function parseAmount(text: string): ParsedAmount {
  const given = text.trim();
  if (given === '') return { ok: false, reason: 'Enter an amount of ETH.' };
  if (/^-/.test(given)) return { ok: false, reason: 'An amount cannot be negative.' };
  if (!/^(\d+\.?\d*|\.\d+)$/.test(given)) {
    return { ok: false, reason: 'Write the amount with digits and a point, for example 0.25.' };
  }
  const [whole = '', fraction = ''] = given.split('.');
  if (fraction.length > 18) return { ok: false, reason: 'ETH has at most 18 decimals.' };
  if (whole.length > 12 || BigInt(whole || '0') > mostEther) {
    return { ok: false, reason: 'That is more ETH than exists.' };
  }
  return { ok: true, wei: parseEther(`${whole || '0'}.${fraction || '0'}`) };
}
