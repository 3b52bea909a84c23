import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import type { Sources } from '@opengpu/sdk/data/locate';
import { commitResponse } from '@opengpu/sdk/market/commit-response';
import { offerTask } from '@opengpu/sdk/market/offer-task';
import { respond } from '@opengpu/sdk/market/respond';
import { respondBatch } from '@opengpu/sdk/market/respond-batch';
import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { withdrawOffer } from '@opengpu/sdk/market/withdraw-offer';
import type { Response } from '@opengpu/sdk/protocol/response';
import { type Address, bytesToHex, formatEther, type Hex, type Log, zeroAddress } from 'viem';
import type { MarketChain } from '../chain/market-chain.ts';
import { sleep } from '../chain/retry.ts';
import { OutOfGas } from '../chain/tx-refused.ts';
import type { Compute } from '../compute.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { JobCommand, JobEvent } from '../machine/job-machine.ts';
import { speedKey } from '../policy/speed.ts';
import type { StatusBoard } from '../status-board.ts';
import { buildEntry } from './build-entry.ts';
import { computeAnswer, Unanswerable } from './compute-answer.ts';
import type { Job } from './job.ts';
import { nextResponses, type OutputStore } from './responses.ts';
import { shardsPaidTo } from './shards-paid.ts';

/** What commands act on: the only doors to the network, the GPU, the disk and the key. */
export interface CommandParts {
  deployment: Deployment;
  provider: Address;
  chain: MarketChain;
  sender: { send(call: TxCall, signal: AbortSignal): Promise<{ transactionHash: Hex; logs: Log[] }> };
  compute: Compute;
  journal: Journal;
  sources: Sources;
  outputs: OutputStore;
  board: StatusBoard;
}

/** What commands ask of the loop. */
export interface CommandContext {
  adapter(): string;
  /** Seconds left until a job's answer must be ready. */
  secondsLeft(job: Job): number;
}

/** Wait before an answer that did not get through is tried again, milliseconds. */
const retryMilliseconds = 1_000;
/** A First Response answer is given up after this many failures. */
const mostRefusals = 5;

/** Turns the machine's commands into deeds, and their outcome into its next event. */
export class JobCommands {
  readonly #parts: CommandParts;
  readonly #context: CommandContext;

  constructor(parts: CommandParts, context: CommandContext) {
    this.#parts = parts;
    this.#context = context;
  }

  /** Runs one command to its end; throws `Unanswerable`, `TxRefused`, `OutOfGas`, or the signal's reason. */
  execute(
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
        secondsLeft: () => this.#context.secondsLeft(job),
        onProgress: (_, done, elementsPerSecond) => {
          job.done = done;
          speed = elementsPerSecond;
          board.changed();
        },
      },
      signal,
    );
    if (speed > 0) await journal.putSpeed(speedKey(this.#context.adapter(), job.kernel), speed);
    job.answer = answer;
    board.log('info', `Computed ${job.metadata.name}.`);
    return { type: 'computed' };
  }

  async #store(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, journal, chain } = this.#parts;
    const { answer } = job;
    if (!answer) throw new Error('There is no answer to store.');
    for (const { shard } of job.task.verifier === zeroAddress ? [] : answer.shards) {
      const output = bytesToHex((await journal.output(job.taskId, shard)) ?? new Uint8Array());
      const valid = await chain.verifies(job.task, { taskId: job.taskId, shard, provider, output }, signal);
      if (!valid) throw new Unanswerable("The task's own verifier refuses what its kernel found.");
    }
    const entry = buildEntry(answer, provider);
    await journal.putEntry(entry);
    job.entry = entry;
    job.answer = undefined;
    return { type: 'stored' };
  }

  async #commit(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board } = this.#parts;
    const { commitment } = entryOf(job);
    const known = await chain.commitment(job.taskId, provider, commitment, signal);
    if (known) {
      job.committedAt = known;
      return { type: 'committed' };
    }
    const open = await chain.openShards(job.taskId, job.shards, signal);
    if (open.length === 0) return { type: 'beaten', reason: 'Another provider opened a valid answer first.' };
    const call = commitResponse.request(this.#parts.deployment, { task: job.task, provider, commitment });
    const receipt = await this.#parts.sender.send(call, signal);
    // A node behind another may not know of it yet.
    do {
      job.committedAt = await chain.commitment(job.taskId, provider, commitment, signal);
      if (!job.committedAt) await sleep(retryMilliseconds, signal);
    } while (!job.committedAt);
    board.log('info', `Committed to ${job.metadata.name}.`, receipt.transactionHash);
    return { type: 'committed' };
  }

  async #offer(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board, deployment, sender } = this.#parts;
    const { commitment, askWei, preview } = entryOf(job);
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
    const statusNow = async () => (await chain.offer(job.taskId, provider, signal)).status;
    let status = await statusNow();
    if (status === 'open') {
      try {
        await sender.send(withdrawOffer.request(deployment, { task: job.task, provider }), signal);
      } catch (error) {
        // The client may have confirmed a moment before.
        status = await statusNow();
        if (status === 'open') throw error;
      }
    }
    return { type: status === 'confirmed' ? 'confirmed' : 'freed' };
  }

  /**
   * Answers every open shard, batch after batch, until none is open or nothing more can be won. A confirmed offer is a duty:
   * it is tried until the delivery period is over, whatever fails; a First Response is given up after a few refusals.
   */
  async #respond(job: Job, signal: AbortSignal): Promise<JobEvent> {
    const { provider, chain, board, journal, outputs } = this.#parts;
    const entry = entryOf(job);
    // A node behind another may call a shard open that is settled by now.
    const done = new Set(job.paid);
    for (let refusals = 0; ; ) {
      try {
        const open = await chain.openShards(job.taskId, job.shards, signal);
        const ours = open.filter((shard) => !done.has(shard));
        if (ours.length === 0) {
          return job.paid.size > 0
            ? { type: 'answered' }
            : { type: 'beaten', reason: 'Another provider opened a valid answer first.' };
        }
        const responses = await nextResponses(entry, provider, ours, journal, outputs, signal);
        await this.#send(job, responses, signal);
        for (const { shard } of responses) done.add(shard);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof OutOfGas) throw error;
        refusals += 1;
        if (job.model === 'firstResponse' && refusals >= mostRefusals) throw error;
        // Too young by a block, beaten in the same block, a content store or a node that stumbles: the next look tells.
        board.log(
          'warn',
          `An answer to ${job.metadata.name} did not get through: ${error instanceof Error ? error.message : String(error)}`,
        );
        await sleep(retryMilliseconds, signal);
      }
    }
  }

  async #send(job: Job, responses: readonly Response[], signal: AbortSignal): Promise<void> {
    const { board, deployment, sender } = this.#parts;
    const [response] = responses;
    const call =
      response && responses.length === 1
        ? respond.request(deployment, { task: job.task, response })
        : respondBatch.request(deployment, { task: job.task, responses });
    const receipt = await sender.send(call, signal);
    // A batch passes over what others settled before it.
    for (const shard of shardsPaidTo(this.#parts.provider, job.taskId, receipt.logs)) job.paid.add(shard);
    const answered = `${job.paid.size} of ${job.shards} shards of ${job.metadata.name}`;
    board.log('info', `Answered ${answered}.`, receipt.transactionHash);
  }
}

function entryOf(job: Job): JournalEntry {
  if (!job.entry) throw new Error('The journal has no answer to this task.');
  return job.entry;
}
