import type { Address } from 'viem';
import { describe, expect, test } from 'vitest';
import { misfit } from './misfit.ts';
import type { TaskDraft } from './template.ts';
import { fractalTemplate } from './templates/fractal/template.ts';
import { photoTemplate } from './templates/photo/template.ts';
import { searchTemplate } from './templates/search/template.ts';
import { testPicture } from './testing/test-picture.ts';

const client: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const picture = testPicture(40, 30);

const drafts: Record<string, () => TaskDraft | Promise<TaskDraft>> = {
  fractal: () => fractalTemplate.draft(fractalTemplate.defaults),
  photo: () => photoTemplate.draft({ picture, filter: 'blur', strengthPercent: 100 }),
  flags: () => searchTemplate.draft({ ...searchTemplate.defaults, client }),
  prefix: () =>
    searchTemplate.draft({
      ...searchTemplate.defaults,
      client,
      goal: { kind: 'prefix', prefix: 'BEEF' },
      seed: 5,
    }),
};

function judge(draft: TaskDraft, change: { inputs?: Uint32Array[]; count?: number; client?: Address } = {}) {
  const task = {
    client: change.client ?? client,
    count: change.count ?? draft.count,
    verifierData: draft.verifier?.data ?? '0x',
  } as const;
  return misfit(draft.kernel, change.inputs ?? draft.inputs, task);
}

const changed = (words: Uint32Array | undefined, at: number, word: number) =>
  Uint32Array.from(words ?? [], (old, index) => (index === at ? word : old));

test.each(Object.keys(drafts))('what the %s template drafts fits', async (name) => {
  const draft = await drafts[name]?.();
  expect(draft && judge(draft)).toBeUndefined();
  expect(draft && judge(draft, { inputs: [] })).toContain('input');
});

describe('strangers', () => {
  test('a fractal without width, or of too many pixels', async () => {
    const draft = await fractalTemplate.draft(fractalTemplate.defaults);
    expect(judge(draft, { inputs: [changed(draft.inputs[0], 0, 0)] })).toContain('no tile wide');
    expect(judge(draft, { count: 2 ** 24 + 1 })).toContain('16777217 pixels');
    expect(judge(draft, { inputs: [new Uint32Array(25)] })).toContain('26 words');
  });

  test('a photo whose pixels do not cover what is read', async () => {
    const draft = await photoTemplate.draft({ picture, filter: 'blur', strengthPercent: 100 });
    const [words = new Uint32Array(0), pixels = new Uint32Array(0)] = draft.inputs;
    expect(judge(draft, { inputs: [changed(words, 0, 41), pixels] })).toContain(
      '41 × 30 pixels and has 1200',
    );
    expect(judge(draft, { inputs: [changed(words, 0, 0), new Uint32Array(0)] })).toContain('0 × 30');
    expect(judge(draft, { count: 1201 })).toContain('the task 1201');
  });

  test('a search for what its verifier would refuse', async () => {
    const draft = await searchTemplate.draft({ ...searchTemplate.defaults, client });
    const [words] = draft.inputs;
    expect(judge(draft, { client: searchTemplate.defaults.deployer })).toContain("not the client's own");
    expect(judge(draft, { inputs: [changed(words, 23, 0x80)] })).toContain('judges another search');
    expect(judge(draft, { inputs: [changed(words, 0, 1)] })).toContain('judges another search');
    expect(judge(draft, { inputs: [changed(words, 19, 1)] })).toContain('No address can have');
    expect(judge(draft, { count: 2 })).toContain('asks for 2');
    // The seed is the client's own affair.
    expect(judge(draft, { inputs: [changed(words, 18, 99)] })).toBeUndefined();
  });
});
