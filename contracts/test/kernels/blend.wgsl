// Three buffers, three words an element; odd elements do not read the second buffer.
@group(0) @binding(0) var<storage, read> key: array<u32>;
@group(0) @binding(1) var<storage, read> noise: array<u32>;
@group(0) @binding(2) var<storage, read> samples: array<u32>;
@group(0) @binding(3) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let a = samples[id * 13u];
  let b = samples[700u - id * 11u];
  var c = key[0];
  if (id % 2u == 0u) {
    c = noise[id] + noise[id / 2u];
  }
  output[3u * id] = a + c;
  output[3u * id + 1u] = b ^ c;
  output[3u * id + 2u] = a * b;
}
