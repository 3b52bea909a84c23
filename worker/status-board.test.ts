import { pad, zeroAddress } from 'viem';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { us } from './machine/sample-record.ts';
import type { WorkerSnapshot } from './snapshot.ts';
import { StatusBoard } from './status-board.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const seen: WorkerSnapshot[] = [];
  return { seen, board: new StatusBoard(us, zeroAddress, (snapshot) => seen.push(snapshot)) };
}

test('news is gathered, a change of status is told at once and once', () => {
  const { seen, board } = open();
  board.log('info', 'one');
  board.log('info', 'two');
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(seen.map(({ log }) => log.length)).toEqual([2]);
  board.setStatus({ kind: 'watching' });
  board.setStatus({ kind: 'watching' });
  expect(seen).toHaveLength(2);
});

test('what holds the worker back is logged once for each reason', () => {
  const { board } = open();
  board.setStatus({ kind: 'held', cause: 'noRpc', reason: 'gone' });
  board.setStatus({ kind: 'held', cause: 'noRpc', reason: 'gone' });
  board.setStatus({ kind: 'held', cause: 'noGas', reason: 'empty' });
  board.setStatus({ kind: 'failed', cause: 'noGpu', reason: 'none' });
  expect(board.snapshot().log.map(({ level, text }) => `${level} ${text}`)).toEqual([
    'warn gone',
    'warn empty',
    'error none',
  ]);
});

test('a task passed over for the same reason with other numbers is no news', () => {
  const { board } = open();
  const decline = (reason: string) => board.decline(pad('0x01'), 'a task', reason, 1.5);
  decline('deadline too near: 9 s are left');
  decline('deadline too near: 8 s are left');
  decline('price below your lowest');
  board.decline(pad('0x02'), 'another', 'price below your lowest', 2);
  const { declined, log } = board.snapshot();
  expect(declined.map(({ name, atSeconds }) => [name, atSeconds])).toEqual([
    ['another', 2],
    ['a task', 1],
  ]);
  expect(log).toHaveLength(3);
});

test('logs and lists are bounded', () => {
  const { board } = open();
  for (let number = 0; number < 600; number++) board.decline(pad(`0x${number}`), 'a task', 'price', 1);
  expect(board.snapshot().declined).toHaveLength(50);
  expect(board.snapshot().log).toHaveLength(500);
});
