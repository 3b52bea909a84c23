import { bytesToHex } from 'viem';
import { locatorOf } from '../../../data/locate.ts';
import { mostPixels } from '../../../protocol/metadata.ts';
import { wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { photoKernel } from '../../catalogue.ts';
import type { Picture } from '../../picture.ts';
import type { TaskDraft, Template } from '../../template.ts';
import { type FilterName, filterNames, filters, filterWeights, weightBits } from './filters.ts';

/** Least pixels of a shard, so that a small picture does not cost more gas than work; the last shard may have fewer. */
const leastPixels = 16_384;
const mostShards = 64;

/** A picture and what to do with it. */
export interface PhotoParams {
  /** From `decodeImage`. */
  picture: Picture;
  filter: FilterName;
  /** 0 to 100, whole percent. */
  strengthPercent: number;
  /** Bases of HTTP sources that will serve the pixels, said in the metadata; at most 4. */
  urls?: readonly string[];
}

/**
 * Photo filter: bands of rows under Manual Confirmation. The draft names the pixels by CID; they have to be stored
 * (`uploadInputs`) before the task is published.
 */
export const photoTemplate: Template<PhotoParams> = {
  id: 'photo',
  title: 'Photo filter',
  summary:
    'Sharpens, blurs, outlines or embosses a photograph of your own, PNG or JPEG, up to 16 megapixels. Each shard is a band of rows.',
  kernel: photoKernel,
  defaults: {
    picture: { width: 0, height: 0, words: new Uint32Array(0) },
    filter: 'sharpen',
    strengthPercent: 100,
  },
  defaultMaxPriceWei: 1_000_000_000_000_000n,
  draft,
};

async function draft(params: PhotoParams): Promise<TaskDraft> {
  const { picture, filter, urls = [] } = params;
  const words = filterWords(params);
  return {
    kernel: photoKernel,
    inputs: [words, picture.words],
    count: picture.width * picture.height,
    elementsPerShard: rowsPerShard(picture) * picture.width,
    model: 'manualConfirmation',
    metadata: {
      name: `${filters[filter].title} ${picture.width} × ${picture.height}`,
      template: 'photo',
      result: { kind: 'image', width: picture.width, height: picture.height, layout: 'rows' },
      inputs: [{ inline: bytesToHex(wordsToBytes(words)) }, await locatorOf(picture.words, urls)],
    },
  };
}

/** Rows of one shard: at most 64 shards, none but the last with less than 16,384 pixels. */
export function rowsPerShard({ width, height }: Pick<Picture, 'width' | 'height'>): number {
  return Math.min(height, Math.max(Math.ceil(height / mostShards), Math.ceil(leastPixels / width)));
}

/** The kernel's `filter_words` buffer: 13 words. Throws `BadParameter`. */
export function filterWords({ picture, filter, strengthPercent, urls = [] }: PhotoParams): Uint32Array {
  const { width, height, words } = picture;
  if (width < 1 || height < 1) throw new BadParameter('picture', 'missing', 'a PNG or JPEG picture');
  if (width > 65_535 || height > 65_535 || width * height > mostPixels) {
    throw new BadParameter('picture', `${width} × ${height}`, 'at most 16 megapixels, 65,535 a side');
  }
  if (words.length !== width * height) {
    throw new BadParameter('picture', `${words.length} pixels`, `${width} × ${height} pixels`);
  }
  if (!filterNames.includes(filter)) throw new BadParameter('filter', filter, filterNames.join(', '));
  if (!Number.isInteger(strengthPercent) || strengthPercent < 0 || strengthPercent > 100) {
    throw new BadParameter('strengthPercent', strengthPercent, 'a whole number from 0 to 100');
  }
  if (urls.length > 4) throw new BadParameter('urls', urls.length, 'at most 4');
  const { weights, bias } = filterWeights(filter, strengthPercent);
  return Uint32Array.from([width, height, weightBits, bias, ...weights]);
}
