'use client';

import { becomeProvider } from '@opengpu/sdk/market/become-provider';
import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { useState } from 'react';
import type { Address } from 'viem';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Field } from '@/components/ui/field';
import { Note } from '@/components/ui/note';
import { useOperator } from './use-operator';

interface Values {
  stake: string;
  commission: string;
  lockLimit: string;
  float: string;
}

const start: Values = { stake: '1', commission: '100', lockLimit: '1', float: '0.2' };

/** Everything that makes a provider, in one transaction. */
export function BecomeProviderForm({ provider }: { provider: Address }) {
  const [values, setValues] = useState(start);
  const [pressed, setPressed] = useState(false);
  const operator = useOperator(provider);
  const checked = check(values);
  const error = (field: keyof Values) => (pressed ? checked.errors[field] : undefined);
  const set = (field: keyof Values) => (event: { target: { value: string } }) =>
    setValues((before) => ({ ...before, [field]: event.target.value }));

  return (
    <div className="grid gap-6">
      <p className="max-w-[62ch] text-[15px] leading-6 text-soft">
        Your stake stands behind your answers. The key that works is made in this browser and kept encrypted;
        it can commit, offer and answer for you, and can never take your stake or your balance.
      </p>
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          label="Stake"
          unit="ETH"
          inputMode="decimal"
          value={values.stake}
          onChange={set('stake')}
          error={error('stake')}
          hint="Your own. More of it lets more work run at once."
        />
        <Field
          label="Commission"
          unit="%"
          inputMode="decimal"
          value={values.commission}
          onChange={set('commission')}
          error={error('commission')}
          hint="What you keep of earnings; the rest goes to everybody who stakes."
        />
        <Field
          label="Lock limit"
          unit="ETH"
          inputMode="decimal"
          value={values.lockLimit}
          onChange={set('lockLimit')}
          error={error('lockLimit')}
          hint="The most that can be locked at a time: what a stolen key could cost you."
        />
        <Field
          label="Gas for the key"
          unit="ETH"
          inputMode="decimal"
          value={values.float}
          onChange={set('float')}
          error={error('float')}
          hint="Sent to the working key, to pay for its transactions."
        />
      </div>
      {operator.error ? (
        <Note tone="fault" role="alert" title="This browser cannot keep a key.">
          {operator.error.message} A private window often refuses storage: use a normal one.
        </Note>
      ) : null}
      <div>
        <TransactionButton
          action={becomeProvider}
          disabled={!operator.data}
          input={() => {
            setPressed(true);
            if (!checked.ok || !operator.data) return undefined;
            return { provider, operator: operator.data, ...checked.amounts };
          }}
        />
      </div>
    </div>
  );
}

type Checked =
  | {
      ok: true;
      amounts: { stakeWei: bigint; commissionBps: number; lockLimitWei: bigint; floatWei: bigint };
      errors: Partial<Record<keyof Values, string>>;
    }
  | { ok: false; errors: Partial<Record<keyof Values, string>> };

function check(values: Values): Checked {
  const errors: Partial<Record<keyof Values, string>> = {};
  const amount = (field: 'stake' | 'lockLimit' | 'float') => {
    const parsed = parseAmount(values[field]);
    if (parsed.ok) return parsed.wei;
    errors[field] = parsed.reason;
    return 0n;
  };
  const stakeWei = amount('stake');
  const lockLimitWei = amount('lockLimit');
  const floatWei = amount('float');
  if (!errors.stake && stakeWei === 0n) errors.stake = 'A stake is above zero.';
  const commission = values.commission.trim();
  const commissionBps = Math.round(Number(commission) * 100);
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(commission) || commissionBps > 10_000) {
    errors.commission = `“${commission.slice(0, 20)}” is not a percentage from 0 to 100 with at most two decimals.`;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, amounts: { stakeWei, commissionBps, lockLimitWei, floatWei }, errors };
}
