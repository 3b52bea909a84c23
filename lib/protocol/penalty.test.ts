import { expect, test } from 'vitest';
import { offerHoldWei, penaltyWei } from './penalty.ts';

test.each([
  { bond: 4n, hold: 3n, penalty: 0n },
  { bond: 5n, hold: 3n, penalty: 3n },
  { bond: 9n, hold: 6n, penalty: 3n },
  { bond: 10n, hold: 6n, penalty: 6n },
])('a bond of $bond wei: three shards hold $hold and cost $penalty', ({ bond, hold, penalty }) => {
  expect(offerHoldWei({ bond }, 3)).toBe(hold);
  expect(penaltyWei({ bond }, 3)).toBe(penalty);
});
