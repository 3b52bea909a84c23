import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { PaletteName } from '@opengpu/sdk/kernels/templates/fractal/palettes';
import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import type { FilterName } from '@opengpu/sdk/kernels/templates/photo/filters';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import type { HookFlag } from '@opengpu/sdk/kernels/templates/search/hook-flags';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { formatEther } from 'viem';
import type { ChosenPicture } from './chosen-picture';

/** A catalogue template's id. */
export type TemplateId = CatalogueKernel['id'];

/** What was typed for the fractal, as text: nothing is lost or rounded while it is wrong. */
export interface FractalValues {
  centreRe: string;
  centreIm: string;
  zoom: string;
  iterations: string;
  palette: PaletteName;
  colourSpeed: number;
  size: '256' | '512' | '1024';
}

export interface PhotoValues {
  picture: ChosenPicture | undefined;
  filter: FilterName;
  strengthPercent: number;
}

export interface SearchValues {
  goal: 'prefix' | 'hookFlags';
  prefix: string;
  flags: readonly HookFlag[];
  deployer: string;
  initCodeHash: string;
}

/** The terms beside the template's parameters. Amounts in ETH as typed; spans in seconds. */
export interface TermValues {
  deadline: DeadlineChoice;
  /** Local date and time as a datetime-local input gives it, for `deadline` "date". */
  deadlineDate: string;
  review: Span;
  delivery: Span;
  bond: string;
  minOwnStake: string;
}

export const deadlineChoices = ['600', '1800', '7200', '86400', 'date'] as const;
/** Seconds from now, or a date. */
export type DeadlineChoice = (typeof deadlineChoices)[number];
export const spans = ['60', '300', '600', '3600'] as const;
/** Seconds. */
export type Span = (typeof spans)[number];

/** Everything that the form holds; each template keeps its values while another is looked at. */
export interface PublishValues {
  template: TemplateId;
  fractal: FractalValues;
  photo: PhotoValues;
  search: SearchValues;
  /** ETH a shard, as typed, by template. */
  price: Record<TemplateId, string>;
  terms: TermValues;
}

const { params: first } = fractalPresets[0];

/** What the form starts with. */
export function initialValues(template: TemplateId): PublishValues {
  return {
    template,
    fractal: fractalValues(first),
    photo: { picture: undefined, filter: 'sharpen', strengthPercent: 100 },
    search: {
      goal: 'hookFlags',
      prefix: 'c0ffee',
      flags: ['beforeSwap', 'afterSwap'],
      deployer: searchTemplate.defaults.deployer,
      initCodeHash: searchTemplate.defaults.initCodeHash,
    },
    price: {
      fractal: formatEther(fractalTemplate.defaultMaxPriceWei),
      photo: formatEther(photoTemplate.defaultMaxPriceWei),
      search: formatEther(searchTemplate.defaultMaxPriceWei),
    },
    terms: { deadline: '1800', deadlineDate: '', review: '600', delivery: '600', bond: '', minOwnStake: '' },
  };
}

/** A preset's parameters as a person would have typed them. */
export function fractalValues(params: typeof first): FractalValues {
  return {
    centreRe: params.centreRe,
    centreIm: params.centreIm,
    zoom: params.zoom.toString(),
    iterations: params.iterations.toString(),
    palette: params.palette,
    colourSpeed: params.colourSpeed,
    size: params.size.toString() as FractalValues['size'],
  };
}
