import type { TaskRecord } from '@opengpu/sdk/market/state';
import { decodePreview } from '@opengpu/sdk/protocol/preview';
import { useMemo } from 'react';
import { PixelCanvas } from '@/components/ui/pixel-canvas';

/** What the confirmed offer, or else the cheapest, says that the picture will be: faint under the paper until shards are paid. */
export function LatentImage({ record }: { record: TaskRecord }) {
  const preview = useMemo(() => {
    const standing = [...record.offers.values()].filter(
      ({ status }) => status === 'open' || status === 'confirmed',
    );
    const offer = standing.sort((a, b) => rank(a) - rank(b) || Number(a.askWei - b.askWei))[0];
    return offer && decodePreview(offer.preview);
  }, [record]);
  if (!preview) return null;
  return (
    <PixelCanvas
      {...preview}
      label=""
      className="absolute inset-0 size-full object-cover opacity-40 blur-[2px] saturate-50"
    />
  );
}

function rank({ status }: { status: string }): number {
  return status === 'confirmed' ? 0 : 1;
}
