import { BadParameter } from '../../bad-parameter.ts';
import { callbackOf, type HookFlag, hookFlagMask, hookFlagNames, hookFlags } from './hook-flags.ts';

/** What the address has to look like. */
export type SearchGoal =
  /** Its first hex digits, with or without 0x; case does not matter. */
  | { kind: 'prefix'; prefix: string }
  /** Exactly these Uniswap v4 hook permissions and no other. */
  | { kind: 'hookFlags'; flags: readonly HookFlag[] };

/** An address is found when (address & mask) == value; 160 bits each. */
export interface SearchCondition {
  value: bigint;
  mask: bigint;
}

/** Most digits of a prefix: one more makes the search sixteen times as long. */
export const mostPrefixDigits = 10;

/** The goal as value and mask. Throws `BadParameter`. */
export function conditionOf(goal: SearchGoal): SearchCondition {
  switch (goal.kind) {
    case 'prefix': {
      const digits = goal.prefix.trim().replace(/^0x/i, '');
      if (!/^[0-9a-f]+$/i.test(digits) || digits.length > mostPrefixDigits) {
        throw new BadParameter('prefix', goal.prefix, `1 to ${mostPrefixDigits} hexadecimal digits`);
      }
      const shift = BigInt(160 - 4 * digits.length);
      return {
        value: BigInt(`0x${digits}`) << shift,
        mask: ((1n << BigInt(4 * digits.length)) - 1n) << shift,
      };
    }
    case 'hookFlags': {
      const unknown = goal.flags.find((flag) => !hookFlagNames.includes(flag));
      if (unknown !== undefined) throw new BadParameter('flags', unknown, hookFlagNames.join(', '));
      if (goal.flags.length === 0) throw new BadParameter('flags', 'empty', 'at least one permission');
      for (const flag of goal.flags) {
        const callback = callbackOf[flag];
        if (callback && !goal.flags.includes(callback)) {
          throw new BadParameter('flags', `${flag} without ${callback}`, `${flag} together with ${callback}`);
        }
      }
      return {
        value: goal.flags.reduce((bits, flag) => bits | (1n << BigInt(hookFlags[flag])), 0n),
        mask: hookFlagMask,
      };
    }
    default:
      return goal satisfies never;
  }
}

/** Salts that a search has to try on average: 2 to the number of bits in the mask. */
export function expectedTries({ mask }: SearchCondition): number {
  return 2 ** mask.toString(2).replaceAll('0', '').length;
}
