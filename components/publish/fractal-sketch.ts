import {
  opaque,
  type PaletteName,
  palettes,
  paletteWords,
} from '@opengpu/sdk/kernels/templates/fractal/palettes';

/** What a sketch shows; numbers, so only good until the zoom comes near a double's precision. */
export interface SketchView {
  re: number;
  im: number;
  zoom: number;
  iterations: number;
  palette: PaletteName;
  colourSpeed: number;
}

/** Deeper, a double cannot tell neighbouring pixels apart. */
export const deepestSketch = 1e12;

/** A rough picture in double precision, `side` pixels square, RGBA: for choosing a place, never for a result. */
export function sketchFractal(view: SketchView, side: number): Uint8Array {
  const rgba = new Uint8Array(side * side * 4);
  const colours = paletteWords(view.palette);
  const inside = opaque(palettes[view.palette].inside);
  const step = 4 / (view.zoom * side);
  const half = (side - 1) / 2;
  const pixels = new DataView(rgba.buffer);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const count = escapeCount(view.re + (x - half) * step, view.im - (y - half) * step, view.iterations);
      pixels.setUint32(4 * (y * side + x), count < 0 ? inside : mixed(colours, count * view.colourSpeed));
    }
  }
  return rgba;
}

/** Iterations until escape, made continuous; −1 when the point stays. */
function escapeCount(cx: number, cy: number, iterations: number): number {
  let x = cx;
  let y = cy;
  for (let i = 0; i < iterations; i++) {
    const xx = x * x;
    const yy = y * y;
    if (xx + yy >= 32) return Math.max(0, i - Math.log2(Math.log2(xx + yy) / 5));
    y = 2 * x * y + cy;
    x = xx - yy + cx;
  }
  return -1;
}

function mixed(colours: readonly number[], position: number): number {
  const entry = Math.floor(position);
  const share = position - entry;
  const a = colours[entry & 15] ?? 0;
  const b = colours[(entry + 1) & 15] ?? 0;
  const channel = (shift: number) =>
    Math.floor(((a >>> shift) & 255) * (1 - share) + ((b >>> shift) & 255) * share) << shift;
  return (channel(24) | channel(16) | channel(8) | 255) >>> 0;
}
