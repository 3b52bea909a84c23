'use client';

import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import Image from 'next/image';
import { useEffect, useState } from 'react';
import { PixelCanvas } from '@/components/ui/pixel-canvas';
import { sketchFractal } from './fractal-sketch';
import type { TemplateId } from './publish-values';

const side = 180;
const frame = 'relative block aspect-square overflow-hidden bg-unexposed sm:aspect-[4/3]';

/** What a template's result looks like. */
export function TemplatePicture({ template }: { template: TemplateId }) {
  switch (template) {
    case 'fractal':
      return <FractalPicture />;
    case 'photo':
      return <PhotoPicture />;
    case 'search':
      return <SearchPicture />;
    default:
      return template satisfies never;
  }
}

function FractalPicture() {
  const [rgba, setRgba] = useState<Uint8Array>();
  // Drawn after the page is up: it takes some milliseconds of arithmetic.
  useEffect(() => {
    const { params } = fractalPresets[0];
    const { palette, colourSpeed, iterations, zoom } = params;
    const view = {
      re: Number(params.centreRe),
      im: Number(params.centreIm),
      zoom,
      iterations,
      palette,
      colourSpeed,
    };
    setRgba(sketchFractal(view, side));
  }, []);
  return (
    <span aria-hidden="true" className={frame}>
      {rgba ? (
        <PixelCanvas rgba={rgba} width={side} height={side} label="" className="size-full object-cover" />
      ) : null}
    </span>
  );
}

/** The project's own picture: blurred on the left, as it is on the right. */
function PhotoPicture() {
  const picture = { src: '/examples/landscape.png', alt: '', fill: true, unoptimized: true, sizes: '300px' };
  return (
    <span aria-hidden="true" className={frame}>
      <Image {...picture} className="object-cover" />
      <span className="absolute inset-y-0 left-0 w-1/2 overflow-hidden">
        <Image {...picture} className="w-[200%]! max-w-none! object-cover blur-[5px]" />
      </span>
      <span className="absolute inset-y-0 left-1/2 w-0.5 bg-safelight" />
    </span>
  );
}

const tried = [
  '7b1e04d9a6f35d2c',
  'f20c68e1b7d94a53',
  'c0ffee4d1b9a07fe',
  '19d7a3405ce8b26f',
  'a8836cb01f47e9d2',
];

/** Salts tried, and one whose address begins as it should. */
function SearchPicture() {
  return (
    <span
      aria-hidden="true"
      className={`${frame.replace('block', 'grid')} content-center gap-0.5 px-2 font-mono text-[12px] leading-5 text-soft sm:px-5 sm:text-[14px] sm:leading-6`}
    >
      {tried.map((digits) =>
        digits.startsWith('c0ffee') ? (
          <span key={digits} className="text-ink">
            0x<span className="bg-safelight text-on-safelight">c0ffee</span>
            {digits.slice(6)}…
          </span>
        ) : (
          <span key={digits}>0x{digits}…</span>
        ),
      )}
    </span>
  );
}
