'use client';

import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { explainError } from '@opengpu/sdk/protocol/errors';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useRef, useState } from 'react';
import type { Hex, TransactionReceipt } from 'viem';
import { useAccount, useSendTransaction } from 'wagmi';
import { chainClient } from '@/components/market/chain-client';
import { appChain } from '@/components/wallet/app-chain';
import { outcomeOf } from './outcome';
import { nextTxState, type TxEvent, type TxState } from './tx-state';

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
  const newest = useRef(0);
  const { address } = useAccount();
  const queries = useQueryClient();
  const { sendTransactionAsync } = useSendTransaction();

  /** Tells the dialog what happens to the write in hand, until another one takes its place there. */
  function teller(): (event: TxEvent) => void {
    const write = newest.current;
    return (event) => {
      if (write === newest.current) send(event);
    };
  }

  async function open(given: TxRequest) {
    newest.current += 1;
    const tell = teller();
    setRequest(given);
    tell({ kind: 'opened' });
    const call = { account: address, ...given.call };
    try {
      await chainClient.call(call);
      const [estimate, gasPrice] = await Promise.all([
        chainClient.estimateGas(call),
        chainClient.getGasPrice(),
      ]);
      const gas = estimate + (estimate * gasMarginPercent) / 100n;
      tell({ kind: 'checked', gas, feeWei: estimate * gasPrice });
    } catch (error) {
      tell({ kind: 'refused', reason: explainError(error) });
    }
  }

  async function sign() {
    if (!request || state.kind !== 'ready') return;
    const tell = teller();
    tell({ kind: 'asked' });
    let hash: Hex | undefined;
    try {
      // Named, since the wallet may have changed its network since the trial.
      hash = await sendTransactionAsync({ ...request.call, gas: state.gas, chainId: appChain.id });
      tell({ kind: 'sent', hash });
      const outcome = await outcomeOf(hash);
      if (outcome.kind === 'replaced') {
        const reason = 'Another transaction took its place in your wallet, so this one never happens.';
        tell({ kind: 'refused', reason, hash });
        return;
      }
      const { receipt } = outcome;
      if (receipt.status === 'reverted') {
        const reason = 'The chain refused it after all: something changed meanwhile. Only its fee was spent.';
        tell({ kind: 'refused', reason, hash });
        return;
      }
      tell({ kind: 'mined', hash, blockNumber: receipt.blockNumber });
      request.onDone?.(receipt);
      await queries.invalidateQueries();
    } catch (error) {
      tell({ kind: 'refused', reason: explainError(error), hash });
    }
  }

  return { state, request, open, sign, close: () => send({ kind: 'closed' }) };
}
