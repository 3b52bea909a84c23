'use client';

import type { WorkerSettings } from '@opengpu/worker/policy/settings';
import { Field } from '@/components/ui/field';
import { Slider } from '@/components/ui/slider';

/** What is chosen, with the lowest price as typed. */
export interface SettingsValues extends Omit<WorkerSettings, 'lowestPriceWei'> {
  lowestPrice: string;
}

const kernelNames: Record<WorkerSettings['kernels'][number], string> = {
  fractal: 'Fractal render',
  photo: 'Photo filter',
  search: 'Address search',
};
const kernels = Object.keys(kernelNames) as WorkerSettings['kernels'][number][];

interface SettingsFormProps {
  values: SettingsValues;
  error: string | undefined;
  onChange(part: Partial<SettingsValues>): void;
}

/** What the worker takes, and what it asks. */
export function WorkerSettingsForm({ values, error, onChange }: SettingsFormProps) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <Field
        label="Lowest price a shard"
        unit="ETH"
        inputMode="decimal"
        value={values.lowestPrice}
        onChange={(event) => onChange({ lowestPrice: event.target.value })}
        error={error}
      />
      <Slider
        label="Ask"
        min={1}
        max={100}
        value={values.askPercent}
        shown={`${values.askPercent} % of the highest price`}
        onChange={(askPercent) => onChange({ askPercent })}
      />
      <fieldset className="sm:col-span-2">
        <legend className="pb-1 text-[14px] font-medium">Kernels</legend>
        <div className="flex flex-wrap gap-x-6">
          {kernels.map((kernel) => (
            <label key={kernel} className="flex min-h-9 items-center gap-2.5 text-[14px]">
              <input
                type="checkbox"
                className="size-4 accent-safelight"
                checked={values.kernels.includes(kernel)}
                onChange={(event) =>
                  onChange({
                    kernels: event.target.checked
                      ? [...values.kernels, kernel]
                      : values.kernels.filter((each) => each !== kernel),
                  })
                }
              />
              {kernelNames[kernel]}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
