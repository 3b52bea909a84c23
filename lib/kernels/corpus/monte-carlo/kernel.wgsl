// Estimates pi: each element throws 1,024 points into the unit square with its own PCG stream and counts those in the
// quarter circle. Coordinates have 16 bits.

const SAMPLES = 1024u;

@group(0) @binding(0) var<storage, read> seed: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

var<private> state: u32;

// PCG-RXS-M-XS of 32 bits.
fn next() -> u32 {
  let before = state;
  state = before * 747796405u + 2891336453u;
  let word = ((before >> ((before >> 28u) + 4u)) ^ before) * 277803737u;
  return (word >> 22u) ^ word;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  state = seed[0] ^ (global_id.x * 2654435769u);
  var inside = 0u;
  for (var i = 0u; i < SAMPLES; i++) {
    let x = next() >> 16u;
    let y = next() >> 16u;
    // x * x + y * y < 2^32, and the sum may not wrap.
    if (y * y <= 0xffffffffu - x * x) {
      inside++;
    }
  }
  output[global_id.x] = inside;
}
