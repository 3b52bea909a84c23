import { type Hex, zeroAddress } from 'viem';
import type { WorkerSnapshot } from '../../snapshot.ts';
import type { FromSigner, ToSigner, WorkerOptions } from '../../threads/signer-messages.ts';

/** What a tab's worker is started with. */
export type TabWorkerOptions = WorkerOptions;

/** A worker in this tab, as its page sees it. */
export interface TabWorker {
  /** The same object until something changes. */
  snapshot(): WorkerSnapshot;
  /** Calls `listener` after every change; returns the way to end that. */
  subscribe(listener: () => void): () => void;
  /** Takes no new tasks; what is promised is still delivered. */
  pause(): void;
  resume(): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** How long the worker may take to end by itself before its thread is ended, milliseconds. */
const stopMilliseconds = 400;

/**
 * Starts the worker of one provider in this tab, or waits until the tab that runs it is gone: the page's Web Lock elects one
 * among all tabs, keeps its own tab from being frozen, and keeps nonces in order. `key`: the operator's key from a keystore;
 * without it the one that `ensureOperatorKey` made is used.
 */
export function startTabWorker(options: TabWorkerOptions, key?: Hex): TabWorker {
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  let thread: Worker | undefined;
  let paused = false;
  let current: WorkerSnapshot = emptySnapshot(options);

  const set = (snapshot: WorkerSnapshot) => {
    current = snapshot;
    for (const listener of listeners) listener();
  };
  const fail = (reason: string) => set({ ...current, status: { kind: 'failed', cause: 'other', reason } });

  /** Runs the signer thread until it ends; the lock is held that long. */
  const work = () =>
    new Promise<void>((resolve) => {
      if (stopping.signal.aborted) {
        resolve();
        return;
      }
      const signer = new Worker(new URL('../../threads/signer-thread.ts', import.meta.url), {
        type: 'module',
      });
      thread = signer;
      const end = () => {
        signer.terminate();
        thread = undefined;
        resolve();
      };
      signer.onmessage = ({ data }: MessageEvent<FromSigner>) => {
        if (data.kind === 'snapshot') set(data.snapshot);
        else if (data.kind === 'broken') fail(data.reason);
        else end();
      };
      signer.onerror = (event) => {
        fail(`The worker stopped: ${event.message}`);
        end();
      };
      signer.postMessage({ kind: 'start', options, key } satisfies ToSigner);
      if (paused) signer.postMessage({ kind: 'pause' } satisfies ToSigner);
      stopping.signal.addEventListener('abort', () => {
        if (thread !== signer) return;
        set({ ...current, status: { kind: 'stopping' } });
        signer.postMessage({ kind: 'stop' } satisfies ToSigner);
        setTimeout(end, stopMilliseconds);
      });
    });

  const done = holdLock(options, stopping.signal, work, () =>
    set({ ...current, status: { kind: 'waiting', why: 'anotherTabWorks' } }),
  ).then(
    () => {
      if (current.status.kind !== 'failed') set({ ...current, status: { kind: 'stopped' } });
    },
    (error: unknown) => {
      if (!stopping.signal.aborted) fail(error instanceof Error ? error.message : String(error));
      else set({ ...current, status: { kind: 'stopped' } });
    },
  );

  return {
    snapshot: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause() {
      paused = true;
      thread?.postMessage({ kind: 'pause' } satisfies ToSigner);
    },
    resume() {
      paused = false;
      thread?.postMessage({ kind: 'resume' } satisfies ToSigner);
    },
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** Runs `work` while holding the provider's lock; `onWait` is called if another tab holds it. */
async function holdLock(
  { deployment, provider }: TabWorkerOptions,
  signal: AbortSignal,
  work: () => Promise<void>,
  onWait: () => void,
): Promise<void> {
  const name = `opengpu-worker-${deployment.chainId}-${provider.toLowerCase()}`;
  const got = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
  if (got || signal.aborted) return;
  onWait();
  await navigator.locks.request(name, { signal }, work);
}

function emptySnapshot({ provider }: TabWorkerOptions): WorkerSnapshot {
  return {
    status: { kind: 'starting' },
    provider,
    operator: zeroAddress,
    jobs: [],
    declined: [],
    log: [],
    earnedWei: 0n,
    gasSpentWei: 0n,
    operatorBalanceWei: 0n,
  };
}
