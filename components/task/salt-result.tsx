'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { type Address, getContractAddress, type Hex, size, slice } from 'viem';
import { AccountName } from '@/components/ui/account-name';
import { CopyButton } from '@/components/ui/copy-button';
import { Eth } from '@/components/ui/eth';
import { searchCondition, searchedPattern } from './search-pattern';
import type { TaskView } from './task-view';

interface Found {
  salt: Hex;
  address: Address;
}

/** The salt that was found and the address it gives; until then, what is searched. */
export function SaltResult({ view }: { view: TaskView }) {
  const { record, responders } = view;
  const settled = record.settled.get(0);
  const found = foundSalt(record);
  return (
    <div className="grid gap-6 border-t-3 border-safelight bg-sheet p-5 sm:p-8">
      <Line
        name="Wanted"
        value={searchedPattern(record.task.verifierData) ?? 'a condition that this page cannot read'}
      />
      {found ? (
        <>
          <Line name="Address found" value={found.address} copy="address found" strong />
          <Line name="Salt" value={found.salt} copy="salt" />
        </>
      ) : (
        <p role="status" className="text-[15px] text-soft">
          {settled
            ? 'The answer is not in the form that this page reads.'
            : responders > 0
              ? `${responders} ${responders === 1 ? 'provider has' : 'providers have'} committed to a salt; the first to open it is paid.`
              : 'Providers are trying salts. The first valid one is paid at once.'}
        </p>
      )}
      {settled ? (
        <p className="flex flex-wrap items-center gap-2 text-[14px]">
          Paid <Eth wei={settled.priceWei} /> to <AccountName address={settled.provider} copy />
        </p>
      ) : null}
    </div>
  );
}

function Line({
  name,
  value,
  copy,
  strong,
}: {
  name: string;
  value: string;
  copy?: string;
  strong?: boolean;
}) {
  return (
    <div className="grid gap-1">
      <p className="edge">{name}</p>
      <p
        className={`font-mono break-all ${strong ? 'text-[clamp(16px,2.1vw,26px)] leading-tight font-medium' : 'text-[15px]'}`}
      >
        {value} {copy ? <CopyButton text={value} label={copy} /> : null}
      </p>
    </div>
  );
}

/** The output is nine words: found (1) and the salt; the address follows from the terms. */
function foundSalt(record: TaskRecord): Found | undefined {
  const output = record.settled.get(0)?.output;
  const wanted = searchCondition(record.task.verifierData);
  if (!output || !wanted || size(output) !== 36) return undefined;
  const salt = slice(output, 4, 36);
  return {
    salt,
    address: getContractAddress({
      opcode: 'CREATE2',
      from: wanted.deployer,
      salt,
      bytecodeHash: wanted.initCodeHash,
    }),
  };
}
