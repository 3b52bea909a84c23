import type { WorkerSnapshot, WorkerStatus } from '@opengpu/worker/snapshot';
import { Note } from '@/components/ui/note';

/** What the worker as a whole is doing, in a sentence. */
export function WorkerStatusNote({ snapshot, paused }: { snapshot: WorkerSnapshot; paused: boolean }) {
  const { status } = snapshot;
  if (status.kind === 'failed') {
    return (
      <Note tone="fault" role="alert" title="The worker cannot go on.">
        {status.reason}
      </Note>
    );
  }
  const { title, text } = paused && status.kind === 'working' ? pausing : words(status);
  return (
    <Note tone={tones[status.kind] ?? 'plain'} role="status" title={title}>
      {text}
    </Note>
  );
}

const tones: Partial<Record<WorkerStatus['kind'], 'live' | 'fault'>> = {
  working: 'live',
  watching: 'live',
  held: 'fault',
};

const pausing = {
  title: 'Pausing',
  text: 'No new tasks are taken. What is promised is still being delivered.',
};

function words(status: Exclude<WorkerStatus, { kind: 'failed' }>): { title: string; text: string } {
  switch (status.kind) {
    case 'starting':
      return { title: 'Starting', text: 'Reading the market and waking the GPU.' };
    case 'waiting':
      return {
        title: 'Another tab is working',
        text: 'This one takes over as soon as that one stops or closes.',
      };
    case 'watching':
      return { title: 'Watching', text: 'Waiting for a task that is worth it.' };
    case 'working':
      return { title: 'Working', text: 'Leave this tab open; it works on in the background.' };
    case 'held':
      return { title: 'On hold', text: `${status.reason} It goes on by itself afterwards.` };
    case 'paused':
      return { title: 'Paused', text: 'No new tasks are taken. What is promised is still delivered.' };
    case 'stopping':
      return { title: 'Stopping', text: 'Ending what is in hand.' };
    case 'stopped':
      return {
        title: 'Stopped',
        text: 'Nothing runs. Promises that are still open go on when you start again.',
      };
    default:
      return status satisfies never;
  }
}
