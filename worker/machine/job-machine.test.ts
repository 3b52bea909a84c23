import { describe, expect, test } from 'vitest';
import {
  begin,
  isEnd,
  type JobCommand,
  type JobEvent,
  type JobModel,
  type JobPhase,
  step,
} from './job-machine.ts';

const models: JobModel[] = ['firstResponse', 'manualConfirmation'];

const phases: JobPhase[] = [
  { at: 'computing' },
  { at: 'storing' },
  { at: 'committing' },
  { at: 'committed' },
  { at: 'offering' },
  { at: 'offered' },
  { at: 'responding' },
  { at: 'withdrawing', because: 'b', end: 'lost' },
  { at: 'withdrawing', because: 'b', end: 'withdrawn' },
  { at: 'paid' },
  { at: 'lost', reason: 'l' },
  { at: 'refused', reason: 'r' },
  { at: 'withdrawn' },
  { at: 'missed' },
];

const events: JobEvent[] = [
  { type: 'computed' },
  { type: 'computeFailed', reason: 'c' },
  { type: 'stored' },
  { type: 'committed' },
  { type: 'ripe' },
  { type: 'offered' },
  { type: 'confirmed' },
  { type: 'answered' },
  { type: 'beaten', reason: 'x' },
  { type: 'ended', reason: 'e' },
  { type: 'freed' },
  { type: 'deliveryPassed' },
  { type: 'refused', reason: 'r' },
];

/** `phase event` → `next: commands`. What is not listed changes nothing. */
const common: Record<string, string> = {
  'computing computed': 'storing: store',
  'computing computeFailed': 'refused: forget',
  'computing beaten': 'lost: stopCompute forget',
  'computing ended': 'lost: stopCompute forget',
  'storing computeFailed': 'refused: forget',
  'storing refused': 'refused: forget',
  'storing beaten': 'lost: forget',
  'storing ended': 'lost: forget',
  'committing committed': 'committed:',
  'committing refused': 'refused: forget',
  'committing beaten': 'lost: forget',
  'committing ended': 'lost: forget',
  'committed ripe': 'responding: respond',
  'committed beaten': 'lost: forget',
  'committed ended': 'lost: forget',
  'offering offered': 'offered:',
  'offering refused': 'refused: forget',
  'offering beaten': 'withdrawing lost: withdraw',
  'offering ended': 'withdrawing lost: withdraw',
  'offered confirmed': 'responding: respond',
  'offered beaten': 'withdrawing lost: withdraw',
  'offered ended': 'withdrawing withdrawn: withdraw',
  'responding answered': 'paid: forget',
  'responding beaten': 'lost: forget',
  'responding refused': 'refused: forget',
  'responding deliveryPassed': 'missed: forget',
  'withdrawing lost freed': 'lost: forget',
  'withdrawing lost refused': 'lost: forget',
  'withdrawing lost confirmed': 'responding: respond',
  'withdrawing withdrawn freed': 'withdrawn: forget',
  'withdrawing withdrawn refused': 'withdrawn: forget',
  'withdrawing withdrawn confirmed': 'responding: respond',
};

const table: Record<JobModel, Record<string, string>> = {
  firstResponse: { ...common, 'storing stored': 'committing: commit', 'responding ended': 'lost: forget' },
  manualConfirmation: {
    ...common,
    'storing stored': 'offering: offer',
    'responding ended': 'missed: forget',
  },
};

const nameOf = (phase: JobPhase) => (phase.at === 'withdrawing' ? `withdrawing ${phase.end}` : phase.at);

describe.each(models)('%s', (model) => {
  test.each(phases.flatMap((phase) => events.map((event) => ({ phase, event }))))(
    '$phase.at on $event.type',
    ({ phase, event }) => {
      const next = step(model, phase, event);
      const expected = table[model][`${nameOf(phase)} ${event.type}`];
      if (expected === undefined) expect(next).toEqual({ phase, commands: [] });
      else
        expect(`${nameOf(next.phase)}:${next.commands.map((command) => ` ${command}`).join('')}`).toBe(
          expected,
        );
    },
  );

  test('nothing is promised before it is on disk, on any path', () => {
    for (const { commands, path } of paths(model)) {
      const promise = commands.findIndex((command) => command === 'commit' || command === 'offer');
      if (promise === -1) continue;
      expect(commands.slice(0, promise), path).toContain('store');
      expect(
        commands.filter((command) => command === 'commit' || command === 'offer'),
        path,
      ).toHaveLength(1);
    }
  });

  test('every end forgets what the journal holds, and every phase can reach an end', () => {
    const reached = new Set<string>();
    for (const { commands, end } of paths(model)) {
      reached.add(end.at);
      expect(commands.at(-1)).toBe('forget');
    }
    expect([...reached].sort()).toEqual(
      model === 'firstResponse'
        ? ['lost', 'missed', 'paid', 'refused']
        : ['lost', 'missed', 'paid', 'refused', 'withdrawn'],
    );
  });

  test('the reason of a loss is kept', () => {
    expect(step(model, { at: 'committed' }, { type: 'beaten', reason: 'why' }).phase).toEqual({
      at: 'lost',
      reason: 'why',
    });
    const withdrawing = step(model, { at: 'offered' }, { type: 'beaten', reason: 'why' }).phase;
    expect(step(model, withdrawing, { type: 'freed' }).phase).toEqual({ at: 'lost', reason: 'why' });
  });
});

/** Every way from the beginning to an end without a loop, with the commands on it. */
function paths(model: JobModel): { commands: JobCommand[]; end: JobPhase; path: string }[] {
  const first = begin();
  const walk = (phase: JobPhase, commands: JobCommand[], path: string[]): ReturnType<typeof paths> => {
    if (isEnd(phase)) return [{ commands, end: phase, path: path.join(' → ') }];
    return events.flatMap((event) => {
      const next = step(model, phase, event);
      const name = nameOf(next.phase);
      if (path.includes(name)) return [];
      return walk(next.phase, [...commands, ...next.commands], [...path, name]);
    });
  };
  return walk(first.phase, [...first.commands], [nameOf(first.phase)]);
}
