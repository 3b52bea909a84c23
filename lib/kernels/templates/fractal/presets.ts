import type { FractalParams } from './template.ts';

/** A place worth a picture. */
export interface FractalPreset {
  id: string;
  title: string;
  params: FractalParams;
}

const size = 512;

/** Places for the form's gallery; the first one is the default. */
export const fractalPresets: readonly [FractalPreset, ...FractalPreset[]] = [
  {
    id: 'spiral',
    title: 'Northern spiral',
    params: {
      centreRe: '-0.761574',
      centreIm: '0.0847596',
      zoom: 3000,
      iterations: 640,
      palette: 'aurora',
      colourSpeed: 0.1,
      size,
    },
  },
  {
    id: 'reef',
    title: 'Reef on the needle',
    params: {
      centreRe: '-1.768778833',
      centreIm: '-0.001738996',
      zoom: 25_000_000,
      iterations: 1024,
      palette: 'lagoon',
      colourSpeed: 0.15,
      size,
    },
  },
  {
    id: 'star',
    title: 'Burning star',
    params: {
      centreRe: '-0.743643887037158704752191506114774',
      centreIm: '0.131825904205311970493132056385139',
      zoom: 60_000,
      iterations: 1024,
      palette: 'ember',
      colourSpeed: 0.06,
      size,
    },
  },
  {
    id: 'seahorses',
    title: 'Seahorse valley',
    params: {
      centreRe: '-0.743643887037158704752191506114774',
      centreIm: '0.131825904205311970493132056385139',
      zoom: 4000,
      iterations: 1024,
      palette: 'lagoon',
      colourSpeed: 0.1,
      size,
    },
  },
  {
    id: 'elephants',
    title: 'Elephant valley',
    params: {
      centreRe: '0.2925755',
      centreIm: '-0.0149977',
      zoom: 250,
      iterations: 1024,
      palette: 'orchid',
      colourSpeed: 0.3,
      size,
    },
  },
  {
    id: 'deep',
    title: 'A trillion deep',
    params: {
      centreRe: '-0.7756837680090537974694835039347410',
      centreIm: '0.1364673682946901247332744096178488',
      zoom: 1_000_000_000_000,
      iterations: 1024,
      palette: 'lagoon',
      colourSpeed: 0.08,
      size,
    },
  },
  {
    id: 'frost',
    title: 'Frost',
    params: {
      centreRe: '-0.10109636384562216102578544573862',
      centreIm: '0.956286510809141500771096057729977',
      zoom: 300_000_000,
      iterations: 512,
      palette: 'graphite',
      colourSpeed: 0.6,
      size,
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
      size,
    },
  },
];
