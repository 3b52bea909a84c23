import fc from 'fast-check';
import { zeroAddress, zeroHash } from 'viem';
import { describe, expect, test } from 'vitest';
import { endOf, statusOf, type TaskFacts } from './status.ts';
import { models, type Task } from './task.ts';

const provider = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

function taskOf(model: (typeof models)[number]): Task {
  return {
    client: zeroAddress,
    workHash: zeroHash,
    count: 4,
    wordsPerElement: 1,
    elementsPerShard: 2,
    model: models.indexOf(model),
    minPrice: 0n,
    maxPrice: 10n,
    bond: 40n,
    opensAt: 100n,
    deadline: 200n,
    bidding: 0,
    reveal: 0,
    ramp: 0,
    delivery: 30,
    review: 50,
    quorum: 0,
    panel: [],
    verifier: zeroAddress,
    verifierData: '0x',
    minOwnStake: 0n,
    metadataHash: zeroHash,
    salt: 0n,
  };
}

function facts(
  change: Partial<TaskFacts> = {},
  model: (typeof models)[number] = 'manualConfirmation',
): TaskFacts {
  return { task: taskOf(model), shards: 2, settled: new Set(), offers: new Map(), ...change };
}

const confirmed = facts({
  confirmed: provider,
  offers: new Map([[provider, { status: 'confirmed' as const, deliverUntil: 180 }]]),
});

describe('Manual Confirmation', () => {
  test.each([
    [99, { kind: 'notOpen', opensAt: 100 }],
    [100, { kind: 'open', until: 200 }],
    [199, { kind: 'open', until: 200 }],
    [200, { kind: 'closed', until: 280 }],
    [279, { kind: 'closed', until: 280 }],
    [280, { kind: 'reclaimable', since: 280 }],
  ])('without an offer, at %d', (now, status) => {
    expect(statusOf(facts(), now)).toEqual(status);
  });

  test('with an open offer the client may confirm until the review ends', () => {
    const offered = facts({ offers: new Map([[provider, { status: 'open' }]]) });
    expect(statusOf(offered, 199)).toEqual({ kind: 'open', until: 200 });
    expect(statusOf(offered, 249)).toEqual({ kind: 'review', until: 250 });
    expect(statusOf(offered, 250)).toEqual({ kind: 'closed', until: 280 });
  });

  test('a withdrawn offer leaves nothing to review', () => {
    const withdrawn = facts({ offers: new Map([[provider, { status: 'withdrawn' }]]) });
    expect(statusOf(withdrawn, 210)).toEqual({ kind: 'closed', until: 280 });
  });

  test('a confirmed offer is delivered until its time, then overdue', () => {
    expect(statusOf(confirmed, 179)).toEqual({ kind: 'delivering', provider, until: 180 });
    expect(statusOf(confirmed, 180)).toEqual({ kind: 'overdue', provider, since: 180 });
  });

  test('after a miss another offer may be confirmed', () => {
    const missed = facts({ confirmed: provider, offers: new Map([[provider, { status: 'missed' }]]) });
    expect(statusOf(missed, 190)).toEqual({ kind: 'open', until: 200 });
  });

  test('every shard paid is complete, whatever the time', () => {
    const complete = { ...confirmed, settled: new Set([0, 1]) };
    for (const now of [150, 10_000]) expect(statusOf(complete, now)).toEqual({ kind: 'complete' });
  });

  test('reclaimed is the end of it', () => {
    expect(statusOf(facts({ reclaimedWei: 20n }), 300)).toEqual({ kind: 'reclaimed' });
  });

  test('cancelled ends at once', () => {
    expect(statusOf(facts({ cancelledDeadline: 150 }), 150)).toEqual({ kind: 'reclaimable', since: 150 });
  });
});

describe('First Response', () => {
  test('ends at its deadline, or at the earlier one of cancelling', () => {
    expect(endOf(taskOf('firstResponse'))).toBe(200);
    expect(statusOf(facts({}, 'firstResponse'), 200)).toEqual({ kind: 'reclaimable', since: 200 });
    const cancelled = facts({ cancelledDeadline: 160 }, 'firstResponse');
    expect(statusOf(cancelled, 159)).toEqual({ kind: 'cancelled', until: 160 });
    expect(statusOf(cancelled, 160)).toEqual({ kind: 'reclaimable', since: 160 });
  });
});

test('before the end nothing is reclaimable, from it on everything unfinished is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.nat(400),
      fc.option(fc.nat(400), { nil: undefined }),
      fc.constantFrom('open', 'withdrawn', 'confirmed', 'missed'),
      (model, now, cancelledDeadline, status) => {
        const offers = new Map([[provider, { status, deliverUntil: 180 }]] as const);
        const record = facts({ cancelledDeadline, offers, confirmed: provider }, model);
        const ended = now >= endOf(record.task, cancelledDeadline);
        expect(statusOf(record, now).kind === 'reclaimable').toBe(ended);
      },
    ),
  );
});
