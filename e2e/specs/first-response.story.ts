import { parseEther } from 'viem';
import { HandProvider } from '../fixtures/hand-provider';
import { escrow, payments, vaultBalance } from '../fixtures/ledger';
import { publishSearch } from '../fixtures/publish';
import { refusal } from '../fixtures/refusal';
import { expect, test } from '../fixtures/story';

const price = parseEther('0.01');

test('a copied commitment is worth nothing to the copier', async ({ chain }) => {
  const { task, taskId, output } = await publishSearch(chain);
  const [honest, copier] = [new HandProvider(chain, 'provider'), new HandProvider(chain, 'rival')];
  await honest.register();
  await copier.register();

  const commitment = honest.commitmentTo(task, honest.answer(output));
  await honest.commit(task, commitment);
  await copier.commit(task, commitment);
  await chain.advance(2);

  // The copier sees the honest answer, still unmined, and sends it under its own name.
  expect(await refusal(copier.respond(task, copier.answer(output)))).toBe('NoCommitment');
  await honest.respond(task, honest.answer(output));

  expect(await vaultBalance(chain, honest.address)).toBe(price);
  expect(await vaultBalance(chain, copier.address)).toBe(0n);
  expect((await payments(chain, taskId)).map(({ provider }) => provider)).toEqual([honest.address]);
});

test('a wrong salt opens nothing, and the right one still does', async ({ chain }) => {
  const { task, taskId, output } = await publishSearch(chain);
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  await provider.commit(task, provider.commitmentTo(task, provider.answer(output)));
  await chain.advance(2);

  const wrong = provider.answer(output, `0x${'11'.repeat(32)}`);
  expect(await refusal(provider.respond(task, wrong))).toBe('NoCommitment');
  expect(await escrow(chain, taskId)).toBe(price);

  await provider.respond(task, provider.answer(output));
  expect(await vaultBalance(chain, provider.address)).toBe(price);
  expect(await escrow(chain, taskId)).toBe(0n);
});

test('a commitment cannot be opened in the block that made it', async ({ chain }) => {
  const { task, output } = await publishSearch(chain);
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  const answer = provider.answer(output);

  expect(await refusal(provider.commitAndRespond(task, answer))).toBe('CommitmentTooYoung');
  expect(await vaultBalance(chain, provider.address)).toBe(0n);
});

test('an answer that does not fit the condition is refused', async ({ chain }) => {
  const { task, output } = await publishSearch(chain);
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  const wrong = output.with(8, (output[8] ?? 0) ^ 1);
  await provider.commit(task, provider.commitmentTo(task, provider.answer(wrong)));
  await chain.advance(2);

  expect(await refusal(provider.respond(task, provider.answer(wrong)))).toBe('RefusedByVerifier');
  expect(await vaultBalance(chain, provider.address)).toBe(0n);
});
