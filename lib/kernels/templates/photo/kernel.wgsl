// 3 x 3 convolution. One element is one pixel, 0xRRGGBBAA, row after row; alpha is the centre's own.
// Each channel: clamp((sum of weight * neighbour + BIAS) / 2^SHIFT, 0, 255), rounded down; the edge repeats outwards.

// Words of `filter_words`.
const WIDTH = 0u;
const HEIGHT = 1u;
const SHIFT = 2u;
const BIAS = 3u;
const WEIGHTS = 4u; // nine signed weights, row after row

@group(0) @binding(0) var<storage, read> filter_words: array<u32>;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;

fn channel(sum: i32) -> u32 {
  let biased = (sum + i32(filter_words[BIAS])) >> (filter_words[SHIFT] & 31u);
  return u32(clamp(biased, 0, 255));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let width = filter_words[WIDTH];
  let height = filter_words[HEIGHT];
  let column = id % width;
  let row = id / width;

  var red = 0;
  var green = 0;
  var blue = 0;
  for (var dy = 0u; dy < 3u; dy++) {
    let y = min(max(row + dy, 1u) - 1u, height - 1u);
    for (var dx = 0u; dx < 3u; dx++) {
      let x = min(max(column + dx, 1u) - 1u, width - 1u);
      let pixel = pixels[y * width + x];
      let weight = i32(filter_words[WEIGHTS + dy * 3u + dx]);
      red += weight * i32(pixel >> 24u);
      green += weight * i32((pixel >> 16u) & 255u);
      blue += weight * i32((pixel >> 8u) & 255u);
    }
  }
  output[id] = (channel(red) << 24u) | (channel(green) << 16u) | (channel(blue) << 8u) | (pixels[id] & 255u);
}
