import { vaultAbi } from '@opengpu/sdk/contracts/generated/vault-abi';
import { startTestChain, type TestChain } from '@opengpu/sdk/test-chain/test-chain';
import { BaseError, encodeFunctionData, type Hex, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Sender } from './sender.ts';
import { OutOfGas, TxRefused } from './tx-refused.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain.stop());

async function openSender(balance = '1') {
  const account = privateKeyToAccount(generatePrivateKey());
  await chain.client.setBalance({ address: account.address, value: parseEther(balance) });
  const spent: [Hex, bigint][] = [];
  const sender = new Sender({
    client: chain.client,
    account,
    chainId: chain.deployment.chainId,
    onConnection: () => undefined,
    onSpent: (hash, gasWei) => spent.push([hash, gasWei]),
  });
  return { account, sender, spent, signal: new AbortController().signal };
}

const deposit = (account: Hex, value: bigint) => ({
  to: chain.deployment.vault,
  data: encodeFunctionData({ abi: vaultAbi, functionName: 'deposit', args: [account] }),
  value,
});

test('calls sent at once are mined one after another, and their gas is told', async () => {
  const { account, sender, spent, signal } = await openSender();
  const receipts = await Promise.all(
    [1n, 2n, 3n].map((wei) => sender.send(deposit(account.address, wei), signal)),
  );
  expect(receipts.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
  const blocks = receipts.map(({ blockNumber }) => blockNumber);
  expect(blocks).toEqual([...blocks].sort((one, other) => Number(one - other)));
  expect(await chain.client.getTransactionCount({ address: account.address })).toBe(3);
  const gasWei = spent.reduce((sum, [, wei]) => sum + wei, 0n);
  expect(await chain.client.getBalance({ address: account.address })).toBe(parseEther('1') - 6n - gasWei);
});

test('what the chain refuses is a sentence, and the next call goes on', async () => {
  const { account, sender, spent, signal } = await openSender();
  const tooMuch = {
    to: chain.deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'withdraw', args: [5n, account.address] }),
    value: 0n,
  };
  const refused = sender.send(tooMuch, signal);
  const sent = sender.send(deposit(account.address, 1n), signal);
  await expect(refused).rejects.toThrow(TxRefused);
  await expect(refused).rejects.toThrow(/0\.000000000000000005 ETH|5 wei/);
  expect((await sent).status).toBe('success');
  expect(spent).toHaveLength(1);
});

test('a transaction that is out is waited for, although the node answers with an error', async () => {
  const { account, sender, spent, signal } = await openSender();
  const asked = vi
    .spyOn(chain.client, 'getTransactionReceipt')
    .mockRejectedValueOnce(new BaseError('header not found'));
  expect((await sender.send(deposit(account.address, 1n), signal)).status).toBe('success');
  expect(asked.mock.calls.length).toBeGreaterThan(1);
  asked.mockRestore();
  expect(spent).toHaveLength(1);
  expect(await chain.client.getTransactionCount({ address: account.address })).toBe(1);
});

test('an empty purse is told before anything is sent', async () => {
  const { account, sender, signal } = await openSender('0.00000001');
  const call = deposit(account.address, 0n);
  await expect(sender.send({ ...call, data: '0x', to: account.address }, signal)).rejects.toThrow(OutOfGas);
});

test('an abort ends the wait; at the next start the earlier transaction is waited for', async () => {
  const { account, sender, signal } = await openSender();
  await chain.client.setAutomine(false);
  const stop = new AbortController();
  const sent = sender.send(deposit(account.address, 1n), stop.signal);
  while ((await chain.client.getTxpoolStatus()).pending === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort(new Error('stopped'));
  await expect(sent).rejects.toThrow('stopped');
  let settled = false;
  const settling = sender.settle(signal).then(() => {
    settled = true;
  });
  await chain.client.getBlockNumber();
  expect(settled).toBe(false);
  await chain.client.mine({ blocks: 1 });
  await settling;
  expect(await chain.client.getTransactionCount({ address: account.address })).toBe(1);
  await chain.client.setAutomine(true);
});
