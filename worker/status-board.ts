import type { Address, Hex } from 'viem';
import { type Job, viewOf } from './jobs/job.ts';
import type { JobView, LogLine, WorkerSnapshot, WorkerStatus } from './snapshot.ts';

const mostEnded = 50;
const mostDeclined = 50;
const mostLines = 500;
/** News is gathered this long before hosts hear of it, milliseconds. */
const publishMilliseconds = 50;

/** Keeps what hosts show, and tells them when it changed. */
export class StatusBoard {
  readonly #onChange: (snapshot: WorkerSnapshot) => void;
  readonly #live = new Map<Hex, Job>();
  readonly #ended: JobView[] = [];
  #declined: WorkerSnapshot['declined'] = [];
  #log: LogLine[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #facts: Pick<WorkerSnapshot, 'provider' | 'operator' | 'adapter' | 'gasSpentWei' | 'operatorBalanceWei'>;
  #status: WorkerStatus = { kind: 'starting' };
  #earnedBeforeWei = 0n;

  constructor(provider: Address, operator: Address, onChange: (snapshot: WorkerSnapshot) => void) {
    this.#facts = { provider, operator, gasSpentWei: 0n, operatorBalanceWei: 0n };
    this.#onChange = onChange;
  }

  get status(): WorkerStatus {
    return this.#status;
  }

  setStatus(status: WorkerStatus): void {
    const before = this.#status;
    if (before.kind === status.kind && reasonOf(before) === reasonOf(status)) return;
    this.#status = status;
    if (status.kind === 'failed') this.log('error', status.reason);
    if (status.kind === 'held') this.log('warn', status.reason);
    // A host that ends on this news must have it.
    this.publish();
  }

  setAdapter(adapter: string): void {
    this.#facts = { ...this.#facts, adapter };
    this.changed();
  }

  setOperatorBalance(operatorBalanceWei: bigint): void {
    if (operatorBalanceWei === this.#facts.operatorBalanceWei) return;
    this.#facts = { ...this.#facts, operatorBalanceWei };
    this.changed();
  }

  spent(gasWei: bigint): void {
    this.#facts = { ...this.#facts, gasSpentWei: this.#facts.gasSpentWei + gasWei };
    this.changed();
  }

  add(job: Job): void {
    this.#live.set(job.taskId, job);
    this.changed();
  }

  end(job: Job): void {
    this.#live.delete(job.taskId);
    const view = viewOf(job);
    this.#earnedBeforeWei += view.earnedWei;
    this.#ended.unshift(view);
    this.#ended.length = Math.min(this.#ended.length, mostEnded);
    this.changed();
  }

  /** Remembers why a task is passed over; the same reason again, with other numbers, is no news. */
  decline(taskId: Hex, name: string, reason: string, atSeconds: number): void {
    const before = this.#declined.find((one) => one.taskId === taskId);
    if (before && withoutNumbers(before.reason) === withoutNumbers(reason)) return;
    this.#declined = [
      { taskId, name, reason, atSeconds: Math.floor(atSeconds) },
      ...this.#declined.filter((one) => one.taskId !== taskId),
    ].slice(0, mostDeclined);
    this.log('info', `Passed over ${name}: ${reason}.`);
  }

  log(level: LogLine['level'], text: string, transactionHash?: Hex): void {
    const atSeconds = Math.floor(Date.now() / 1_000);
    this.#log = [...this.#log, { atSeconds, level, text, ...(transactionHash && { transactionHash }) }].slice(
      -mostLines,
    );
    this.changed();
  }

  snapshot(): WorkerSnapshot {
    const live = [...this.#live.values()].map(viewOf).reverse();
    const earnedWei = live.reduce((sum, job) => sum + job.earnedWei, this.#earnedBeforeWei);
    return {
      ...this.#facts,
      status: this.#status,
      jobs: [...live, ...this.#ended],
      declined: this.#declined,
      log: this.#log,
      earnedWei,
    };
  }

  /** Something that a job shows has changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.publish(), publishMilliseconds);
  }

  /** Tells the host at once. */
  publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onChange(this.snapshot());
  }
}

function reasonOf(status: WorkerStatus): string | undefined {
  return 'reason' in status ? status.reason : undefined;
}

function withoutNumbers(reason: string): string {
  return reason.replace(/[\d.]+/g, '');
}
