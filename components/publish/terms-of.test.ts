import { expect, test } from 'vitest';
import { draftOf } from './draft-of';
import { initialValues } from './publish-values';
import { bondOf, deadlineOf } from './terms-of';

const client = '0x0000000000000000000000000000000000000001' as const;

test("a deadline counts from the chain's time, or is a date", () => {
  const { terms } = initialValues('fractal');
  expect(deadlineOf({ ...terms, deadline: '600' }, 1_000)).toBe(1_600);
  const date = { ...terms, deadline: 'date', deadlineDate: '2030-01-01T12:00' } as const;
  expect(deadlineOf(date, 0)).toBe(new Date('2030-01-01T12:00').getTime() / 1_000);
  expect(() => deadlineOf({ ...date, deadlineDate: '' }, 0)).toThrow('Choose the date');
});

test('the bond is four times the price unless another is typed; a verifier needs none', async () => {
  const values = initialValues('fractal');
  const draft = await draftOf(values, client, 0);
  expect(bondOf(values, draft)).toBe(4_000_000_000_000_000n);
  expect(bondOf({ ...values, terms: { ...values.terms, bond: '0.01' } }, draft)).toBe(
    10_000_000_000_000_000n,
  );
  const search = initialValues('search');
  expect(bondOf(search, await draftOf(search, client, 0))).toBe(0n);
});

test('every template makes a draft of what the form starts with, the photo once it has a picture', async () => {
  expect((await draftOf(initialValues('fractal'), client, 0)).model).toBe('manualConfirmation');
  expect((await draftOf(initialValues('search'), client, 0)).model).toBe('firstResponse');
  await expect(draftOf(initialValues('photo'), client, 0)).rejects.toMatchObject({
    field: 'picture',
    given: 'missing',
  });
});

test('a number that is none is refused by its field', async () => {
  const values = initialValues('fractal');
  for (const zoom of ['', '-3', 'NaN', '0x10', '1e999', 'Infinity']) {
    const given = { ...values, fractal: { ...values.fractal, zoom } };
    await expect(draftOf(given, client, 0)).rejects.toMatchObject({ field: 'zoom' });
  }
});
