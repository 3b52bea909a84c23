import { describe, expect, test } from 'vitest';
import type { JobPhase } from './job-machine.ts';
import { observe } from './observe.ts';
import { rival, sampleOffer, sampleRecord, us } from './sample-record.ts';

const tip = (nowSeconds: number, number = 20n) => ({ number, nowSeconds, timestamp: nowSeconds });
const age = 12;

describe('First Response', () => {
  const look = (record = sampleRecord('firstResponse'), at: JobPhase['at'] = 'committed', now = tip(1_500)) =>
    observe(
      {
        model: 'firstResponse',
        phase: { at } as JobPhase,
        committedAt: { blockNumber: 19n, timestamp: 1_400 },
      },
      record,
      us,
      now,
      age,
    );

  test('a commitment ripens after its age and in a later block', () => {
    expect(look()).toEqual({ type: 'ripe' });
    expect(look(undefined, 'committed', tip(1_411))).toBeUndefined();
    expect(look(undefined, 'committed', tip(1_412))).toEqual({ type: 'ripe' });
    expect(look(undefined, 'committed', tip(1_500, 19n))).toBeUndefined();
    expect(look(undefined, 'computing')).toBeUndefined();
  });

  test('whoever was paid first decides', () => {
    expect(look(sampleRecord('firstResponse', { settledBy: [rival, rival, rival, rival] }))).toMatchObject({
      type: 'beaten',
    });
    expect(look(sampleRecord('firstResponse', { settledBy: [us, us, us, us] }))).toEqual({
      type: 'answered',
    });
    expect(look(sampleRecord('firstResponse', { settledBy: [rival] }))).toEqual({ type: 'ripe' });
  });

  test('nothing can be won after the deadline, or after the notice of a cancelled task', () => {
    expect(look(undefined, 'computing', tip(2_000))).toMatchObject({ type: 'ended' });
    const cancelled = sampleRecord('firstResponse', { cancelledDeadline: 1_600 });
    expect(look(cancelled)).toEqual({ type: 'ripe' });
    expect(look(cancelled, 'committed', tip(1_600))).toMatchObject({ type: 'ended' });
  });
});

describe('Manual Confirmation', () => {
  const look = (
    changes: Parameters<typeof sampleRecord>[1],
    at: JobPhase['at'] = 'offered',
    nowSeconds = 1_500,
  ) =>
    observe(
      { model: 'manualConfirmation', phase: { at } as JobPhase },
      sampleRecord('manualConfirmation', changes),
      us,
      tip(nowSeconds),
      age,
    );
  const ours = sampleOffer(us, 'open');
  const theirs = sampleOffer(rival, 'confirmed', 1_600);

  test('an open offer waits', () => {
    expect(look({ offers: [ours] })).toBeUndefined();
    expect(look({ offers: [ours] }, 'offered', 2_050)).toBeUndefined();
  });

  test('our confirmation calls for the answer, until its time is over', () => {
    const confirmed = { offers: [sampleOffer(us, 'confirmed', 1_600)], confirmed: us };
    expect(look(confirmed)).toEqual({ type: 'confirmed' });
    expect(look(confirmed, 'responding', 1_600)).toEqual({ type: 'deliveryPassed' });
    expect(look({ ...confirmed, settledBy: [us, us, us, us] }, 'responding')).toEqual({ type: 'answered' });
    expect(look({ offers: [sampleOffer(us, 'missed')] }, 'responding')).toEqual({ type: 'deliveryPassed' });
  });

  test("another's confirmation is a loss", () => {
    expect(look({ offers: [ours, theirs], confirmed: rival })).toMatchObject({ type: 'beaten' });
    expect(look({ offers: [theirs], confirmed: rival }, 'computing')).toMatchObject({ type: 'beaten' });
    const delivered = { offers: [ours, theirs], confirmed: rival, settledBy: [rival, rival, rival, rival] };
    expect(look(delivered)).toMatchObject({ type: 'beaten' });
  });

  test('a client that never confirms, or cancels, ends the job', () => {
    expect(look({ offers: [ours] }, 'offered', 2_100)).toMatchObject({ type: 'ended' });
    expect(look({ cancelledDeadline: 1_700 }, 'computing')).toMatchObject({ type: 'ended' });
    expect(look({ reclaimedWei: 1n, offers: [ours] })).toMatchObject({ type: 'ended' });
  });

  test('who is still computing when the deadline passes has nothing to offer', () => {
    const review = { offers: [sampleOffer(rival, 'open')] };
    expect(look(review, 'computing', 2_050)).toMatchObject({ type: 'ended' });
    expect(look(review, 'offering', 2_050)).toBeUndefined();
  });
});
