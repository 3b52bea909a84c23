'use client';

import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { explainError } from '@opengpu/sdk/protocol/errors';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useRef, useState } from 'react';
import type { Hex, TransactionReceipt } from 'viem';
import { useAccount, useSendTransaction } from 'wagmi';
import { chainClient } from '@/components/market/chain-client';
import { nextTxState, type TxState } from './tx-state';

/** Part of the estimate that is added, since the state may change before the transaction is mined. */
const gasMarginPercent = 25n;

/** A write with everything that showing and sending it needs. */
export interface TxRequest {
  title: string;
  /** What will happen, a sentence a line. */
  lines: string[];
  call: TxCall;
  onDone?(receipt: TransactionReceipt): void;
}

/** The write in hand, its state and what can be done with it. */
export interface Transaction {
  state: TxState;
  request: TxRequest | undefined;
  /** Tries the call on the chain's state of now, so that refusals are explained before signing. */
  open(request: TxRequest): Promise<void>;
  /** Asks the wallet, then waits for the block. */
  sign(): Promise<void>;
  close(): void;
}

/** The life of one write at a time, for the connected account. */
export function useTransaction(): Transaction {
  const [state, send] = useReducer(nextTxState, { kind: 'idle' } satisfies TxState);
  const [request, setRequest] = useState<TxRequest>();
  const gasLimit = useRef(0n);
  const { address } = useAccount();
  const queries = useQueryClient();
  const { sendTransactionAsync } = useSendTransaction();

  async function open(given: TxRequest) {
    setRequest(given);
    send({ kind: 'opened' });
    const call = { account: address, ...given.call };
    try {
      await chainClient.call(call);
      const [estimate, gasPrice] = await Promise.all([
        chainClient.estimateGas(call),
        chainClient.getGasPrice(),
      ]);
      gasLimit.current = estimate + (estimate * gasMarginPercent) / 100n;
      send({ kind: 'checked', feeWei: estimate * gasPrice });
    } catch (error) {
      send({ kind: 'refused', reason: explainError(error) });
    }
  }

  async function sign() {
    if (!request) return;
    send({ kind: 'asked' });
    let hash: Hex | undefined;
    try {
      hash = await sendTransactionAsync({ ...request.call, gas: gasLimit.current });
      send({ kind: 'sent', hash });
      const receipt = await chainClient.waitForTransactionReceipt({ hash });
      if (receipt.status === 'reverted') {
        const reason = 'The chain refused it after all: something changed meanwhile. Only its fee was spent.';
        send({ kind: 'refused', reason, hash });
        return;
      }
      send({ kind: 'mined', hash, blockNumber: receipt.blockNumber });
      request.onDone?.(receipt);
      await queries.invalidateQueries();
    } catch (error) {
      send({ kind: 'refused', reason: explainError(error), hash });
    }
  }

  return { state, request, open, sign, close: () => send({ kind: 'closed' }) };
}
