'use client';

import { useId } from 'react';

interface SliderProps {
  label: string;
  min: number;
  max: number;
  step?: number;
  value: number;
  /** The value in words. */
  shown: string;
  onChange(value: number): void;
}

/** A value on a range, with its meaning in words. */
export function Slider({ label, min, max, step = 1, value, shown, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-4 text-[14px]">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <output htmlFor={id} className="figure text-[13px] text-soft">
          {shown}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-6 w-full accent-safelight"
      />
    </div>
  );
}
