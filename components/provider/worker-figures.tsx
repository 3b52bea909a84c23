import type { WorkerSnapshot } from '@opengpu/worker/snapshot';
import { parseEther } from 'viem';
import { AccountName } from '@/components/ui/account-name';
import { Eth } from '@/components/ui/eth';
import { Note } from '@/components/ui/note';

/** A large answer costs about half of this. */
const lowGasWei = parseEther('0.01');

/** Earned, spent, and what is left for gas. */
export function WorkerFigures({ snapshot }: { snapshot: WorkerSnapshot }) {
  const figures = [
    { name: 'earned by this worker', value: <Eth wei={snapshot.earnedWei} /> },
    { name: 'spent on gas', value: <Eth wei={snapshot.gasSpentWei} /> },
    { name: 'left for gas', value: <Eth wei={snapshot.operatorBalanceWei} /> },
  ];
  return (
    <div className="grid gap-4">
      {snapshot.operatorBalanceWei > 0n && snapshot.operatorBalanceWei < lowGasWei ? (
        <Note tone="fault" role="status" title="The working key is short of gas.">
          Answers wait until it has more: press Top up gas.
        </Note>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap">
        {figures.map(({ name, value }) => (
          <div key={name} className="grid gap-0.5">
            <dt className="order-last text-[13px] text-soft">{name}</dt>
            <dd className="text-[20px] leading-7 font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-soft">
        <span>
          Key <AccountName address={snapshot.operator} />
        </span>
        {snapshot.adapter ? <span>on {snapshot.adapter}</span> : null}
      </p>
    </div>
  );
}
