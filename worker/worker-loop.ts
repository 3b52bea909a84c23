import { catalogue, kernelByHash } from '@opengpu/sdk/kernels/catalogue';
import type { MarketState, TaskRecord } from '@opengpu/sdk/market/state';
import { withdrawOffer } from '@opengpu/sdk/market/withdraw-offer';
import { type Metadata, parseMetadata } from '@opengpu/sdk/protocol/metadata';
import { offerHoldWei } from '@opengpu/sdk/protocol/penalty';
import { statusOf } from '@opengpu/sdk/protocol/status';
import { type Address, BaseError, formatEther, type Hex, isAddressEqual } from 'viem';
import { sleep } from './chain/retry.ts';
import { OutOfGas, TxRefused } from './chain/tx-refused.ts';
import { asGpuFailure } from './gpu/failure.ts';
import { benchmark } from './jobs/benchmark.ts';
import { Unanswerable } from './jobs/compute-answer.ts';
import type { Job } from './jobs/job.ts';
import { type CommandParts, JobCommands } from './jobs/job-commands.ts';
import { newsOf } from './jobs/news.ts';
import type { JournalEntry } from './journal/journal.ts';
import { begin, isEnd, type JobCommand, type JobEvent, step } from './machine/job-machine.ts';
import { observe, type Tip } from './machine/observe.ts';
import { resume } from './machine/resume.ts';
import { type Decision, decide, type Facts } from './policy/decide.ts';
import type { WorkerSettings } from './policy/settings.ts';
import { estimateSpeed } from './policy/speed.ts';
import type { WorkerStatus } from './snapshot.ts';

/** Everything around the loop. */
export interface WorkerParts extends CommandParts {
  operator: Address;
  settings: WorkerSettings;
  sender: CommandParts['sender'] & { settle(signal: AbortSignal): Promise<void> };
  /** Tells every newer state of the market until the signal ends it; `live` once the past is folded. */
  follow(onState: (state: MarketState, live: boolean) => void, signal: AbortSignal): void;
  /** Why the RPC does not answer at present, if it does not. */
  connectionLost(): string | undefined;
}

/** The loop looks at the market at least this often, milliseconds. */
const tickMilliseconds = 1_000;
/** Below this many units of gas the operator cannot do anything useful. */
const leastGas = 400_000n;
/** Blocks that a transaction may need to be mined, for the policy's sums. */
const assumedBlockSeconds = 2;

/** The provider: watches, decides, computes, commits, responds, gets paid. One loop for every host. */
export class WorkerLoop {
  readonly #parts: WorkerParts;
  readonly #commands: JobCommands;
  readonly #jobs = new Map<Hex, Job>();
  /** Tasks that were taken before in this run: a job that ended is not begun again. */
  readonly #taken = new Set<Hex>();
  readonly #metadata = new Map<Hex, Metadata | string>();
  #market: MarketState | undefined;
  #tip: (Tip & { gasPriceWei: bigint; readAtMilliseconds: number }) | undefined;
  #pool = { lockableWei: 0n, ownStakeWei: 0n };
  #balanceWei = 0n;
  #adapter = '';
  #paused = false;
  #wake: () => void = () => undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#commands = new JobCommands(parts, {
      adapter: () => this.#adapter,
      secondsLeft: (job) => this.#answerBySeconds(job) - this.#nowSeconds(),
    });
  }

  /** Takes no new tasks until `resume`; what is promised is still delivered. */
  pause(): void {
    this.#paused = true;
    this.#wake();
  }

  resume(): void {
    this.#paused = false;
    this.#wake();
  }

  /** Works until the signal ends it, or until it cannot go on; nothing runs any more when it resolves. */
  async run(signal: AbortSignal): Promise<void> {
    const { board, compute, journal } = this.#parts;
    try {
      if (await this.#start(signal)) await this.#loop(signal);
    } catch (error) {
      if (!signal.aborted) board.setStatus(failed('other', messageOf(error)));
    } finally {
      for (const job of this.#jobs.values()) job.stop.abort();
      await compute.close();
      journal.close();
      if (board.status.kind !== 'failed') board.setStatus({ kind: 'stopped' });
      board.publish();
    }
  }

  /** False when the worker cannot work here; the board then says why. */
  async #start(signal: AbortSignal): Promise<boolean> {
    const { deployment, chain, board, sender, compute, journal, follow } = this.#parts;
    // A chain that does not answer is told on the board while it is waited for.
    const watchdog = setInterval(() => this.#tellConnection(), tickMilliseconds);
    try {
      const chainId = await chain.chainId(signal);
      if (chainId !== deployment.chainId) {
        const reason = `The RPC serves chain ${chainId}, this worker is set up for chain ${deployment.chainId}: give it the right RPC.`;
        board.setStatus(failed('wrongChain', reason));
        return false;
      }
      try {
        this.#adapter = await compute.open();
      } catch (error) {
        board.setStatus(failed('noGpu', asGpuFailure(error).reason));
        return false;
      }
      board.setAdapter(this.#adapter);
      board.log('info', `Computing on ${this.#adapter}.`);
      const measured = benchmark(compute, journal, this.#adapter, signal);
      measured.catch(() => undefined);
      await sender.settle(signal);
      const first = new Promise<void>((resolve) => {
        follow((state, live) => {
          this.#market = state;
          if (live) resolve();
          this.#wake();
        }, signal);
      });
      await Promise.race([first, aborted(signal)]);
      signal.throwIfAborted();
      await measured;
      await this.#look(signal);
      await this.#resumeJobs(signal);
      return true;
    } finally {
      clearInterval(watchdog);
    }
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const obstacle = await this.#look(signal).catch((error: unknown) => {
        // A node that answers with an error holds the worker back like one that is silent: what is promised goes on.
        if (signal.aborted || !(error instanceof BaseError)) throw error;
        return held('noRpc', `The chain answers with an error (${error.shortMessage}): trying again.`);
      });
      this.#observeJobs();
      const computing = [...this.#jobs.values()].some(
        (job) => job.phase.at === 'computing' || job.phase.at === 'storing',
      );
      if (!obstacle && !this.#paused && !computing) await this.#consider(signal);
      this.#tellStatus(obstacle);
      await this.#nextTick(signal);
    }
  }

  /** Sleeps until the market moves, but not longer than a tick. */
  async #nextTick(signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    this.#tellConnection();
    await sleep(tickMilliseconds, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    this.#wake = () => undefined;
  }

  /** Reads what decides about money; returns what keeps the worker from taking work, if anything does. */
  async #look(signal: AbortSignal): Promise<WorkerStatus | undefined> {
    const { chain, provider, operator, board, deployment } = this.#parts;
    const watchdog = setInterval(() => this.#tellConnection(), tickMilliseconds);
    try {
      const block = await chain.block(signal);
      const readAtMilliseconds = Date.now();
      const newBlock = block.number !== this.#tip?.number;
      this.#tip =
        newBlock || !this.#tip ? { ...block, nowSeconds: block.timestamp, readAtMilliseconds } : this.#tip;
      const [balanceWei, mayWork, pool] = await Promise.all([
        chain.balanceWei(operator, signal),
        chain.mayWork(provider, operator, signal),
        chain.pool(provider, signal),
      ]);
      this.#balanceWei = balanceWei;
      this.#pool = pool;
      board.setOperatorBalance(balanceWei);
      if (!mayWork) {
        return held(
          'notAllowed',
          `The provider ${provider} does not allow the operator ${operator}: register it with the owner's wallet.`,
        );
      }
      if (!isAddressEqual(pool.market, deployment.market)) {
        return held(
          'notAllowed',
          `The pool of ${provider} does not serve the market ${deployment.market}: register with the owner's wallet.`,
        );
      }
      if (balanceWei < leastGas * block.gasPriceWei) {
        return held(
          'noGas',
          `The operator ${operator} has ${formatEther(balanceWei)} ETH, too little for gas: send it some on this chain.`,
        );
      }
      return undefined;
    } finally {
      clearInterval(watchdog);
    }
  }

  #tellStatus(obstacle: WorkerStatus | undefined): void {
    const { board } = this.#parts;
    if (this.#tellConnection()) return;
    const active = [...this.#jobs.values()].some((job) => job.busy !== undefined);
    if (obstacle) board.setStatus(obstacle);
    else if (this.#paused) board.setStatus({ kind: 'paused' });
    else board.setStatus({ kind: active ? 'working' : 'watching' });
  }

  /** Says on the board that the chain is out of reach; true while it is. */
  #tellConnection(): boolean {
    const lost = this.#parts.connectionLost();
    if (lost === undefined) return false;
    this.#parts.board.setStatus(held('noRpc', `The chain does not answer (${lost}): trying again.`));
    return true;
  }

  // ---------------------------------------------------------------- deciding

  async #consider(signal: AbortSignal): Promise<void> {
    const market = this.#market;
    if (!market) return;
    const factsOf = await this.#facts();
    let best:
      | { record: TaskRecord; metadata: Metadata; decision: Extract<Decision, { take: true }> }
      | undefined;
    for (const record of market.tasks.values()) {
      if (this.#taken.has(record.taskId) || record.offers.has(this.#parts.provider)) continue;
      if (statusOf(record, this.#nowSeconds()).kind !== 'open') continue;
      const metadata = this.#metadataOf(record);
      if (typeof metadata === 'string') {
        this.#parts.board.decline(record.taskId, shortId(record.taskId), metadata, this.#nowSeconds());
        continue;
      }
      const decision = decide(record, factsOf(record, metadata), this.#parts.settings);
      if (!decision.take) {
        this.#parts.board.decline(record.taskId, metadata.name, decision.reason, this.#nowSeconds());
      } else if (!best || decision.netWei > best.decision.netWei) {
        best = { record, metadata, decision };
      }
    }
    signal.throwIfAborted();
    if (best) this.#take(best.record, best.metadata, best.decision);
  }

  /** What holds for every task of one look. */
  async #facts(): Promise<(record: TaskRecord, metadata: Metadata) => Facts> {
    const { provider, deployment, journal } = this.#parts;
    const promisedWei = [...this.#jobs.values()].reduce((sum, job) => sum + promisedOf(job), 0n);
    const speeds = new Map<Hex, number>();
    for (const kernel of catalogue) {
      speeds.set(kernel.sourceHash, await estimateSpeed(journal, this.#adapter, kernel));
    }
    return (record, metadata) => {
      const kernel = kernelByHash(record.work.sourceHash);
      return {
        nowSeconds: this.#nowSeconds(),
        provider,
        kernel,
        locatedInputs: metadata.inputs.length,
        elementsPerSecond: (kernel && speeds.get(kernel.sourceHash)) ?? 0,
        gasPriceWei: this.#tip?.gasPriceWei ?? 0n,
        operatorBalanceWei: this.#balanceWei,
        lockableWei: this.#pool.lockableWei,
        ownStakeWei: this.#pool.ownStakeWei,
        promisedWei,
        knownVerifiers: [deployment.create2Search],
        blockSeconds: assumedBlockSeconds,
        commitmentAgeSeconds: deployment.constants.commitmentAgeSeconds,
      };
    };
  }

  #take(record: TaskRecord, metadata: Metadata, decision: Extract<Decision, { take: true }>): void {
    const kernel = kernelByHash(record.work.sourceHash);
    if (!kernel) return;
    const { phase, commands } = begin();
    const job: Job = {
      taskId: record.taskId,
      model: decision.model,
      task: record.task,
      work: record.work,
      metadata,
      kernel,
      shards: record.shards,
      askWei: decision.askWei,
      startedAtSeconds: Math.floor(this.#nowSeconds()),
      phase,
      done: 0,
      total: kernel.execution === 'search' ? 0 : record.task.count,
      paid: new Set(),
      stop: new AbortController(),
      stopCompute: new AbortController(),
    };
    this.#parts.board.log(
      'info',
      `Took ${metadata.name}: ${formatEther(decision.askWei)} ETH a shard, ${record.shards} in all.`,
    );
    this.#add(job);
    for (const command of commands) void this.#perform(job, command);
  }

  #add(job: Job): void {
    this.#taken.add(job.taskId);
    this.#jobs.set(job.taskId, job);
    this.#parts.board.add(job);
  }

  /** A task's description, or the reason why it cannot be read. */
  #metadataOf(record: TaskRecord): Metadata | string {
    const known = this.#metadata.get(record.taskId);
    if (known !== undefined) return known;
    const parsed = parseMetadata(record.metadata);
    const metadata = parsed.ok ? parsed.metadata : parsed.reason;
    this.#metadata.set(record.taskId, metadata);
    return metadata;
  }

  // ---------------------------------------------------------------- the machine

  #observeJobs(): void {
    const { provider, deployment } = this.#parts;
    const tip = this.#tip;
    if (!tip || !this.#market) return;
    const now = { ...tip, nowSeconds: this.#nowSeconds() };
    for (const job of [...this.#jobs.values()]) {
      const record = this.#market.tasks.get(job.taskId);
      if (!record) continue;
      for (const shard of record.settled.values()) if (shard.provider === provider) job.paid.add(shard.shard);
      const event = observe(job, record, provider, now, deployment.constants.commitmentAgeSeconds);
      // The command in progress hears of its own success from its receipt.
      if (event && !(job.busy === 'respond' && event.type === 'answered')) this.#dispatch(job, event);
    }
  }

  #dispatch(job: Job, event: JobEvent): void {
    const before = job.phase;
    const { phase, commands } = step(job.model, job.phase, event);
    if (phase === before && commands.length === 0) return;
    job.phase = phase;
    if (phase.at !== before.at) this.#tell(job);
    if (isEnd(phase)) job.stop.abort();
    for (const command of commands) void this.#perform(job, command);
    this.#parts.board.changed();
    this.#wake();
  }

  #tell(job: Job): void {
    const news = newsOf(job);
    if (news) this.#parts.board.log(news.level, news.text);
  }

  /** Runs one command and turns its outcome into the next event. */
  async #perform(job: Job, command: JobCommand): Promise<void> {
    const { signal } = job.stop;
    if (command === 'stopCompute') {
      job.stopCompute.abort();
      return;
    }
    if (command === 'forget') {
      await this.#forget(job);
      return;
    }
    const { phase } = job;
    job.busy = command;
    try {
      const event = await this.#withGas(job, () => this.#commands.execute(job, command, signal), signal);
      job.busy = undefined;
      this.#dispatch(job, event);
    } catch (error) {
      job.busy = undefined;
      // What fails after the job went on to another phase is old news.
      if (signal.aborted || job.stopCompute.signal.aborted || job.phase !== phase) return;
      const type = command === 'compute' || command === 'store' ? 'computeFailed' : 'refused';
      if (!(error instanceof TxRefused || error instanceof Unanswerable)) {
        this.#parts.board.log('error', `${command} failed for ${job.metadata.name}: ${messageOf(error)}`);
      }
      this.#dispatch(job, { type, reason: messageOf(error) });
    }
  }

  /** Repeats a command while the operator has no gas: a duty outlives an empty purse. */
  async #withGas(job: Job, work: () => Promise<JobEvent>, signal: AbortSignal): Promise<JobEvent> {
    for (let told = false; ; ) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof OutOfGas)) throw error;
        if (!told) this.#parts.board.log('error', `${job.metadata.name} waits: ${error.message}`);
        told = true;
        await sleep(2_000, signal);
      }
    }
  }

  async #forget(job: Job): Promise<void> {
    const { journal, board } = this.#parts;
    this.#jobs.delete(job.taskId);
    board.end(job);
    await journal.forget(job.taskId);
  }

  // ---------------------------------------------------------------- going on after a restart

  async #resumeJobs(signal: AbortSignal): Promise<void> {
    const { journal, board } = this.#parts;
    await journal.sweep();
    for (const entry of await journal.entries()) {
      const record = this.#market?.tasks.get(entry.taskId);
      const kernel = kernelByHash(entry.work.sourceHash);
      if (!record || !kernel) {
        await journal.forget(entry.taskId);
        continue;
      }
      await this.#resumeJob(entry, record, signal);
    }
    await this.#withdrawOrphans(signal);
    if (this.#jobs.size > 0) board.log('info', `Going on with ${this.#jobs.size} jobs from before.`);
  }

  async #resumeJob(entry: JournalEntry, record: TaskRecord, signal: AbortSignal): Promise<void> {
    const { chain, provider } = this.#parts;
    const kernel = kernelByHash(entry.work.sourceHash);
    if (!kernel) return;
    const [open, committedAt, offer] = await Promise.all([
      chain.openShards(entry.taskId, record.shards, signal),
      chain.commitment(entry.taskId, provider, entry.commitment, signal),
      chain.offer(entry.taskId, provider, signal),
    ]);
    const paid = [...record.settled.values()].filter((shard) => shard.provider === provider);
    const status = statusOf(record, this.#nowSeconds()).kind;
    const { phase, commands } = resume(entry.model, {
      openShards: open.length,
      paidToUs: paid.length > 0,
      committed: committedAt !== undefined,
      offer: offer.status,
      ended: status === 'closed' || status === 'reclaimable' || status === 'reclaimed',
    });
    const job: Job = {
      ...entry,
      entry,
      kernel,
      shards: record.shards,
      phase,
      done: kernel.execution === 'search' ? 0 : entry.task.count,
      total: kernel.execution === 'search' ? 0 : entry.task.count,
      paid: new Set(paid.map((shard) => shard.shard)),
      committedAt,
      stop: new AbortController(),
      stopCompute: new AbortController(),
    };
    this.#add(job);
    if (isEnd(phase)) this.#tell(job);
    for (const command of commands) void this.#perform(job, command);
  }

  /** Offers whose answers are not in this journal can never be delivered: their holds are freed. */
  async #withdrawOrphans(signal: AbortSignal): Promise<void> {
    const { provider, board, deployment, sender } = this.#parts;
    for (const record of this.#market?.tasks.values() ?? []) {
      if (this.#jobs.has(record.taskId) || record.offers.get(provider)?.status !== 'open') continue;
      board.log(
        'warn',
        `Withdrawing the offer for ${shortId(record.taskId)}: its answer is not on this machine.`,
      );
      try {
        await sender.send(withdrawOffer.request(deployment, { task: record.task, provider }), signal);
      } catch (error) {
        if (!(error instanceof TxRefused || error instanceof OutOfGas)) throw error;
        board.log('warn', error.message);
      }
    }
  }

  /** Unix seconds by which the answer must be ready so that the commitment or offer still arrives. */
  #answerBySeconds({ model, taskId, task }: Job): number {
    const deadline = this.#market?.tasks.get(taskId)?.cancelledDeadline ?? Number(task.deadline);
    const { commitmentAgeSeconds } = this.#parts.deployment.constants;
    const openingSeconds = model === 'firstResponse' ? commitmentAgeSeconds + assumedBlockSeconds : 0;
    return deadline - assumedBlockSeconds - openingSeconds;
  }

  /** The chain's time: the newest block's, going on with the clock. */
  #nowSeconds(): number {
    if (!this.#tip) return Math.floor(Date.now() / 1_000);
    return this.#tip.timestamp + (Date.now() - this.#tip.readAtMilliseconds) / 1_000;
  }
}

function failed(cause: Extract<WorkerStatus, { kind: 'failed' }>['cause'], reason: string): WorkerStatus {
  return { kind: 'failed', cause, reason };
}

function held(cause: Extract<WorkerStatus, { kind: 'held' }>['cause'], reason: string): WorkerStatus {
  return { kind: 'held', cause, reason };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function shortId(taskId: Hex): string {
  return `task ${taskId.slice(0, 10)}…`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Wei that a job will lock beyond what it holds already. */
function promisedOf({ phase, model, task, shards }: Job): bigint {
  const bondsWei = task.bond * BigInt(shards);
  if (model === 'firstResponse') return isEnd(phase) ? 0n : bondsWei;
  if (phase.at === 'offered' || phase.at === 'withdrawing') return bondsWei - offerHoldWei(task, shards);
  // A confirmed offer holds everything.
  return phase.at === 'responding' || isEnd(phase) ? 0n : bondsWei;
}
