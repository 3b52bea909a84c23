import { BaseError, HttpRequestError } from 'viem';
import { expect, test, vi } from 'vitest';
import { abortable, isNetworkError, retrying, sleep } from './retry.ts';

const lost = () =>
  new BaseError('outer', { cause: new HttpRequestError({ url: 'http://x', details: 'refused' }) });

test('a lost network is tried again until it answers, and both are told', async () => {
  vi.useFakeTimers();
  const told: boolean[] = [];
  let calls = 0;
  const result = retrying(
    async () => {
      calls += 1;
      if (calls < 4) throw lost();
      return calls;
    },
    ({ ok }) => told.push(ok),
    new AbortController().signal,
  );
  await vi.advanceTimersByTimeAsync(250 + 500 + 1_000);
  expect(await result).toBe(4);
  expect(told).toEqual([false, false, false, true]);
  vi.useRealTimers();
});

test('a refusal is no loss of the network', async () => {
  expect(isNetworkError(lost())).toBe(true);
  expect(isNetworkError(new BaseError('reverted'))).toBe(false);
  expect(isNetworkError(new Error('fetch'))).toBe(false);
  const never = () => Promise.reject(new BaseError('reverted'));
  await expect(retrying(never, () => undefined, new AbortController().signal)).rejects.toThrow('reverted');
});

test('an abort ends what waits, with its reason', async () => {
  const stop = new AbortController();
  const waits = [
    sleep(1e6, stop.signal),
    abortable(new Promise(() => undefined), stop.signal),
    retrying(
      () => Promise.reject(lost()),
      () => undefined,
      stop.signal,
    ),
  ];
  stop.abort(new Error('enough'));
  for (const wait of waits) await expect(wait).rejects.toThrow('enough');
  await expect(sleep(1, stop.signal)).rejects.toThrow('enough');
});
