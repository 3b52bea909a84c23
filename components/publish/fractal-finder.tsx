'use client';

import { type MouseEvent, useDeferredValue, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { PixelCanvas } from '@/components/ui/pixel-canvas';
import { deepestSketch, sketchFractal } from './fractal-sketch';
import type { FractalValues } from './publish-values';

/** Pixels of the sketch's side: some tens of milliseconds of arithmetic. */
const side = 160;
/** How much nearer one press brings. */
const nearer = 3;

interface FractalFinderProps {
  values: FractalValues;
  onChange(part: Partial<FractalValues>): void;
}

/** A sketch to find a place with: press a point to go there, nearer. */
export function FractalFinder({ values, onChange }: FractalFinderProps) {
  const shown = useDeferredValue(values);
  const view = useMemo(() => viewOf(shown), [shown]);
  const rgba = useMemo(() => (view ? sketchFractal(view, side) : undefined), [view]);

  function zoomBy(factor: number) {
    if (view)
      onChange({ zoom: Math.min(1e14, Math.max(1, Number((view.zoom * factor).toPrecision(6)))).toString() });
  }
  function goTo(event: MouseEvent<HTMLButtonElement>) {
    if (!view) return;
    const box = event.currentTarget.getBoundingClientRect();
    // A press from the keyboard has no place: it goes nearer to the centre.
    const fromKeyboard = event.detail === 0;
    const x = fromKeyboard ? 0 : (event.clientX - box.left) / box.width - 0.5;
    const y = fromKeyboard ? 0 : (event.clientY - box.top) / box.height - 0.5;
    const span = 4 / view.zoom;
    onChange({
      centreRe: coordinate(view.re + x * span),
      centreIm: coordinate(view.im - y * span),
      zoom: Math.min(1e14, Number((view.zoom * nearer).toPrecision(6))).toString(),
    });
  }
  return (
    <div className="grid content-start gap-3">
      <button
        type="button"
        onClick={goTo}
        aria-label="Go nearer to the point you press"
        className="block w-full cursor-zoom-in bg-print p-2 shadow-print"
      >
        {rgba ? (
          <PixelCanvas
            rgba={rgba}
            width={side}
            height={side}
            label="Sketch of the picture"
            className="block w-full"
          />
        ) : (
          <span className="grid aspect-square place-items-center bg-unexposed px-6 text-[13px] text-soft">
            {view === undefined ? 'No sketch while a number is not readable' : ''}
          </span>
        )}
      </button>
      <div className="flex items-center justify-between gap-3">
        <p className="text-[13px] leading-5 text-soft">A sketch made in this tab. Press it to go nearer.</p>
        <Button small className="shrink-0 whitespace-nowrap" onClick={() => zoomBy(1 / nearer)}>
          Back out
        </Button>
      </div>
      {view && view.zoom >= deepestSketch ? (
        <p className="text-[13px] leading-5 text-soft">
          This deep the sketch is too coarse; the kernel itself computes with 64-bit fixed point and is not.
        </p>
      ) : null}
    </div>
  );
}

function viewOf({ centreRe, centreIm, zoom, iterations, palette, colourSpeed }: FractalValues) {
  const [re, im, by, most] = [centreRe, centreIm, zoom, iterations].map((text) =>
    text.trim() ? Number(text) : Number.NaN,
  );
  if (re === undefined || im === undefined || by === undefined || most === undefined) return undefined;
  if (![re, im, by, most].every(Number.isFinite) || by < 1 || most < 1 || most > 1024) return undefined;
  return { re, im, zoom: by, iterations: Math.floor(most), palette, colourSpeed };
}

/** As many digits as a double can mean, inside of what the kernel takes. */
function coordinate(value: number): string {
  return Math.max(-2, Math.min(2, value)).toFixed(17).replace(/0+$/, '').replace(/\.$/, '');
}
