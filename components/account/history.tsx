'use client';

import { type Address, isAddressEqual } from 'viem';
import { useMarket } from '@/components/market/market-provider';
import { activityWords } from '@/components/task/activity-words';
import { groupActivity } from '@/components/task/group-activity';
import { TaskLink } from '@/components/task/task-link';
import { Eth } from '@/components/ui/eth';
import { Section } from '@/components/ui/section';
import { TimeAgo } from '@/components/ui/time-ago';
import { TransactionHash } from '@/components/ui/transaction-hash';

const mostLines = 30;

/** What this account did and was paid, newest first. */
export function History({ account }: { account: Address }) {
  const { state } = useMarket();
  const mine = state.activity.filter(({ actor }) => isAddressEqual(actor, account));
  const lines = groupActivity(mine).slice(0, mostLines);
  return (
    <Section title="History">
      {lines.length === 0 ? (
        <p className="text-[14px] text-soft">Nothing yet.</p>
      ) : (
        <ol className="grid">
          {lines.map((line) => (
            <li
              key={`${line.at.blockNumber}-${line.at.logIndex}`}
              className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-2 text-[14px]"
            >
              <span className="flex min-w-0 flex-wrap gap-x-3">
                <span>
                  You {activityWords[line.kind].replace(/^was /, 'were ')}{' '}
                  {line.amountWei !== undefined ? <Eth wei={line.amountWei} /> : null}
                </span>
                <TaskLink line={line} state={state} />
              </span>
              <span className="flex items-center gap-3 text-[13px] text-soft">
                <TimeAgo at={line.at.timestamp} />
                <TransactionHash hash={line.at.transactionHash} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
