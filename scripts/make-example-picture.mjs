// Paints public/examples/landscape.png: mountains at sunset over a lake, from arithmetic alone, the same bytes on every run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodePng } from './encode-png.mjs';

const width = 768;
const height = 512;
const horizon = 318;
const sun = { x: 452, y: 204, radius: 25 };

const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));
const mix = (a, b, share) => a.map((channel, index) => channel + (b[index] - channel) * share);
const smooth = (low, high, value) => {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
};
const rgb = (hex) => [hex >> 16, (hex >> 8) & 255, hex & 255].map((value) => value / 255);

/** A value from 0 to 1 for a lattice point, by integer hashing. */
function hash(x, y, seed) {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

function noise(x, y, seed) {
  const [cellX, cellY] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(0, 1, x - cellX), smooth(0, 1, y - cellY)];
  const at = (dx, dy) => hash(cellX + dx, cellY + dy, seed);
  const top = at(0, 0) + (at(1, 0) - at(0, 0)) * u;
  const bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * u;
  return top + (bottom - top) * v;
}

/** Noise over several octaves, 0 to 1. */
function fractal(x, y, seed, octaves = 5) {
  let sum = 0;
  let weight = 0.5;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * 2 ** octave, y * 2 ** octave, seed + octave);
    weight /= 2;
  }
  return sum / (1 - weight * 2);
}

/** Rows of hills, far to near: mean height of the crest, its swing and width in pixels, colours in shade and in light. */
const ranges = [
  {
    seed: 11,
    crest: 236,
    swing: 190,
    scale: 250,
    shade: rgb(0x75648f),
    lit: rgb(0xffc2a1),
    snow: 1,
    haze: 0.42,
  },
  {
    seed: 31,
    crest: 262,
    swing: 130,
    scale: 170,
    shade: rgb(0x4a4470),
    lit: rgb(0xd9907f),
    snow: 0.5,
    haze: 0.36,
  },
  {
    seed: 47,
    crest: 282,
    swing: 80,
    scale: 120,
    shade: rgb(0x2b2f52),
    lit: rgb(0x8d6577),
    snow: 0,
    haze: 0.24,
  },
  {
    seed: 83,
    crest: 304,
    swing: 34,
    scale: 60,
    shade: rgb(0x141c33),
    lit: rgb(0x3b3a55),
    snow: 0,
    haze: 0.1,
  },
].map((range) => ({
  ...range,
  heights: Array.from(
    { length: width },
    (_, x) => range.crest - range.swing * (ridges(x / range.scale, 0.5, range.seed, 7) - 0.5),
  ),
}));

/** Noise with sharp crests, 0 to 1. */
function ridges(x, y, seed, octaves) {
  let sum = 0;
  let weight = 0.5;
  let carry = 1;
  for (let octave = 0; octave < octaves; octave++) {
    const crest = (1 - Math.abs(2 * noise(x * 2 ** octave, y * 2 ** octave, seed + octave) - 1)) ** 1.6;
    sum += weight * crest * carry;
    carry = clamp(0.35 + crest);
    weight /= 2;
  }
  return sum;
}

/** The lie of a slope, lit from the sun's side: 0 dark, 1 bright. Gullies run down and away from the crest. */
function lightOn(x, y, { seed, scale, heights }) {
  const depth = y - heights[x];
  const relief = (dx) =>
    ridges((x + dx) / (scale * 0.3) + depth / 130, (y + depth * 0.5) / (scale * 0.34), seed + 20, 5);
  const side = x < sun.x ? -1 : 1;
  const crest = heights[Math.min(width - 1, x + 5)] - heights[Math.max(0, x - 5)];
  return clamp(
    0.42 + side * (relief(-1.4) - relief(1.4)) * 5.5 + side * crest * 0.035 * Math.exp(-depth / 40),
  );
}

function sky(x, y) {
  const down = y / horizon;
  let colour = mix(rgb(0x22356f), rgb(0x7a5c9c), smooth(0, 0.45, down));
  colour = mix(colour, rgb(0xf08a6c), smooth(0.35, 0.75, down));
  colour = mix(colour, rgb(0xffd08a), smooth(0.65, 1, down));
  const distance = Math.hypot(x - sun.x, y - sun.y);
  colour = mix(colour, rgb(0xfff1c9), 0.85 * Math.exp(-distance / 62));
  colour = mix(colour, rgb(0xffb36b), 0.45 * Math.exp(-distance / 190));
  const cloud = fractal(x / 150 + 3, y / 34, 101, 6) - 0.16 * Math.abs(down - 0.42);
  const lit = mix(rgb(0xffc9a0), rgb(0xa4779f), smooth(0, 190, distance - y * 0.2));
  colour = mix(colour, lit, 0.72 * smooth(0.5, 0.72, cloud));
  if (y < 150 && hash(x, y, 7) > 0.9993) colour = mix(colour, [1, 1, 1], 0.6 * (1 - y / 150));
  return mix(colour, rgb(0xfffbe8), smooth(sun.radius + 1.5, sun.radius - 1.5, distance));
}

function land(x, y) {
  let colour = sky(x, y);
  for (const range of ranges) {
    const depth = y - range.heights[x];
    if (depth < -1) continue;
    const light = lightOn(x, y, range);
    let ground = mix(range.shade, range.lit, light * light * (3 - 2 * light));
    const line =
      42 + 55 * (fractal(x / 24, y / 20, range.seed + 60, 4) - 0.5) + 0.5 * (236 - range.heights[x]);
    ground = mix(
      ground,
      mix(rgb(0x9c8fbd), rgb(0xfff0e2), light),
      range.snow * smooth(line, line - 16, depth),
    );
    ground = mix(ground, rgb(0xe79a86), range.haze * smooth(range.crest - 40, horizon, y));
    colour = mix(colour, ground, clamp(depth + 1));
  }
  return colour;
}

function water(x, y) {
  const depth = (y - horizon) / (height - horizon);
  const reach = 3 + 26 * depth;
  const wave = fractal(x / (26 + 70 * depth), y / (1.6 + 5 * depth), 211, 4) - 0.5;
  const ripple = fractal(x / 9, y / 1.3, 307, 3) - 0.5;
  const mirrored = Math.round(clamp(2 * horizon - y + wave * reach * 1.7, 0, horizon - 1));
  const shifted = Math.round(clamp(x + wave * reach * 0.8 + ripple * 3, 0, width - 1));
  let colour = mix(land(shifted, mirrored), rgb(0x1c2148), 0.2 + 0.3 * depth);
  const glitter =
    Math.exp(-(((x - sun.x) / (14 + 74 * depth)) ** 2)) * smooth(0.02, 0.3, ripple + wave * 0.6);
  colour = mix(colour, rgb(0xfff0c4), 0.85 * glitter * (1 - 0.35 * depth));
  return mix(colour, rgb(0xffd2a4), 0.35 * smooth(0.03, 0, depth));
}

/** Two firs of the shore in front, dark against the water; 0 outside, 1 inside. */
function shore(x, y) {
  const bank =
    486 - 34 * smooth(210, 0, x) - 16 * smooth(560, 768, x) + 14 * (fractal(x / 40, 2, 401, 5) - 0.5);
  let cover = clamp(y - bank);
  for (const [root, tall, seed] of [
    [46, 214, 1],
    [98, 158, 2],
    [140, 104, 3],
    [12, 168, 4],
    [706, 128, 5],
    [742, 186, 6],
  ]) {
    const foot = 486 - 34 * smooth(210, 0, root) - 16 * smooth(560, 768, root) + 6;
    const up = (foot - y) / tall;
    if (up < 0 || up > 1) continue;
    const tier = (up * 13 + hash(seed, 3, 5)) % 1;
    const jag = 0.75 + 0.5 * noise(y / 3, x > root ? 9 : 4, seed + 500);
    const half = tall * 0.17 * (1 - up) * (0.62 + 0.5 * (1 - tier)) * jag + 0.7;
    cover = Math.max(cover, clamp(half - Math.abs(x - root) + 0.5));
  }
  return cover;
}

const data = new Uint8Array(width * height * 3);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    const scene = y < horizon ? land(x, y) : water(x, y);
    const ground = mix(rgb(0x0d1426), rgb(0x1d2336), fractal(x / 6, y / 5, 601, 4));
    const colour = mix(scene, ground, shore(x, y));
    const vignette = 1 - 0.28 * (((x - width / 2) / width) ** 2 + ((y - height / 2) / height) ** 2);
    for (let channel = 0; channel < 3; channel++) {
      data[(y * width + x) * 3 + channel] = clamp(Math.round(colour[channel] * vignette * 255), 0, 255);
    }
  }
}
const folder = new URL('../public/examples/', import.meta.url);
mkdirSync(folder, { recursive: true });
const file = encodePng({ width, height, rgb: data });
writeFileSync(new URL('landscape.png', folder), file);
console.log(`public/examples/landscape.png: ${file.length} bytes`);
