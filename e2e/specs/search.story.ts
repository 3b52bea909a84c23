import { searchReference } from '@opengpu/sdk/kernels/templates/search/reference';
import { bytesToWords } from '@opengpu/sdk/protocol/words';
import { hexToBytes, parseEther } from 'viem';
import { HandProvider } from '../fixtures/hand-provider';
import { commitments, inlineInput, newestTask, payments, pool, vaultBalance } from '../fixtures/ledger';
import { publishSearch } from '../fixtures/publish';
import { refusal } from '../fixtures/refusal';
import { expect, test } from '../fixtures/story';
import { publishPage } from '../pages/publish';
import { taskPage } from '../pages/task';

test('the first to open a valid salt is paid at once, and the other loses nothing', async ({
  chain,
  visit,
  headlessWorker,
}) => {
  test.slow();
  const client = await visit('client', '/publish');
  await client.connect();
  const form = publishPage(client.page);
  await form.template('Address search').click();
  await form.price.fill('0.01');
  await form.publish.click();
  await client.sign();
  const { task, taskId } = await newestTask(chain);

  // One provider has found a salt and committed to it, but has not opened it yet.
  const slow = new HandProvider(chain, 'rival');
  await slow.register();
  const answer = slow.answer(await foundSalt(chain, taskId));
  await slow.commit(task, slow.commitmentTo(task, answer));
  await expect(client.page.getByText('1 provider has committed to a salt')).toBeVisible();

  // Another one is quicker.
  const quick = await headlessWorker('provider');
  await quick.start();
  const page = taskPage(client.page);
  await expect(page.status).toContainText('Complete', { timeout: 180_000 });
  expect(await vaultBalance(chain, quick.address)).toBe(parseEther('0.01'));

  expect(await refusal(slow.respond(task, answer))).toBe('ShardSettled');
  expect(await vaultBalance(chain, slow.address)).toBe(0n);
  const { assets, held, tail } = await pool(chain, slow.address);
  expect({ assets, held, tail }).toEqual({ assets: parseEther('5'), held: 0n, tail: 0n });

  // The page shows an address that carries exactly the permissions asked for.
  const [paid] = await payments(chain, taskId);
  const [address] = /0x[0-9a-fA-F]{40}/.exec((await page.addressFound.textContent()) ?? '') ?? [];
  expect(BigInt(address ?? 0) & 0x3fffn, 'beforeSwap and afterSwap').toBe(0b0000_1100_0000n);
  expect(bytesToWords(hexToBytes(paid?.output ?? '0x')).at(0)).toBe(1);
});

test('a worker that dies between commitment and answer goes on when it is started again', async ({
  chain,
  headlessWorker,
}) => {
  test.slow();
  const worker = await headlessWorker('provider');
  await worker.start();
  const { taskId } = await publishSearch(chain);
  await worker.until(({ state }) => state?.kind === 'committed');
  await worker.kill();
  expect(await payments(chain, taskId), 'killed before it was paid').toEqual([]);

  await worker.start();
  await worker.until(({ state }) => state?.kind === 'paid');
  expect(await vaultBalance(chain, worker.address)).toBe(parseEther('0.01'));
  expect(await commitments(chain, taskId), 'committed once').toEqual([worker.address]);
});

/** A salt for the search, found with the reference: nine words. */
async function foundSalt(
  chain: Parameters<typeof newestTask>[0],
  taskId: `0x${string}`,
): Promise<Uint32Array> {
  const words = await inlineInput(chain, taskId);
  for (let element = 0; ; element++) {
    const output = searchReference(words, element, 1);
    if (output[0] === 1) return output;
  }
}
