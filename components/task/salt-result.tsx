'use client';

import { hookFlagMask, hookFlagNames, hookFlags } from '@opengpu/sdk/kernels/templates/search/hook-flags';
import type { Address, Hex } from 'viem';
import { AccountName } from '@/components/ui/account-name';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Eth } from '@/components/ui/eth';
import { foundSalt } from './found-salt';
import { searchCondition, searchedPattern } from './search-pattern';
import type { TaskView } from './task-view';
import { isLive } from './task-words';

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
          <HookPermissions address={found.address} data={record.task.verifierData} />
        </>
      ) : (
        <p role="status" className="text-[15px] text-soft">
          {settled
            ? 'The answer is not in the form that this page reads.'
            : !isLive(view.status) && view.status.kind !== 'cancelled'
              ? 'Nobody answered in time.'
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

/** The permissions in a hook's address, where the search asked for permissions. */
function HookPermissions({ address, data }: { address: Address; data: Hex }) {
  const mask = searchCondition(data)?.mask;
  if (mask === undefined || BigInt(mask) !== hookFlagMask) return null;
  const flags = hookFlagNames.filter((flag) => (BigInt(address) >> BigInt(hookFlags[flag])) & 1n);
  return (
    <p className="flex flex-wrap gap-2">
      {flags.map((flag) => (
        <Badge key={flag} tone="fixed">
          {flag}
        </Badge>
      ))}
    </p>
  );
}
