// Goes round as often as its input says: an element that is dear.
@group(0) @binding(0) var<storage, read> rounds: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  var x = global_id.x + 1u;
  for (var i = 0u; i < 4096u; i++) {
    if (i >= rounds[global_id.x]) {
      break;
    }
    x = x * 1664525u + 1013904223u;
  }
  output[global_id.x] = x;
}
