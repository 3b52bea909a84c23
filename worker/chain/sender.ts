import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { explainError } from '@opengpu/sdk/protocol/errors';
import {
  BaseError,
  formatEther,
  type Hex,
  keccak256,
  type PrivateKeyAccount,
  type PublicClient,
  type TransactionReceipt,
} from 'viem';
import { currentFees } from './fees.ts';
import { isNetworkError, type OnConnection, retrying, sleep } from './retry.ts';
import { OutOfGas, TxRefused } from './tx-refused.ts';

/** What a sender needs; it is the only one that signs. */
export interface SenderOptions {
  client: PublicClient;
  account: PrivateKeyAccount;
  chainId: number;
  onConnection: OnConnection;
  /** Hears of every mined transaction: its hash and what its gas cost, wei. */
  onSpent(hash: Hex, gasWei: bigint): void;
}

/** How long an earlier run's transactions are waited for at start, milliseconds. */
const patienceMilliseconds = 120_000;
/** A transaction that is not mined is sent again this often: a node may have dropped it. Milliseconds. */
const rebroadcastMilliseconds = 30_000;
const nonceAttempts = 4;

/** Somebody else's transaction took the nonce: nothing was sent. */
class StaleNonce extends TxRefused {}

/** Sends the operator's transactions one after another, so that nonces never collide. */
export class Sender {
  readonly #options: SenderOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a call when those before it are mined, and resolves to its receipt. Network loss is waited out. Throws
   * `TxRefused` (a sentence) when the chain refuses it, `OutOfGas` when the operator cannot pay, or the signal's reason.
   */
  send(call: TxCall, signal: AbortSignal): Promise<TransactionReceipt> {
    const turn = this.#last.then(() => this.#sendWithFreshNonce(call, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Waits until nothing that an earlier run sent is still in flight. */
  async settle(signal: AbortSignal): Promise<void> {
    const { client, account } = this.#options;
    const until = Date.now() + patienceMilliseconds;
    while (Date.now() < until) {
      const [mined, pending] = await this.#ask(
        () =>
          Promise.all([
            client.getTransactionCount({ address: account.address, blockTag: 'latest' }),
            client.getTransactionCount({ address: account.address, blockTag: 'pending' }),
          ]),
        signal,
      );
      if (mined >= pending) return;
      await sleep(500, signal);
    }
  }

  /** A nonce can be stale when another node, or another program with this key, was faster. */
  async #sendWithFreshNonce(call: TxCall, signal: AbortSignal): Promise<TransactionReceipt> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(call, signal);
      } catch (error) {
        if (!(error instanceof StaleNonce) || attempt >= nonceAttempts) throw error;
        await sleep(this.#options.client.pollingInterval, signal);
      }
    }
  }

  async #send({ to, data, value }: TxCall, signal: AbortSignal): Promise<TransactionReceipt> {
    const { client, account, chainId, onSpent } = this.#options;
    const [gas, fees, balance, nonce] = await this.#ask(async () => {
      try {
        return await Promise.all([
          client.estimateGas({ account: account.address, to, data, value }),
          currentFees(client),
          client.getBalance({ address: account.address }),
          client.getTransactionCount({ address: account.address, blockTag: 'pending' }),
        ]);
      } catch (error) {
        if (isNetworkError(error)) throw error;
        throw new TxRefused(explainError(error), { cause: error });
      }
    }, signal);
    // A fifth more: what the call does may depend on the block it lands in.
    const limit = gas + gas / 5n;
    const mostWei = limit * fees.maxFeePerGas + value;
    if (balance < mostWei) {
      throw new OutOfGas(
        `The operator ${account.address} has ${formatEther(balance)} ETH, this transaction may need ${formatEther(mostWei)} ETH: send it some for gas.`,
      );
    }
    const signed = await account.signTransaction({
      chainId,
      to,
      data,
      value,
      nonce,
      gas: limit,
      maxFeePerGas: fees.maxFeePerGas,
      maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
      type: 'eip1559',
    });
    const hash = keccak256(signed);
    await this.#broadcast(signed, hash, signal);
    const receipt = await this.#receipt(signed, hash, signal);
    onSpent(hash, receipt.gasUsed * receipt.effectiveGasPrice);
    if (receipt.status === 'success') return receipt;
    throw new TxRefused(await this.#whyReverted({ to, data, value }, receipt.blockNumber, signal));
  }

  async #broadcast(signed: Hex, hash: Hex, signal: AbortSignal): Promise<void> {
    const { client } = this.#options;
    await this.#ask(async () => {
      try {
        await client.sendRawTransaction({ serializedTransaction: signed });
      } catch (error) {
        if (isNetworkError(error)) throw error;
        // A repeated broadcast is refused as known or as a used nonce: the chain then knows the hash.
        const known = await client.getTransaction({ hash }).catch((unknown: unknown) => {
          if (isNetworkError(unknown)) throw unknown;
          return undefined;
        });
        if (known) return;
        const stale = /nonce too low|replacement transaction|already imported/i.test(String(error));
        throw new (stale ? StaleNonce : TxRefused)(explainError(error), { cause: error });
      }
    }, signal);
  }

  /** Waits for a transaction as long as it takes: its nonce stands before every later one anyway. */
  async #receipt(signed: Hex, hash: Hex, signal: AbortSignal): Promise<TransactionReceipt> {
    const { client } = this.#options;
    for (let sentAt = Date.now(); ; ) {
      const receipt = await this.#ask(async () => {
        try {
          return await client.getTransactionReceipt({ hash });
        } catch (error) {
          if (isNetworkError(error) || !(error instanceof BaseError)) throw error;
          // Not mined yet, or a node that stumbles: the transaction is out, so nothing but its receipt can tell.
          return undefined;
        }
      }, signal);
      if (receipt) return receipt;
      if (Date.now() - sentAt > rebroadcastMilliseconds) {
        await this.#broadcast(signed, hash, signal);
        sentAt = Date.now();
      }
      await sleep(client.pollingInterval, signal);
    }
  }

  async #whyReverted(call: TxCall, blockNumber: bigint, signal: AbortSignal): Promise<string> {
    const { client, account } = this.#options;
    return await this.#ask(async () => {
      try {
        await client.call({ account: account.address, ...call, blockNumber });
        return 'The transaction failed, although the same call now succeeds.';
      } catch (error) {
        if (isNetworkError(error)) throw error;
        return explainError(error);
      }
    }, signal);
  }

  #ask<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return retrying(work, this.#options.onConnection, signal);
  }
}
