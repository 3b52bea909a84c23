const length = 32;

/** The best local score of the query and the 32 letters of the database from letter 32 * id on, by the full table. */
export function smithWatermanReference(query: Uint32Array, database: Uint32Array, id: number): number {
  const letter = (words: Uint32Array, at: number) => ((words[at >> 4] ?? 0) >>> ((at & 15) * 2)) & 3;
  const table = Array.from({ length: length + 1 }, () => new Array<number>(length + 1).fill(0));
  let best = 0;
  for (let i = 1; i <= length; i++) {
    for (let j = 1; j <= length; j++) {
      const same = letter(query, i - 1) === letter(database, length * id + j - 1);
      const score = Math.max(
        0,
        (table[i - 1]?.[j - 1] ?? 0) + (same ? 3 : -3),
        (table[i - 1]?.[j] ?? 0) - 2,
        (table[i]?.[j - 1] ?? 0) - 2,
      );
      (table[i] ?? [])[j] = score;
      best = Math.max(best, score);
    }
  }
  return best;
}
