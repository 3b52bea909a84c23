// Best local alignment of two sequences of 32 letters: match +3, mismatch -3, gap -2 a letter. One element aligns the
// query with the 32 letters of the database that start at letter 32 * id. Letters are two bits, sixteen a word.

const LENGTH = 32u;

@group(0) @binding(0) var<storage, read> query: array<u32>;
@group(0) @binding(1) var<storage, read> database: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  var row: array<i32, 33>;
  var best = 0;
  for (var i = 0u; i < LENGTH; i++) {
    let letter = (query[i >> 4u] >> ((i & 15u) * 2u)) & 3u;
    var diagonal = 0;
    for (var j = 0u; j < LENGTH; j++) {
      let other = (database[id * 2u + (j >> 4u)] >> ((j & 15u) * 2u)) & 3u;
      let score = diagonal + select(-3, 3, letter == other);
      diagonal = row[j + 1u];
      let value = max(max(score, 0), max(diagonal, row[j]) - 2);
      row[j + 1u] = value;
      best = max(best, value);
    }
  }
  output[id] = u32(best);
}
