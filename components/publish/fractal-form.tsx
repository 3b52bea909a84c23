'use client';

import { type PaletteName, paletteNames } from '@opengpu/sdk/kernels/templates/fractal/palettes';
import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import { fractalSizes } from '@opengpu/sdk/kernels/templates/fractal/template';
import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Slider } from '@/components/ui/slider';
import { FractalFinder } from './fractal-finder';
import { PaletteSwatch } from './palette-swatch';
import { type FractalValues, fractalValues } from './publish-values';

interface FractalFormProps {
  values: FractalValues;
  errorOf(field: string): string | undefined;
  onChange(values: FractalValues): void;
}

/** Which part of the set, how fine, in which colours. */
export function FractalForm({ values, errorOf, onChange }: FractalFormProps) {
  const change = (part: Partial<FractalValues>) => onChange({ ...values, ...part });
  return (
    <div className="grid gap-8 xl:grid-cols-[320px_minmax(0,1fr)]">
      <FractalFinder values={values} onChange={change} />
      <div className="grid min-w-0 content-start gap-6">
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-[14px] text-soft">Places:</span>
          {fractalPresets.map((preset) => (
            <Button key={preset.id} small onClick={() => onChange(fractalValues(preset.params))}>
              {preset.title}
            </Button>
          ))}
        </div>
        <div className="grid gap-6 sm:grid-cols-2">
          <Field
            label="Centre, real part"
            value={values.centreRe}
            onChange={(event) => change({ centreRe: event.target.value })}
            error={errorOf('centreRe')}
          />
          <Field
            label="Centre, imaginary part"
            value={values.centreIm}
            onChange={(event) => change({ centreIm: event.target.value })}
            error={errorOf('centreIm')}
          />
          <Field
            label="Zoom"
            unit="×"
            value={values.zoom}
            onChange={(event) => change({ zoom: event.target.value })}
            error={errorOf('zoom')}
            hint="1 to 100 trillion"
          />
          <Field
            label="Iterations"
            inputMode="numeric"
            value={values.iterations}
            onChange={(event) => change({ iterations: event.target.value })}
            error={errorOf('iterations')}
            hint="16 to 1024; deep places need many"
          />
        </div>
        <Choice<PaletteName>
          label="Palette"
          value={values.palette}
          options={paletteNames.map((value) => ({ value, label: <PaletteSwatch name={value} /> }))}
          onChange={(palette) => change({ palette })}
        />
        <Slider
          label="Colour speed"
          min={-6}
          max={3}
          step={0.25}
          value={Math.log2(values.colourSpeed)}
          shown={`${values.colourSpeed.toPrecision(2)} colours an iteration`}
          onChange={(exponent) => change({ colourSpeed: 2 ** exponent })}
        />
        <Choice
          label="Size"
          value={values.size}
          options={fractalSizes.map((size) => ({
            value: `${size}` as FractalValues['size'],
            label: `${size} × ${size}, ${(size / 64) ** 2} shards`,
          }))}
          onChange={(size) => change({ size })}
        />
      </div>
    </div>
  );
}
