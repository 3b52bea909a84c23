'use client';

import { filterNames, filters } from '@opengpu/sdk/kernels/templates/photo/filters';
import { Choice } from '@/components/ui/choice';
import { Slider } from '@/components/ui/slider';
import { PhotoPicker } from './photo-picker';
import type { PhotoValues } from './publish-values';

interface PhotoFormProps {
  values: PhotoValues;
  errorOf(field: string): string | undefined;
  /** Only what changed: a picture arrives long after it was chosen, when other values are newer. */
  onChange(part: Partial<PhotoValues>): void;
}

/** Which photograph and which filter. */
export function PhotoForm({ values, errorOf, onChange }: PhotoFormProps) {
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,420px)_minmax(0,1fr)]">
      <PhotoPicker
        picture={values.picture}
        error={errorOf('picture')}
        onChange={(picture) => onChange({ picture })}
      />
      <div className="grid content-start gap-6">
        <Choice
          label="Filter"
          value={values.filter}
          options={filterNames.map((value) => ({ value, label: filters[value].title }))}
          onChange={(filter) => onChange({ filter })}
        />
        <Slider
          label="Strength"
          min={0}
          max={100}
          value={values.strengthPercent}
          shown={`${values.strengthPercent} %`}
          onChange={(strengthPercent) => onChange({ strengthPercent })}
        />
        <p className="text-[13px] leading-5 text-soft">
          The pixels become public: they are stored under their hash, where any provider can fetch and check
          them.
        </p>
      </div>
    </div>
  );
}
