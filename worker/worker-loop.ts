import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import type { Sources } from '@opengpu/sdk/data/locate';
import { kernelByHash } from '@opengpu/sdk/kernels/catalogue';
import { commitResponse } from '@opengpu/sdk/market/commit-response';
import { offerTask } from '@opengpu/sdk/market/offer-task';
import { respond } from '@opengpu/sdk/market/respond';
import { respondBatch } from '@opengpu/sdk/market/respond-batch';
import type { MarketState, TaskRecord } from '@opengpu/sdk/market/state';
import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { withdrawOffer } from '@opengpu/sdk/market/withdraw-offer';
import { type Metadata, parseMetadata } from '@opengpu/sdk/protocol/metadata';
import { statusOf } from '@opengpu/sdk/protocol/status';
import {
  type Address,
  bytesToHex,
  formatEther,
  type Hex,
  isAddressEqual,
  type TransactionReceipt,
  zeroAddress,
} from 'viem';
import type { MarketChain } from './chain/market-chain.ts';
import { sleep } from './chain/retry.ts';
import { OutOfGas, TxRefused } from './chain/tx-refused.ts';
import type { Compute } from './compute.ts';
import { asGpuFailure } from './gpu/failure.ts';
import { type Answer, buildEntry } from './jobs/build-entry.ts';
import { computeAnswer, Unanswerable } from './jobs/compute-answer.ts';
import type { Job } from './jobs/job.ts';
import { newsOf } from './jobs/news.ts';
import { nextResponses, type OutputStore } from './jobs/responses.ts';
import type { Journal, JournalEntry } from './journal/journal.ts';
import { begin, isEnd, type JobCommand, type JobEvent, step } from './machine/job-machine.ts';
import { observe, type Tip } from './machine/observe.ts';
import { resume } from './machine/resume.ts';
import { type Decision, decide, type Facts } from './policy/decide.ts';
import type { WorkerSettings } from './policy/settings.ts';
import { estimateSpeed, speedKey } from './policy/speed.ts';
import type { WorkerStatus } from './snapshot.ts';
import type { StatusBoard } from './status-board.ts';

/** Everything around the loop: the only doors to the network, the GPU, the disk and the key. */
export interface WorkerParts {
  deployment: Deployment;
  provider: Address;
  operator: Address;
  settings: WorkerSettings;
  chain: MarketChain;
  sender: {
    send(call: TxCall, signal: AbortSignal): Promise<TransactionReceipt>;
    settle(signal: AbortSignal): Promise<void>;
  };
  /** Tells every newer state of the market until the signal ends it; `live` once the past is folded. */
  follow(onState: (state: MarketState, live: boolean) => void, signal: AbortSignal): void;
  /** Why the RPC does not answer at present, if it does not. */
  connectionLost(): string | undefined;
  compute: Compute;
  journal: Journal;
  sources: Sources;
  outputs: OutputStore;
  board: StatusBoard;
}

/** The loop looks at the market at least this often, milliseconds. */
const tickMilliseconds = 1_000;
/** Below this many units of gas the operator cannot do anything useful. */
const leastGas = 400_000n;
/** Blocks that a transaction may need to be mined, for the policy's sums. */
const assumedBlockSeconds = 2;
const mostRefusals = 5;

/** The provider: watches, decides, computes, commits, responds, gets paid. One loop for every host. */
export class WorkerLoop {
  readonly #parts: WorkerParts;
  readonly #jobs = new Map<Hex, Job>();
  /** Answers in hand, journalled or about to be. */
  readonly #entries = new Map<Hex, JournalEntry>();
  readonly #answers = new Map<Hex, Answer>();
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
    const { deployment, chain, board, sender, compute, follow } = this.#parts;
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
      await this.#look(signal);
      await this.#resumeJobs(signal);
      return true;
    } finally {
      clearInterval(watchdog);
    }
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const obstacle = await this.#look(signal);
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
    else if (active) board.setStatus({ kind: 'working' });
    else board.setStatus({ kind: this.#paused ? 'paused' : 'watching' });
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
      const decision = decide(record, await this.#facts(record, metadata), this.#parts.settings);
      if (!decision.take) {
        this.#parts.board.decline(record.taskId, metadata.name, decision.reason, this.#nowSeconds());
      } else if (!best || decision.netWei > best.decision.netWei) {
        best = { record, metadata, decision };
      }
    }
    signal.throwIfAborted();
    if (best) this.#take(best.record, best.metadata, best.decision);
  }

  async #facts(record: TaskRecord, metadata: Metadata): Promise<Facts> {
    const { provider, deployment, journal } = this.#parts;
    const kernel = kernelByHash(record.work.sourceHash);
    const promised = [...this.#jobs.values()].filter(
      (job) => job.model === 'manualConfirmation' && !isEnd(job.phase),
    );
    return {
      nowSeconds: this.#nowSeconds(),
      provider,
      kernel,
      locatedInputs: metadata.inputs.length,
      elementsPerSecond: kernel ? await estimateSpeed(journal, this.#adapter, kernel) : 0,
      gasPriceWei: this.#tip?.gasPriceWei ?? 0n,
      operatorBalanceWei: this.#balanceWei,
      lockableWei: this.#pool.lockableWei,
      ownStakeWei: this.#pool.ownStakeWei,
      promisedWei: promised.reduce(
        (sum, job) => sum + job.task.bond * BigInt(job.shards - job.paid.size),
        0n,
      ),
      knownVerifiers: [deployment.create2Search],
      blockSeconds: assumedBlockSeconds,
      commitmentAgeSeconds: deployment.constants.commitmentAgeSeconds,
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
      startedAtSeconds: this.#nowSeconds(),
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
    job.busy = command;
    try {
      const event = await this.#withGas(job, () => this.#execute(job, command, signal), signal);
      job.busy = undefined;
      this.#dispatch(job, event);
    } catch (error) {
      job.busy = undefined;
      if (signal.aborted || job.stopCompute.signal.aborted) return;
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

  #execute(
    job: Job,
    command: Exclude<JobCommand, 'forget' | 'stopCompute'>,
    signal: AbortSignal,
  ): Promise<JobEvent> {
    switch (command) {
      case 'compute':
        return this.#compute(job, AbortSignal.any([signal, job.stopCompute.signal]));
      case 'store':
        return this.#store(job, signal);
      case 'commit':
        return this.#commit(job, signal);
      case 'offer':
        return this.#offer(job, signal);
      case 'respond':
        return this.#respond(job, signal);
      case 'withdraw':
        return this.#withdraw(job, signal);
      default:
        return command satisfies never;
    }
  }

  // ---------------------------------------------------------------- commands

  async #compute(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { compute, journal, sources, provider, board } = this.#parts;
    let speed = 0;
    const answer = await computeAnswer(
      job,
      {
        compute,
        journal,
        sources,
        provider,
        secondsLeft: () => this.#answerBySeconds(job) - this.#nowSeconds(),
        onProgress: (_, done, elementsPerSecond) => {
          job.done = done;
          speed = elementsPerSecond;
          board.changed();
        },
      },
      signal,
    );
    if (speed > 0) await journal.putSpeed(speedKey(this.#adapter, job.kernel), speed);
    this.#answers.set(job.taskId, answer);
    board.log('info', `Computed ${job.metadata.name}.`);
    return { type: 'computed' };
  }

  /** Unix seconds by which the answer must be ready so that the commitment or offer still arrives. */
  #answerBySeconds({ model, taskId, task }: Job): number {
    const deadline = this.#market?.tasks.get(taskId)?.cancelledDeadline ?? Number(task.deadline);
    const { commitmentAgeSeconds } = this.#parts.deployment.constants;
    return (
      deadline -
      assumedBlockSeconds -
      (model === 'firstResponse' ? commitmentAgeSeconds + assumedBlockSeconds : 0)
    );
  }

  async #store(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, journal, chain } = this.#parts;
    const answer = this.#answers.get(job.taskId);
    if (!answer) throw new Error('There is no answer to store.');
    for (const { shard } of job.task.verifier === zeroAddress ? [] : answer.shards) {
      const output = bytesToHex((await journal.output(job.taskId, shard)) ?? new Uint8Array());
      const valid = await chain.verifies(job.task, { taskId: job.taskId, shard, provider, output }, signal);
      if (!valid) throw new Unanswerable("The task's own verifier refuses what its kernel found.");
    }
    const entry = buildEntry(answer, provider);
    await journal.putEntry(entry);
    this.#answers.delete(job.taskId);
    this.#entries.set(job.taskId, entry);
    return { type: 'stored' };
  }

  async #commit(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board } = this.#parts;
    const { commitment } = this.#entry(job);
    const known = await chain.commitment(job.taskId, provider, commitment, signal);
    if (known) {
      job.committedAt = known;
      return { type: 'committed' };
    }
    const open = await chain.openShards(job.taskId, job.shards, signal);
    if (open.length === 0) return { type: 'beaten', reason: 'Another provider opened a valid answer first.' };
    const call = commitResponse.request(this.#parts.deployment, { task: job.task, provider, commitment });
    const receipt = await this.#parts.sender.send(call, signal);
    job.committedAt = await chain.commitment(job.taskId, provider, commitment, signal);
    if (!job.committedAt) throw new Error('The commitment was mined and is not on chain.');
    board.log('info', `Committed to ${job.metadata.name}.`, receipt.transactionHash);
    return { type: 'committed' };
  }

  async #offer(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board, deployment, sender } = this.#parts;
    const { commitment, askWei, preview } = this.#entry(job);
    const known = await chain.offer(job.taskId, provider, signal);
    if (known.status === 'open' || known.status === 'confirmed') return { type: 'offered' };
    const call = offerTask.request(deployment, { task: job.task, provider, askWei, commitment, preview });
    const receipt = await sender.send(call, signal);
    board.log(
      'info',
      `Offered ${job.metadata.name} at ${formatEther(askWei)} ETH a shard.`,
      receipt.transactionHash,
    );
    return { type: 'offered' };
  }

  async #withdraw(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, deployment, sender } = this.#parts;
    const { status } = await chain.offer(job.taskId, provider, signal);
    if (status === 'confirmed') return { type: 'confirmed' };
    if (status === 'open')
      await sender.send(withdrawOffer.request(deployment, { task: job.task, provider }), signal);
    return { type: 'freed' };
  }

  /** Answers every open shard, batch after batch, until none is open or nothing more can be won. */
  async #respond(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board, deployment, sender, journal, outputs } = this.#parts;
    const entry = this.#entry(job);
    for (let refusals = 0; ; ) {
      const open = await chain.openShards(job.taskId, job.shards, signal);
      const ours = open.filter((shard) => entry.shards.some((answered) => answered.shard === shard));
      const [first, ...rest] = ours;
      if (first === undefined) {
        return job.paid.size > 0
          ? { type: 'answered' }
          : { type: 'beaten', reason: 'Another provider opened a valid answer first.' };
      }
      const responses = await nextResponses(entry, provider, ours, journal, outputs, signal);
      const [response] = responses;
      const call =
        response && rest.length === 0
          ? respond.request(deployment, { task: job.task, response })
          : respondBatch.request(deployment, { task: job.task, responses });
      try {
        const receipt = await sender.send(call, signal);
        for (const { shard } of responses) job.paid.add(shard);
        const answered = `${job.paid.size} of ${job.shards} shards of ${job.metadata.name}`;
        board.log('info', `Answered ${answered}.`, receipt.transactionHash);
      } catch (error) {
        // Too young by a block, beaten in the same block, or a real refusal: the chain's state at the next look tells.
        if (!(error instanceof TxRefused) || ++refusals >= mostRefusals) throw error;
        board.log('warn', `The chain refused an answer to ${job.metadata.name}: ${error.message}`);
        await sleep(tickMilliseconds, signal);
      }
    }
  }

  #entry(job: Job): JournalEntry {
    const entry = this.#entries.get(job.taskId);
    if (!entry) throw new Error('The journal has no answer to this task.');
    return entry;
  }

  async #forget(job: Job): Promise<void> {
    const { journal, board } = this.#parts;
    this.#jobs.delete(job.taskId);
    this.#entries.delete(job.taskId);
    this.#answers.delete(job.taskId);
    board.end(job);
    await journal.forget(job.taskId);
  }

  // ---------------------------------------------------------------- going on after a restart

  async #resumeJobs(signal: AbortSignal): Promise<void> {
    const { journal, board } = this.#parts;
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
    this.#entries.set(entry.taskId, entry);
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
