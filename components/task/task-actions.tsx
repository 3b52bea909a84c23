'use client';

import { cancelTask } from '@opengpu/sdk/market/cancel-task';
import { expireOffer } from '@opengpu/sdk/market/expire-offer';
import { liveOffers } from '@opengpu/sdk/market/live-offers';
import { reclaimTask } from '@opengpu/sdk/market/reclaim-task';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Eth } from '@/components/ui/eth';
import { Note } from '@/components/ui/note';
import { useWalletAddress } from '@/components/wallet/use-wallet';
import type { TaskView } from './task-view';

/** What can be done to the task itself now: cancel, reclaim, report a missed delivery. */
export function TaskActions({ view }: { view: TaskView }) {
  const { record, status, model } = view;
  const mine = useWalletAddress()?.toLowerCase() === record.task.client.toLowerCase();
  const openShards = record.shards - record.settled.size;
  if (status.kind === 'overdue') {
    return (
      <Action
        tone="fault"
        title="The confirmed provider did not deliver in time."
        text="Anyone can report it: part of its stake burns, a tenth of that is the reporter's, and the client may confirm another offer."
      >
        <TransactionButton
          action={expireOffer}
          input={() => ({ task: record.task, provider: status.provider, openShards })}
        />
      </Action>
    );
  }
  if (status.kind === 'reclaimable' && record.escrowWei > 0n) {
    return (
      <Action tone="live" title="This task is over and money is left in escrow.">
        <p>
          <Eth wei={record.escrowWei} /> goes back to the client&apos;s balance, whoever sends this.
        </p>
        <TransactionButton
          action={reclaimTask}
          input={() => ({ task: record.task, escrowWei: record.escrowWei })}
        />
      </Action>
    );
  }
  const cancellable =
    ['open', 'notOpen', 'review', 'closed'].includes(status.kind) &&
    record.cancelledDeadline === undefined &&
    (model === 'firstResponse' || (model === 'manualConfirmation' && liveOffers(record) === 0));
  if (mine && cancellable) {
    return (
      <div className="justify-self-start">
        <TransactionButton small tone="plain" action={cancelTask} input={() => ({ task: record.task })} />
      </div>
    );
  }
  return null;
}

function Action({
  tone,
  title,
  text,
  children,
}: {
  tone: 'live' | 'fault';
  title: string;
  text?: string;
  children: React.ReactNode;
}) {
  return (
    <Note tone={tone} title={title}>
      <div className="grid justify-items-start gap-3">
        {text ? <p>{text}</p> : null}
        {children}
      </div>
    </Note>
  );
}
