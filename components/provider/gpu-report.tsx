'use client';

import { describeAdapter } from '@opengpu/worker/gpu/describe-adapter';
import { useQuery } from '@tanstack/react-query';
import { Note } from '@/components/ui/note';

/** What GPU this browser offers, or exactly what to do about it. */
export function GpuReport() {
  const adapter = useQuery({
    queryKey: ['adapter'],
    queryFn: describeAdapter,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (adapter.error) {
    return (
      <Note tone="fault" role="alert" title="The browser's GPU could not be asked.">
        {adapter.error.message}
      </Note>
    );
  }
  if (!adapter.data) return <Note>Asking the browser for its GPU.</Note>;
  return adapter.data.ok ? (
    <Note tone="fixed" role="status" title={adapter.data.name}>
      This browser can compute with it.
    </Note>
  ) : (
    <Note tone="fault" role="alert" title="This browser offers no GPU.">
      {adapter.data.reason}
    </Note>
  );
}
