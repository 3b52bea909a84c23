'use client';

import type { LogLine } from '@opengpu/worker/snapshot';
import { classNames } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';

const tones: Record<LogLine['level'], string> = { info: '', warn: 'text-safelight-ink', error: 'text-fault' };

/** What happened, newest first; the copy has every line, oldest first. */
export function WorkerLog({ lines }: { lines: readonly LogLine[] }) {
  const text = lines.map(lineText).join('\n');
  return (
    <div className="grid gap-2">
      <div className="flex items-center justify-between text-[13px] text-soft">
        <span>{lines.length} lines</span>
        <span className="inline-flex items-center gap-1">
          Copy <CopyButton text={text} label="log" />
        </span>
      </div>
      <ol
        aria-label="Log, newest first"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
        tabIndex={0}
        className="font-mono grid max-h-72 overflow-y-auto border border-line bg-sheet p-3 text-[12px] leading-5"
      >
        {[...lines].reverse().map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity and never move against each other.
          <li key={lines.length - place} className={classNames('wrap-anywhere', tones[line.level])}>
            {lineText(line)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function lineText({ atSeconds, text, transactionHash }: LogLine): string {
  const time = new Date(atSeconds * 1_000).toISOString().slice(11, 19);
  return `${time} ${text}${transactionHash ? ` ${transactionHash}` : ''}`;
}
