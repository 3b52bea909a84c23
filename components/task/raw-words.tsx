'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { explainError } from '@opengpu/sdk/protocol/errors';
import { useQuery } from '@tanstack/react-query';
import { bytesToHex } from 'viem';
import { Button } from '@/components/ui/button';
import { saveFile } from './save-file';
import { readShard } from './shard-bytes';

const mostBytes = 256;

/** The first answered shard's words in hexadecimal, and a download of them all. */
export function RawWords({ record }: { record: TaskRecord }) {
  const first = [...record.settled.values()].sort((a, b) => a.shard - b.shard)[0];
  const words = useQuery({
    queryKey: ['shard', record.taskId, first?.shard],
    enabled: first !== undefined,
    queryFn: ({ signal }) => (first ? readShard(record, first, signal) : new Uint8Array()),
  });
  if (!first) return <p className="text-[14px] text-soft">No shard is answered yet.</p>;
  if (words.error) return <p className="text-[14px] text-fault">{explainError(words.error)}</p>;
  if (!words.data) return <p className="text-[14px] text-soft">Fetching shard {first.shard}.</p>;
  const lines =
    bytesToHex(words.data.slice(0, mostBytes))
      .slice(2)
      .match(/.{1,8}/g) ?? [];
  const bytes = words.data;
  return (
    <div className="grid gap-3">
      <pre className="font-mono max-w-full overflow-x-auto border border-line bg-sheet p-4 text-[13px] leading-6 whitespace-pre-wrap">
        {lines.join(' ')}
      </pre>
      <Button
        small
        className="justify-self-start"
        onClick={() => saveFile(new Blob([bytes.slice()]), `shard-${first.shard}.bin`)}
      >
        Download raw
      </Button>
    </div>
  );
}
