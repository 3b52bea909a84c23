// Reads leaves that lie apart, some of them twice, the last word, and past the end.
@group(0) @binding(0) var<storage, read> table: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  var sum = table[id];
  for (var i = 0u; i < 4u; i++) {
    sum = sum * 31u + table[(id * 37u + i * 71u) % arrayLength(&table)];
  }
  output[id] = sum ^ table[arrayLength(&table) + id];
}
