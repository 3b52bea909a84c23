'use client';

import { decodePreview } from '@opengpu/sdk/protocol/preview';
import { useMemo } from 'react';
import type { Hex } from 'viem';
import { PixelCanvas } from '@/components/ui/pixel-canvas';

/** The small picture that a provider sent with its offer; it proves nothing, it is there to compare. */
export function OfferPreview({ preview }: { preview: Hex }) {
  const picture = useMemo(() => decodePreview(preview), [preview]);
  if (!picture) {
    return (
      <p className="grid aspect-square place-items-center bg-unexposed text-[13px] text-soft">No preview</p>
    );
  }
  return (
    <div className="bg-print p-1.5">
      <PixelCanvas {...picture} label="Preview" className="block w-full [image-rendering:pixelated]" />
    </div>
  );
}
