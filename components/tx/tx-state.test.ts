import { expect, test } from 'vitest';
import { nextTxState, type TxEvent, type TxState } from './tx-state';

const hash = '0x01' as const;
const run = (events: TxEvent[]) => events.reduce(nextTxState, { kind: 'idle' } as TxState);

test('a write goes from its review to its block', () => {
  const events: TxEvent[] = [
    { kind: 'opened' },
    { kind: 'checked', gas: 1n, feeWei: 7n },
    { kind: 'asked' },
    { kind: 'sent', hash },
  ];
  expect(run(events)).toEqual({ kind: 'pending', hash });
  expect(run([...events, { kind: 'mined', hash, blockNumber: 3n }])).toEqual({
    kind: 'done',
    hash,
    blockNumber: 3n,
  });
});

test('a refusal keeps its reason, and can be tried again', () => {
  const refused = run([{ kind: 'opened' }, { kind: 'refused', reason: 'No.' }]);
  expect(refused).toEqual({ kind: 'failed', reason: 'No.', hash: undefined });
  expect(nextTxState(refused, { kind: 'opened' })).toEqual({ kind: 'checking' });
});

test('how it ended is told although the dialog was closed, once it was sent', () => {
  const closed = run([{ kind: 'opened' }, { kind: 'closed' }]);
  expect(nextTxState(closed, { kind: 'mined', hash, blockNumber: 3n }).kind).toBe('done');
  expect(nextTxState(closed, { kind: 'refused', reason: 'No.', hash })).toEqual({
    kind: 'failed',
    reason: 'No.',
    hash,
  });
});

test('what the trial says after the dialog was closed changes nothing', () => {
  const closed = run([{ kind: 'opened' }, { kind: 'closed' }]);
  expect(nextTxState(closed, { kind: 'checked', gas: 1n, feeWei: 1n })).toEqual({ kind: 'idle' });
  expect(nextTxState(closed, { kind: 'refused', reason: 'No.' })).toEqual({ kind: 'idle' });
});

test('the wallet is never asked before the trial succeeded', () => {
  expect(run([{ kind: 'opened' }, { kind: 'asked' }])).toEqual({ kind: 'checking' });
});
