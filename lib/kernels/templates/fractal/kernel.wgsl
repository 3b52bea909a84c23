// Mandelbrot set in fixed point: numbers are signed 4.60, two words (x = high, y = low), two's complement.
// One element is one pixel, 0xRRGGBBAA. Pixels come tile after tile, row-major inside a tile of 64 x 64.

const TILE_BITS = 6u;
const MOST_ITERATIONS = 1024u;
const MOST_SMOOTHING = 6u;

// Words of `view`.
const TILES_ACROSS = 0u;
const ITERATIONS = 1u;
const LEFT = 2u;
const TOP = 4u;
const STEP = 6u;
const COLOURS_PER_ITERATION = 8u; // palette entries an iteration, in 1/256
const INSIDE = 9u;
const PALETTE = 10u; // sixteen colours, read in a circle

@group(0) @binding(0) var<storage, read> view: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

// The 64-bit product of two words.
fn multiply(a: u32, b: u32) -> vec2<u32> {
  let a_low = a & 0xffffu;
  let a_high = a >> 16u;
  let b_low = b & 0xffffu;
  let b_high = b >> 16u;
  let low = a_low * b_low;
  let middle = a_high * b_low + (low >> 16u);
  let rest = a_low * b_high + (middle & 0xffffu);
  return vec2<u32>(a_high * b_high + (middle >> 16u) + (rest >> 16u), (rest << 16u) | (low & 0xffffu));
}

fn add(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.y + b.y;
  return vec2<u32>(a.x + b.x + select(0u, 1u, low < a.y), low);
}

fn subtract(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x - b.x - select(0u, 1u, a.y < b.y), a.y - b.y);
}

fn magnitude(a: vec2<u32>) -> vec2<u32> {
  if (a.x >= 0x80000000u) {
    return subtract(vec2<u32>(0u, 0u), a);
  }
  return a;
}

// floor(a * a / 2^60) for a magnitude below 4.
fn square(a: vec2<u32>) -> vec2<u32> {
  let high = multiply(a.x, a.x);
  let mixed = multiply(a.x, a.y);
  let low = multiply(a.y, a.y);
  let twice_high = (mixed.x << 1u) | (mixed.y >> 31u);
  let twice_low = mixed.y << 1u;
  let word1 = low.x + twice_low;
  let carry1 = select(0u, 1u, word1 < twice_low);
  let sum2 = high.y + twice_high;
  let word2 = sum2 + carry1;
  let word3 = high.x + select(0u, 1u, sum2 < twice_high) + select(0u, 1u, word2 < sum2);
  return vec2<u32>((word3 << 4u) | (word2 >> 28u), (word2 << 4u) | (word1 >> 28u));
}

// log2 of a positive word in 1/65536, within 0.003: the exponent, and a cubic for the mantissa.
fn log2_of(value: u32) -> u32 {
  let exponent = firstLeadingBit(value);
  let fraction = ((value << (31u - exponent)) << 1u) >> 16u;
  let bend = 27853u - ((fraction * 10486u) >> 16u);
  let curve = (((fraction * (65536u - fraction)) >> 16u) * bend) >> 16u;
  return (exponent << 16u) + fraction + curve;
}

// The colour at `position`, in 1/65536 palette entries; neighbours are mixed in 1/256.
fn colour_at(position: u32) -> u32 {
  let entry = (position >> 16u) & 15u;
  let right = (position >> 8u) & 255u;
  let left = 256u - right;
  let a = view[PALETTE + entry];
  let b = view[PALETTE + ((entry + 1u) & 15u)];
  let red = ((a >> 24u) * left + (b >> 24u) * right) >> 8u;
  let green = (((a >> 16u) & 255u) * left + ((b >> 16u) & 255u) * right) >> 8u;
  let blue = (((a >> 8u) & 255u) * left + ((b >> 8u) & 255u) * right) >> 8u;
  return (red << 24u) | (green << 16u) | (blue << 8u) | 255u;
}

// The colour of a point that escaped after `count` iterations at z = (zx, zy), given c.
// Runs on in 22.10 until |z|^2 >= 32, where subtracting log2(log2|z|^2 / 5) makes the count continuous.
fn escaped_colour(count: u32, zx: u32, zy: u32, cx: u32, cy: u32) -> u32 {
  let c_re = i32(cx) >> 18u;
  let c_im = i32(cy) >> 18u;
  var re = i32(zx) >> 18u;
  var im = i32(zy) >> 18u;
  var steps = count;
  for (var i = 0u; i < MOST_SMOOTHING; i++) {
    if (re * re + im * im >= 33554432) {
      break;
    }
    let next = ((re * re - im * im) >> 10u) + c_re;
    im = ((re * im) >> 9u) + c_im;
    re = next;
    steps++;
  }
  let logarithm = log2_of(u32(re * re + im * im)) - 1310720u; // log2|z|^2; 20 << 16 undoes the scale
  let smoothed = (steps << 16u) + 1200746u - log2_of(logarithm); // 16 + log2 5 in 1/65536
  return colour_at((smoothed >> 8u) * view[COLOURS_PER_ITERATION]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let tile = id >> (2u * TILE_BITS);
  let across = view[TILES_ACROSS];
  let column = ((tile % across) << TILE_BITS) | (id & 63u);
  let row = ((tile / across) << TILE_BITS) | ((id >> TILE_BITS) & 63u);

  let size = vec2<u32>(view[STEP], view[STEP + 1u]);
  let right = multiply(size.y, column);
  let down = multiply(size.y, row);
  let cx = add(vec2<u32>(view[LEFT], view[LEFT + 1u]), vec2<u32>(right.x + size.x * column, right.y));
  let cy = subtract(vec2<u32>(view[TOP], view[TOP + 1u]), vec2<u32>(down.x + size.x * row, down.y));

  let iterations = view[ITERATIONS];
  var colour = view[INSIDE];
  var zx = cx;
  var zy = cy;
  for (var i = 0u; i < MOST_ITERATIONS; i++) {
    if (i >= iterations) {
      break;
    }
    let x = magnitude(zx);
    let y = magnitude(zy);
    if (x.x >= 0x20000000u || y.x >= 0x20000000u) { // 2.0: the squares below would not fit
      colour = escaped_colour(i, zx.x, zy.x, cx.x, cy.x);
      break;
    }
    let xx = square(x);
    let yy = square(y);
    let norm = add(xx, yy);
    if (norm.x >= 0x40000000u) { // |z|^2 >= 4
      colour = escaped_colour(i, zx.x, zy.x, cx.x, cy.x);
      break;
    }
    let mixed = subtract(square(magnitude(add(zx, zy))), norm); // 2xy = (x + y)^2 - x^2 - y^2
    zx = add(subtract(xx, yy), cx);
    zy = add(mixed, cy);
  }
  output[id] = colour;
}
