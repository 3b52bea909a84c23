import { BaseError, HttpRequestError, TimeoutError, WebSocketRequestError } from 'viem';

const leastMilliseconds = 250;
const mostMilliseconds = 8_000;

/** Hears when the RPC stops answering and when it answers again. */
export type OnConnection = (connection: { ok: true } | { ok: false; reason: string }) => void;

/** Repeats `work` while the network fails it, waiting longer each time; other errors pass through. Ends by the signal. */
export async function retrying<T>(
  work: () => Promise<T>,
  onConnection: OnConnection,
  signal: AbortSignal,
): Promise<T> {
  for (let wait = leastMilliseconds; ; wait = Math.min(mostMilliseconds, wait * 2)) {
    signal.throwIfAborted();
    try {
      const result = await abortable(work(), signal);
      onConnection({ ok: true });
      return result;
    } catch (error) {
      if (!isNetworkError(error)) throw error;
      onConnection({ ok: false, reason: error instanceof BaseError ? error.shortMessage : String(error) });
      await sleep(wait, signal);
    }
  }
}

/** True when a request never got an answer from the chain. */
export function isNetworkError(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  const lost = error.walk(
    (inner) =>
      inner instanceof HttpRequestError ||
      inner instanceof TimeoutError ||
      inner instanceof WebSocketRequestError,
  );
  return lost !== null;
}

/** Resolves after `milliseconds`, rejects with the signal's reason when it is aborted before. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** `work`, or the signal's reason as soon as it is aborted: whatever `work` waits for is not waited for any longer. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
