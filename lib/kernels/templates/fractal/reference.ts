// The Mandelbrot kernel's meaning, once more by hand: big integers, exact, slow. Nothing is taken from the kernel.

const one = 1n << 60n;

/** Elements `first` to `first + count − 1` of a fractal task with this `view` buffer: one 0xRRGGBBAA word each. */
export function fractalReference(view: Uint32Array, first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => pixel(view, first + index));
}

function pixel(view: Uint32Array, id: number): number {
  const word = (index: number) => view[index] ?? 0;
  const fixed = (index: number) => BigInt.asIntN(64, (BigInt(word(index)) << 32n) | BigInt(word(index + 1)));
  const tile = Math.floor(id / 4096);
  const inside = id % 4096;
  const column = (tile % word(0)) * 64 + (inside % 64);
  const row = Math.floor(tile / word(0)) * 64 + Math.floor(inside / 64);
  const re = fixed(2) + fixed(6) * BigInt(column);
  const im = fixed(4) - fixed(6) * BigInt(row);

  let x = re;
  let y = im;
  for (let n = 0; n < Math.min(word(1), 1024); n++) {
    if (abs(x) >= 2n * one || abs(y) >= 2n * one) return escaped(view, n, x, y, re, im);
    const xx = (x * x) / one;
    const yy = (y * y) / one;
    if (xx + yy >= 4n * one) return escaped(view, n, x, y, re, im);
    const both = x + y;
    y = (both * both) / one - xx - yy + im;
    x = xx - yy + re;
  }
  return word(9);
}

/** Colour of a point that left: the count made continuous, then the palette. */
function escaped(view: Uint32Array, n: number, x: bigint, y: bigint, re: bigint, im: bigint): number {
  const coarse = (value: bigint) => Number(value >> 50n); // ten bits after the point, rounded down
  const [cx, cy] = [coarse(re), coarse(im)];
  let [zx, zy] = [coarse(x), coarse(y)];
  let steps = n;
  for (let extra = 0; extra < 6 && zx * zx + zy * zy < 32 * 1024 * 1024; extra++) {
    const next = Math.floor((zx * zx - zy * zy) / 1024) + cx;
    zy = Math.floor((zx * zy) / 512) + cy;
    zx = next;
    steps++;
  }
  const distance = log2(zx * zx + zy * zy) - 20 * 65536;
  const smooth = steps * 65536 + 1_200_746 - log2(distance);
  const position = (Math.floor(smooth / 256) * (view[8] ?? 0)) % (16 * 65536);
  const entry = Math.floor(position / 65536);
  const share = Math.floor(position / 256) % 256;
  const colours = [view[10 + entry] ?? 0, view[10 + ((entry + 1) % 16)] ?? 0].map((colour) => [
    Math.floor(colour / 2 ** 24),
    Math.floor(colour / 2 ** 16) % 256,
    Math.floor(colour / 2 ** 8) % 256,
  ]);
  return [0, 1, 2].reduce((pixel, channel) => {
    const [a = 0, b = 0] = colours.map((parts) => parts[channel] ?? 0);
    return pixel + Math.floor((a * (256 - share) + b * share) / 256) * 2 ** (24 - 8 * channel);
  }, 255);
}

/** log2 in 1/65536 as the kernel defines it: exponent, and f + f(1 − f)(0.425 − 0.16 f) for the mantissa 1 + f. */
function log2(value: number): number {
  const exponent = value.toString(2).length - 1;
  const f = Math.floor(((value - 2 ** exponent) * 65536) / 2 ** exponent);
  const bend = 27_853 - Math.floor((f * 10_486) / 65536);
  return exponent * 65536 + f + Math.floor((Math.floor((f * (65536 - f)) / 65536) * bend) / 65536);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
