/** Seeded random numbers (xorshift32): the same seed gives the same program everywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
    for (let round = 0; round < 4; round++) this.word();
  }

  word(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }

  below(count: number): number {
    return Math.floor((this.word() / 2 ** 32) * count);
  }

  chance(probability: number): boolean {
    return this.word() / 2 ** 32 < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  }

  /** A word that is often an edge. */
  edge(): number {
    if (this.chance(0.4)) return this.below(12);
    return this.chance(0.6) ? this.pick(edgeWords) : this.word();
  }
}

/** 32 words at which integer arithmetic goes wrong first. */
export const edgeWords: readonly number[] = [
  0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 30, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000,
  0x00ff00ff, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffff8, 0xfffffffe, 0xffffffff,
];
