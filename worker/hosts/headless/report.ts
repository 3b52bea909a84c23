import { formatEther } from 'viem';
import type { JobView, LogLine, WorkerSnapshot, WorkerStatus } from '../../snapshot.ts';

/** Where a host's lines go. */
export interface Output {
  write(text: string): void;
  isTerminal: boolean;
}

/** Turns snapshots into what a reader has not seen yet. */
export type Report = (snapshot: WorkerSnapshot) => void;

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** One JSON object a line: `status`, `log` and `job` lines, amounts in wei as decimal strings. */
export function jsonReport(output: Output): Report {
  const line = (value: object) => output.write(`${JSON.stringify(value, bigints)}\n`);
  const lines = newLines();
  const states = new Map<string, string>();
  let status = '';
  return (snapshot) => {
    for (const entry of lines(snapshot.log)) line({ type: 'log', ...entry });
    for (const job of [...snapshot.jobs].reverse()) {
      const state = JSON.stringify([job.state, tenths(job)], bigints);
      if (states.get(job.taskId) === state) continue;
      states.set(job.taskId, state);
      line({ type: 'job', ...job });
    }
    const facts = JSON.stringify([snapshot.status, snapshot.adapter, snapshot.operator]);
    if (facts === status) return;
    status = facts;
    const { provider, operator, adapter, earnedWei, gasSpentWei, operatorBalanceWei } = snapshot;
    line({
      type: 'status',
      ...snapshot.status,
      provider,
      operator,
      adapter,
      earnedWei,
      gasSpentWei,
      operatorBalanceWei,
    });
  };
}

/** Log lines, and on a terminal one line of status that stays at the bottom. */
export function textReport(output: Output): Report {
  const lines = newLines();
  return (snapshot) => {
    const erase = output.isTerminal ? '\r\x1b[K' : '';
    for (const { atSeconds, level, text } of lines(snapshot.log)) {
      const time = new Date(atSeconds * 1_000).toTimeString().slice(0, 8);
      output.write(`${erase}${time} ${level === 'info' ? '' : `${level}: `}${text}\n`);
    }
    if (output.isTerminal) output.write(`${erase}${statusLine(snapshot)}`);
  };
}

function statusLine(snapshot: WorkerSnapshot): string {
  const job = snapshot.jobs.find((one) => one.state.kind === 'computing' || one.state.kind === 'responding');
  const doing = job ? ` · ${job.name} ${progress(job)}` : '';
  return `${statusInWords(snapshot.status)}${doing} · earned ${formatEther(snapshot.earnedWei)} ETH · gas ${formatEther(snapshot.gasSpentWei)} ETH`;
}

function progress({ state, done, total }: JobView): string {
  if (state.kind === 'responding') return `answered ${state.answered} of ${state.shards}`;
  return total === 0 ? `${done.toLocaleString('en')} tried` : `${Math.floor((100 * done) / total)} %`;
}

function statusInWords(status: WorkerStatus): string {
  return status.kind === 'waiting' ? 'another tab works' : status.kind;
}

function tenths({ done, total }: JobView): number {
  return total === 0 ? Math.floor(Math.log2(done + 1)) : Math.floor((10 * done) / total);
}

/** Those lines of a log that were not there the last time, although its oldest may be gone. */
function newLines(): (log: readonly LogLine[]) => LogLine[] {
  let last: string | undefined;
  return (log) => {
    const keys = log.map((line) => JSON.stringify(line));
    const seen = last === undefined ? -1 : keys.lastIndexOf(last);
    last = keys.at(-1) ?? last;
    return log.slice(seen + 1);
  };
}
