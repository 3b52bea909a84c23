import { bytesToHex } from 'viem';
import { wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { fractalKernel } from '../../catalogue.ts';
import type { TaskDraft, Template } from '../../template.ts';
import { fractionBits, parseCoordinate, wordsOf } from './fixed-point.ts';
import { opaque, type PaletteName, paletteNames, palettes, paletteWords } from './palettes.ts';
import { fractalPresets } from './presets.ts';

/** Sides of the picture that can be asked for, in pixels. */
export const fractalSizes = [128, 256, 512, 1024] as const;
/** Side of a tile in pixels; a shard is one tile. */
export const fractalTile = 64;
/** The kernel's own limit. */
export const mostIterations = 1024;
/** Deeper, the distance of two pixels would come near the precision of the numbers (2^-60). */
export const highestZoom = 1e14;

/** Which part of the Mandelbrot set, and how it looks. */
export interface FractalParams {
  /** Decimal strings, −2 to 2, at most 40 digits after the point: a float would be too coarse. */
  centreRe: string;
  centreIm: string;
  /** 1 shows a width of 4; 1 to 10^14. */
  zoom: number;
  /** 16 to 1024. */
  iterations: number;
  palette: PaletteName;
  /** Palette entries (of sixteen) an iteration, 1/256 to 16; deep pictures want small ones. */
  colourSpeed: number;
  /** Side in pixels. */
  size: (typeof fractalSizes)[number];
}

/** Fractal render: 64×64 tiles, one shard each, under Manual Confirmation. */
export const fractalTemplate: Template<FractalParams> = {
  id: 'fractal',
  title: 'Fractal render',
  summary:
    'A picture of the Mandelbrot set, up to a hundred trillion times enlarged, in exact 64-bit fixed point. Each shard is one tile of 64 × 64 pixels.',
  kernel: fractalKernel,
  defaults: fractalPresets[0].params,
  defaultMaxPriceWei: 1_000_000_000_000_000n,
  draft,
};

function draft(params: FractalParams): TaskDraft {
  const words = viewWords(params);
  const { size } = params;
  return {
    kernel: fractalKernel,
    inputs: [words],
    count: size * size,
    elementsPerShard: fractalTile * fractalTile,
    model: 'manualConfirmation',
    metadata: {
      name: `Mandelbrot ${size} × ${size}, zoom ${params.zoom.toPrecision(3).replace('e+', 'e')}`,
      template: 'fractal',
      result: { kind: 'image', width: size, height: size, layout: 'tiles', tile: fractalTile },
      inputs: [{ inline: bytesToHex(wordsToBytes(words)) }],
    },
  };
}

/** The kernel's `view` buffer: 26 words. Throws `BadParameter`. */
export function viewWords(params: FractalParams): Uint32Array {
  const { zoom, iterations, palette, colourSpeed, size } = params;
  const re = parseCoordinate('centreRe', params.centreRe);
  const im = parseCoordinate('centreIm', params.centreIm);
  if (!(zoom >= 1 && zoom <= highestZoom)) throw new BadParameter('zoom', zoom, '1 to 100,000,000,000,000');
  if (!Number.isInteger(iterations) || iterations < 16 || iterations > mostIterations) {
    throw new BadParameter('iterations', iterations, `a whole number from 16 to ${mostIterations}`);
  }
  if (!paletteNames.includes(palette)) throw new BadParameter('palette', palette, paletteNames.join(', '));
  if (!(colourSpeed >= 1 / 256 && colourSpeed <= 16)) {
    throw new BadParameter('colourSpeed', colourSpeed, '1/256 to 16');
  }
  if (!fractalSizes.includes(size)) throw new BadParameter('size', size, fractalSizes.join(', '));
  return viewOf({ re, im, zoom, iterations, palette, colourSpeed, size });
}

function viewOf(view: {
  re: bigint;
  im: bigint;
  zoom: number;
  iterations: number;
  palette: PaletteName;
  colourSpeed: number;
  size: number;
}): Uint32Array {
  // The zoom is taken to a thousandth; the step is rounded down to a multiple of 2^-60.
  const step = ((4n << fractionBits) * 1000n) / (BigInt(Math.round(view.zoom * 1000)) * BigInt(view.size));
  const half = (step * BigInt(view.size) - step) / 2n; // to the centre of the outermost pixel
  return Uint32Array.from([
    view.size / fractalTile,
    view.iterations,
    ...wordsOf(view.re - half),
    ...wordsOf(view.im + half),
    ...wordsOf(step),
    Math.round(view.colourSpeed * 256),
    opaque(palettes[view.palette].inside),
    ...paletteWords(view.palette),
  ]);
}
