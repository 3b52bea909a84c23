import { BadParameter } from '@opengpu/sdk/kernels/bad-parameter';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { type FractalParams, fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import type { Address, Hex } from 'viem';
import type { PublishValues } from './publish-values';

/** The draft of what the form says. Throws `BadParameter` naming the field, the value and what is allowed. */
export async function draftOf(values: PublishValues, client: Address, seed: number): Promise<TaskDraft> {
  switch (values.template) {
    case 'fractal': {
      const { zoom, iterations, size, ...rest } = values.fractal;
      return fractalTemplate.draft({
        ...rest,
        zoom: numberOf('zoom', zoom),
        iterations: numberOf('iterations', iterations),
        size: Number(size) as FractalParams['size'],
      });
    }
    case 'photo': {
      const { picture, filter, strengthPercent } = values.photo;
      if (!picture)
        throw new BadParameter('picture', 'missing', 'a PNG or JPEG picture of at most 16 megapixels');
      return photoTemplate.draft({ picture, filter, strengthPercent, urls: [window.location.origin] });
    }
    case 'search': {
      const { goal, prefix, flags, deployer, initCodeHash } = values.search;
      return searchTemplate.draft({
        client,
        goal: goal === 'prefix' ? { kind: 'prefix', prefix } : { kind: 'hookFlags', flags },
        deployer: deployer.trim() as Address,
        initCodeHash: initCodeHash.trim() as Hex,
        seed,
      });
    }
    default:
      return values.template satisfies never;
  }
}

function numberOf(field: string, text: string): number {
  const given = text.trim();
  if (!/^\d+(\.\d+)?(e\+?\d{1,2})?$/i.test(given))
    throw new BadParameter(field, text, 'a positive number, like 250 or 1.5e9');
  return Number(given);
}
