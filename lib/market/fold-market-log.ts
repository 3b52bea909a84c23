import { hexToString } from 'viem';
import type { marketAbi } from '../contracts/generated/market-abi.ts';
import { shardsOf } from '../protocol/shards.ts';
import { splitOfSlash } from '../protocol/slash.ts';
import { modelOf } from '../protocol/task.ts';
import type { LogFolds } from './log-folds.ts';
import type { Offer } from './state.ts';

/** Where the chain's counters stop: a few logs are enough to fill them. (Responses and their seconds cannot get that far.) */
const mostMissed = 2 ** 32 - 1;
const mostEarnedWei = 2n ** 96n - 1n;

/** What each event of Market does to the state. */
export const marketFolds: LogFolds<typeof marketAbi> = {
  Published(draft, { taskId, client, task, work, metadata }, at) {
    const shards = shardsOf(task);
    const escrowWei = BigInt(shards) * task.maxPrice;
    draft.addTask({
      taskId,
      task,
      work,
      metadata,
      publishedAt: at,
      shards,
      settled: new Map(),
      offers: new Map(),
      commitments: new Map(),
      escrowWei,
    });
    draft.note({ kind: 'published', at, taskId, actor: client, amountWei: escrowWei });
  },
  Cancelled(draft, { taskId, client, deadline }, at) {
    const task = draft.task(taskId);
    if (!task) return;
    task.cancelledDeadline = Number(deadline);
    draft.note({ kind: 'cancelled', at, taskId, actor: client });
  },
  Reclaimed(draft, { taskId, client, amount }, at) {
    const task = draft.task(taskId);
    if (!task) return;
    task.escrowWei -= amount;
    task.reclaimedWei = amount;
    draft.note({ kind: 'reclaimed', at, taskId, actor: client, amountWei: amount });
  },
  Committed(draft, { taskId, provider }, at) {
    const task = draft.task(taskId);
    if (!task) return;
    const count = (task.commitments.get(provider)?.count ?? 0) + 1;
    task.commitments.set(provider, { count, at });
    draft.note({ kind: 'committed', at, taskId, actor: provider });
  },
  Responded(draft, { taskId, provider, shard, outputRoot, price, output, locator }, at) {
    const record = draft.task(taskId);
    if (!record) return;
    const { task } = record;
    record.settled.set(shard, {
      shard,
      provider,
      outputRoot,
      priceWei: price,
      output,
      locator: textOf(locator),
      at,
    });
    // The part of the price that was not asked went back to the client at once.
    record.escrowWei -= task.maxPrice;
    const manual = modelOf(task) === 'manualConfirmation';
    const since = manual ? (record.offers.get(provider)?.confirmedAt ?? 0) : Number(task.opensAt);
    const worker = draft.provider(provider);
    worker.settled += 1;
    worker.responseSeconds += at.timestamp - Math.max(since, record.publishedAt.timestamp);
    worker.earnedWei = least(worker.earnedWei + price, mostEarnedWei);
    draft.note({ kind: 'responded', at, taskId, actor: provider, shard, amountWei: price });
  },
  Offered(draft, { taskId, provider, ask, commitment, preview }, at) {
    const task = draft.task(taskId);
    if (!task) return;
    task.offers.set(provider, { provider, askWei: ask, commitment, preview, status: 'open', at });
    draft.note({ kind: 'offered', at, taskId, actor: provider, amountWei: ask });
  },
  OfferWithdrawn(draft, { taskId, provider }) {
    changeOffer(draft.task(taskId)?.offers, provider, { status: 'withdrawn' });
  },
  Confirmed(draft, { taskId, client, provider, ask, deliverUntil }, at) {
    const task = draft.task(taskId);
    if (!task) return;
    task.confirmed = provider;
    changeOffer(task.offers, provider, {
      status: 'confirmed',
      confirmedAt: at.timestamp,
      deliverUntil: Number(deliverUntil),
    });
    draft.note({ kind: 'confirmed', at, taskId, provider, actor: client, amountWei: ask });
  },
  Missed(draft, { taskId, provider, missedShards, penalty }, at) {
    changeOffer(draft.task(taskId)?.offers, provider, { status: 'missed' });
    const worker = draft.provider(provider);
    worker.missed = Math.min(worker.missed + missedShards, mostMissed);
    draft.note({ kind: 'missed', at, taskId, actor: provider, amountWei: penalty });
  },
  // Vault's `Slashed` of the same transaction moves the money.
  Convicted(draft, { taskId, provider, challenger, shard, id, word, committed, computed }, at) {
    const record = draft.task(taskId);
    const settled = record?.settled.get(shard);
    if (!record || !settled) return;
    draft.provider(provider).slashed += 1;
    const { bond } = record.task;
    const { rewardWei } = splitOfSlash(bond, settled.priceWei);
    const slashed = { challenger, id, word, committed, computed, rewardWei, at };
    record.settled.set(shard, { ...settled, slashed });
    draft.note({ kind: 'slashed', at, taskId, actor: provider, shard, amountWei: bond });
  },
};

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function changeOffer(
  offers: Map<Offer['provider'], Offer> | undefined,
  provider: Offer['provider'],
  change: Partial<Offer>,
): void {
  const offer = offers?.get(provider);
  if (offer) offers?.set(provider, { ...offer, ...change });
}

/** A locator as text; bytes that are none become replacement characters, which no reader takes for JSON. */
function textOf(locator: `0x${string}`): string {
  return hexToString(locator);
}
