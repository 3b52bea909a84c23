import { pad, zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import type { JobView, WorkerSnapshot } from '../../snapshot.ts';
import { jsonReport, textReport } from './report.ts';
import { parseSnapshot, stringifySnapshot } from './snapshot-json.ts';

const job: JobView = {
  taskId: pad('0x01'),
  name: 'a picture',
  state: { kind: 'computing' },
  done: 0,
  total: 100,
  startedAtSeconds: 1,
  earnedWei: 0n,
};

function snapshot(changes: Partial<WorkerSnapshot> = {}): WorkerSnapshot {
  return {
    status: { kind: 'watching' },
    provider: zeroAddress,
    operator: zeroAddress,
    jobs: [],
    declined: [],
    log: [],
    earnedWei: 10n ** 16n,
    gasSpentWei: 1n,
    operatorBalanceWei: 2n,
    ...changes,
  };
}

function sink(isTerminal = false) {
  const written: string[] = [];
  return { written, output: { isTerminal, write: (text: string) => written.push(text) } };
}

const line = (text: string) => ({ atSeconds: 5, level: 'info' as const, text });

test('a snapshot survives JSON, amounts and all', () => {
  const given = snapshot({
    jobs: [{ ...job, state: { kind: 'offered', askWei: 2n ** 90n } }],
    log: [line('one')],
  });
  expect(parseSnapshot(stringifySnapshot(given))).toEqual(given);
});

test('JSON lines say each thing once', () => {
  const { written, output } = sink();
  const report = jsonReport(output);
  report(snapshot({ log: [line('one')], jobs: [job] }));
  report(snapshot({ log: [line('one')], jobs: [{ ...job, done: 4 }] }));
  report(snapshot({ log: [line('one'), line('two')], jobs: [{ ...job, done: 40 }] }));
  report(snapshot({ log: [line('two')], jobs: [{ ...job, state: { kind: 'paid' }, earnedWei: 7n }] }));
  const lines = written.map((text) => JSON.parse(text));
  expect(lines.map(({ type, text, done, state, kind }) => [type, text ?? state?.kind ?? kind, done])).toEqual(
    [
      ['log', 'one', undefined],
      ['job', 'computing', 0],
      ['status', 'watching', undefined],
      ['log', 'two', undefined],
      ['job', 'computing', 40],
      ['job', 'paid', 0],
    ],
  );
  expect(lines[5].earnedWei).toBe('7');
});

test('lines that are equal are not mistaken for old ones while the log grows', () => {
  const { written, output } = sink();
  const report = textReport(output);
  report(snapshot({ log: [line('again')] }));
  report(snapshot({ log: [line('again'), line('more')] }));
  report(snapshot({ log: [line('again'), line('more')] }));
  expect(written.map((text) => text.slice(9))).toEqual(['again\n', 'more\n']);
});

test('a terminal keeps one line of status at the bottom', () => {
  const { written, output } = sink(true);
  textReport(output)(
    snapshot({ status: { kind: 'working' }, jobs: [{ ...job, done: 25 }], log: [line('one')] }),
  );
  expect(written[0]?.replace(/\d\d:\d\d:\d\d/, 'time')).toBe('\r\x1b[Ktime one\n');
  expect(written[1]).toBe(
    '\r\x1b[Kworking · a picture 25 % · earned 0.01 ETH · gas 0.000000000000000001 ETH',
  );
});
