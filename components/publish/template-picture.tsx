'use client';

import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import { useEffect, useState } from 'react';
import { PixelCanvas } from '@/components/ui/pixel-canvas';
import { sketchFractal } from './fractal-sketch';
import type { TemplateId } from './publish-values';

const side = 96;

/** What a template's result looks like. */
export function TemplatePicture({ template }: { template: TemplateId }) {
  switch (template) {
    case 'fractal':
      return <FractalPicture />;
    case 'photo':
      return <PhotoPicture />;
    case 'search':
      return (
        <span
          aria-hidden="true"
          className="font-mono grid aspect-square content-center bg-unexposed px-2 text-[13px] leading-5 break-all text-soft sm:aspect-[4/3] sm:px-4"
        >
          <span>
            0x<span className="bg-safelight px-0.5 text-on-safelight">c0ffee</span>
            4d1b9a07fe35d2c8816b3e90aa417f
          </span>
        </span>
      );
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
    <span aria-hidden="true" className="block aspect-square overflow-hidden bg-unexposed sm:aspect-[4/3]">
      {rgba ? (
        <PixelCanvas rgba={rgba} width={side} height={side} label="" className="size-full object-cover" />
      ) : null}
    </span>
  );
}

/** A lens over halftone dots: blurred left, sharp right. */
function PhotoPicture() {
  const dots = Array.from({ length: 96 }, (_, i) => ({ x: (i % 12) * 8 + 4, y: Math.floor(i / 12) * 8 + 4 }));
  return (
    <span aria-hidden="true" className="block aspect-square overflow-hidden bg-unexposed sm:aspect-[4/3]">
      <svg aria-hidden="true" viewBox="0 0 96 64" className="size-full" preserveAspectRatio="xMidYMid slice">
        {dots.map(({ x, y }) => {
          const distance = Math.hypot(x - 48, (y - 32) * 1.1);
          const r = Math.max(0.6, 4.2 - distance / 11);
          return x < 48 ? (
            <circle key={`${x}-${y}`} cx={x} cy={y} r={r + 1.6} className="fill-ink" opacity={0.28} />
          ) : (
            <circle key={`${x}-${y}`} cx={x} cy={y} r={r} className="fill-ink" />
          );
        })}
        <rect x="47.5" width="1" height="64" className="fill-safelight" />
      </svg>
    </span>
  );
}
