// One step of Conway's game on a torus. A word holds 32 cells, lowest bit leftmost; one element is one word.

struct Size {
  words_across: u32,
  rows: u32,
}

@group(0) @binding(0) var<storage, read> size: array<Size>;
@group(0) @binding(1) var<storage, read> cells: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;

// Left neighbours, the cells themselves, right neighbours.
fn around(column: u32, row: u32) -> vec3<u32> {
  let across = size[0].words_across;
  let here = cells[row * across + column];
  let before = cells[row * across + (column + across - 1u) % across];
  let after = cells[row * across + (column + 1u) % across];
  return vec3<u32>((here << 1u) | (before >> 31u), here, (here >> 1u) | (after << 31u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let across = size[0].words_across;
  let rows = size[0].rows;
  let column = id % across;
  let row = id / across;
  let above = around(column, (row + rows - 1u) % rows);
  let here = around(column, row);
  let below = around(column, (row + 1u) % rows);
  // Counts eight neighbours of 32 cells at once, in three bit planes; a count of eight looks like none.
  var ones = 0u;
  var twos = 0u;
  var fours = 0u;
  let neighbours = array<u32, 8>(above.x, above.y, above.z, here.x, here.z, below.x, below.y, below.z);
  for (var i = 0u; i < 8u; i++) {
    let carry = ones & neighbours[i];
    ones ^= neighbours[i];
    fours ^= twos & carry;
    twos ^= carry;
  }
  output[id] = twos & ~fours & (ones | here.y);
}
