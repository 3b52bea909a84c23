'use client';

import type { TxAction } from '@opengpu/sdk/market/tx-action';
import { amountInWords } from '@opengpu/sdk/protocol/amount';
import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { useState } from 'react';
import { type Address, formatEther } from 'viem';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

interface AmountFormProps {
  /** Deposit or withdraw: an amount, and the account that it goes to. */
  action: TxAction<{ to: Address; amountWei: bigint }>;
  account: Address;
  label: string;
  /** The most that there is, wei; undefined while it is read. */
  availableWei: bigint | undefined;
  /** Whether all of it can be taken (a wallet keeps some for gas). */
  canTakeAll: boolean;
}

/** One amount and the button that moves it. */
export function AmountForm({ action, account, label, availableWei, canTakeAll }: AmountFormProps) {
  const [text, setText] = useState('');
  const [pressed, setPressed] = useState(false);
  const amount = check(text, availableWei);
  return (
    <form className="grid content-start gap-3" onSubmit={(event) => event.preventDefault()}>
      <Field
        label={label}
        unit="ETH"
        inputMode="decimal"
        placeholder="0.0"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setPressed(false);
        }}
        error={pressed && !amount.ok ? amount.reason : undefined}
      />
      <div className="flex flex-wrap items-center gap-3">
        <TransactionButton
          action={action}
          tone="plain"
          input={() => {
            setPressed(true);
            return amount.ok ? { to: account, amountWei: amount.wei } : undefined;
          }}
          onDone={() => {
            setText('');
            setPressed(false);
          }}
        />
        {canTakeAll && availableWei ? (
          <Button tone="quiet" small onClick={() => setText(formatEther(availableWei))}>
            All of it
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function check(text: string, availableWei: bigint | undefined) {
  const parsed = parseAmount(text);
  if (!parsed.ok) return parsed;
  if (parsed.wei === 0n) return { ok: false as const, reason: 'Enter more than zero.' };
  if (availableWei !== undefined && parsed.wei > availableWei) {
    return {
      ok: false as const,
      reason: `${text.trim()} ETH is more than the ${amountInWords(availableWei)} there is.`,
    };
  }
  return parsed;
}
