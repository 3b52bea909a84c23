// No input at all.
@group(0) @binding(0) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  output[global_id.x] = global_id.x * global_id.x + 0x80000001u;
}
