'use client';

import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { type DragEvent, useId, useMemo } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { PixelCanvas } from '@/components/ui/pixel-canvas';
import type { ChosenPicture } from './chosen-picture';
import { useChosenPicture } from './use-chosen-picture';

interface PhotoPickerProps {
  picture: ChosenPicture | undefined;
  error: string | undefined;
  onChange(picture: ChosenPicture): void;
}

/** Takes a PNG or JPEG, decodes it in this tab and shows the very pixels that will be published. */
export function PhotoPicker({ picture, error, onChange }: PhotoPickerProps) {
  const id = useId();
  const { state, take, takeExample } = useChosenPicture(onChange);
  const problem = state.kind === 'refused' ? state.reason : picture ? undefined : error;

  function drop(event: DragEvent) {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) take(file);
  }
  return (
    <div className="grid content-start gap-3">
      <p className="text-[14px] font-medium">Photograph</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut for the labelled input below. */}
      <div
        onDrop={drop}
        onDragOver={(event) => event.preventDefault()}
        className={classNames(
          'grid min-h-56 place-items-center',
          picture
            ? 'bg-print p-2.5 shadow-print'
            : 'rounded-md border border-dashed border-line-strong p-6 text-center',
        )}
      >
        {picture ? (
          <Preview picture={picture} />
        ) : (
          <p className="text-[14px] text-soft">Drop a PNG or JPEG here, up to 16 megapixels.</p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          type="file"
          accept="image/png,image/jpeg"
          aria-describedby={problem ? `${id}-error` : undefined}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) take(file);
          }}
          className="peer sr-only"
        />
        <label
          htmlFor={id}
          className={classNames(
            buttonClass('plain', true),
            'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-safelight-ink',
          )}
        >
          {picture ? 'Choose another' : 'Choose a picture'}
        </label>
        <Button small disabled={state.kind === 'reading'} onClick={takeExample}>
          Use the example picture
        </Button>
      </div>
      <p role="status" className="text-[13px] text-soft">
        {state.kind === 'reading'
          ? 'Reading the picture.'
          : picture
            ? `${picture.fileName.slice(0, 60)}: ${picture.width} × ${picture.height}`
            : ''}
      </p>
      {problem ? (
        <p id={`${id}-error`} role="alert" className="text-[13px] leading-5 text-fault">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function Preview({ picture }: { picture: ChosenPicture }) {
  const rgba = useMemo(() => wordsToBytes(picture.words), [picture]);
  return (
    <PixelCanvas
      rgba={rgba}
      width={picture.width}
      height={picture.height}
      label="The photograph as it will be published"
      className="block max-h-[420px] max-w-full"
    />
  );
}
