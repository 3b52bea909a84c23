import { BadParameter } from '../../bad-parameter.ts';

/** Bits after the point of the kernel's numbers. */
export const fractionBits = 60n;

/**
 * A decimal string ("-0.7436", at most 40 digits after the point) as signed 4.60 fixed point, rounded towards zero.
 * Throws `BadParameter` for anything else or a magnitude above 2.
 */
export function parseCoordinate(field: string, text: string): bigint {
  const allowed = 'a decimal number from -2 to 2, at most 40 digits after the point';
  const match = /^([+-]?)(\d{1,2})(?:\.(\d{0,40}))?$/.exec(text.trim());
  if (!match) throw new BadParameter(field, text, allowed);
  const [, sign, whole = '0', decimals = ''] = match;
  const scale = 10n ** BigInt(decimals.length);
  const digits = BigInt(whole + decimals);
  if (digits > 2n * scale) throw new BadParameter(field, text, allowed);
  return ((sign === '-' ? -digits : digits) << fractionBits) / scale;
}

/** A 4.60 number as the kernel's two words, high first. */
export function wordsOf(value: bigint): [number, number] {
  const bits = BigInt.asUintN(64, value);
  return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
}
