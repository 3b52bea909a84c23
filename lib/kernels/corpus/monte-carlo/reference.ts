const mask = 0xffffffffn;

/** How many of 1,024 points element `id` finds inside the quarter circle, in big integers. */
export function monteCarloReference(seed: number, id: number): number {
  let state = BigInt(seed) ^ ((BigInt(id) * 2654435769n) & mask);
  const next = (): bigint => {
    const before = state;
    state = (before * 747796405n + 2891336453n) & mask;
    const word = (((before >> ((before >> 28n) + 4n)) ^ before) * 277803737n) & mask;
    return (word >> 22n) ^ word;
  };
  let inside = 0;
  for (let sample = 0; sample < 1024; sample++) {
    const x = next() >> 16n;
    const y = next() >> 16n;
    if (x * x + y * y <= mask) inside++;
  }
  return inside;
}
