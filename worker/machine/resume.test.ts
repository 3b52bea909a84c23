import { expect, test } from 'vitest';
import { type ChainFacts, resume } from './resume.ts';

const open: ChainFacts = { openShards: 1, paidToUs: false, committed: false, offer: 'none', ended: false };

test('a commitment that reached the chain is never made again', () => {
  expect(resume('firstResponse', { ...open, committed: true })).toEqual({
    phase: { at: 'committed' },
    commands: [],
  });
});

test('a commitment that never left is made now', () => {
  expect(resume('firstResponse', open)).toEqual({ phase: { at: 'committing' }, commands: ['commit'] });
});

test.each<[string, Partial<ChainFacts>, string]>([
  ['paid while the receipt was not seen', { openShards: 0, paidToUs: true }, 'paid'],
  ['won by another', { openShards: 0 }, 'lost'],
  ['too late', { ended: true, committed: true }, 'lost'],
])('First Response: %s', (_, facts, end) => {
  expect(resume('firstResponse', { ...open, ...facts })).toMatchObject({
    phase: { at: end },
    commands: ['forget'],
  });
});

test.each<[string, Partial<ChainFacts>, string, string[]]>([
  ['no offer yet', {}, 'offering', ['offer']],
  ['no offer and too late', { ended: true }, 'lost', ['forget']],
  ['offer open', { offer: 'open' }, 'offered', []],
  [
    'offer open on an ended task: to be withdrawn by the next look',
    { offer: 'open', ended: true },
    'offered',
    [],
  ],
  ['confirmed while away', { offer: 'confirmed' }, 'responding', ['respond']],
  ['confirmed and delivered', { offer: 'confirmed', openShards: 0 }, 'paid', ['forget']],
  ['confirmed and too late', { offer: 'confirmed', ended: true }, 'missed', ['forget']],
  ['withdrawn', { offer: 'withdrawn' }, 'withdrawn', ['forget']],
  ['missed', { offer: 'missed' }, 'missed', ['forget']],
])('Manual Confirmation: %s', (_, facts, at, commands) => {
  expect(resume('manualConfirmation', { ...open, ...facts })).toMatchObject({ phase: { at }, commands });
});
