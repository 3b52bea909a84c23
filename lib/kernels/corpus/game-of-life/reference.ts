/** Word `id` of the next generation, cell by cell. */
export function gameOfLifeReference(across: number, rows: number, cells: Uint32Array, id: number): number {
  const width = across * 32;
  const alive = (x: number, y: number): number => {
    const [column, row] = [(x + width) % width, (y + rows) % rows];
    return ((cells[row * across + (column >> 5)] ?? 0) >>> (column & 31)) & 1;
  };
  let word = 0;
  for (let bit = 0; bit < 32; bit++) {
    const [x, y] = [(id % across) * 32 + bit, Math.floor(id / across)];
    let neighbours = 0;
    for (const dy of [-1, 0, 1])
      for (const dx of [-1, 0, 1]) if (dx !== 0 || dy !== 0) neighbours += alive(x + dx, y + dy);
    if (neighbours === 3 || (neighbours === 2 && alive(x, y))) word |= 1 << bit;
  }
  return word >>> 0;
}
