import type { FractalParams } from './template.ts';

/** A place worth a picture. */
export interface FractalPreset {
  id: string;
  title: string;
  params: FractalParams;
}

/** Places for the form's gallery; the first one is the default. */
export const fractalPresets: readonly [FractalPreset, ...FractalPreset[]] = [
  {
    id: 'seahorse',
    title: 'Seahorse valley',
    params: {
      centreRe: '-0.743643887037158704752191506114774',
      centreIm: '0.131825904205311970493132056385139',
      zoom: 4000,
      iterations: 1024,
      palette: 'lagoon',
      colourSpeed: 0.1,
      size: 512,
    },
  },
  {
    id: 'whole',
    title: 'The whole set',
    params: {
      centreRe: '-0.65',
      centreIm: '0',
      zoom: 1.45,
      iterations: 512,
      palette: 'ember',
      colourSpeed: 0.5,
      size: 512,
    },
  },
];
