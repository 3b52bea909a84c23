import { escrowOf } from '@opengpu/sdk/market/publish-task';
import { endOf } from '@opengpu/sdk/protocol/status';
import { AccountName, shortHex } from '@/components/ui/account-name';
import { CopyButton } from '@/components/ui/copy-button';
import { formatDuration } from '@/components/ui/duration';
import { Eth } from '@/components/ui/eth';
import { Fact, Facts } from '@/components/ui/facts';
import { TimeAgo } from '@/components/ui/time-ago';
import type { TaskView } from './task-view';
import { modelNames, verificationWords } from './task-words';

/** What the client bound itself to. */
export function TaskTerms({ view }: { view: TaskView }) {
  const { record, model, verification, kernel } = view;
  const { task } = record;
  const paidWei = [...record.settled.values()].reduce((sum, { priceWei }) => sum + priceWei, 0n);
  return (
    <div className="grid gap-3">
      <Facts>
        <Fact name="Client">
          <AccountName address={task.client} copy />
        </Fact>
        <Fact name="Left in escrow">
          <Eth wei={record.escrowWei} />
        </Fact>
        <Fact name="Paid to providers">
          <Eth wei={paidWei} />
        </Fact>
        <Fact name="Back with the client">
          <Eth wei={escrowOf(task) - record.escrowWei - paidWei} />
        </Fact>
        <Fact name="Highest price">
          <Eth wei={task.maxPrice} /> a shard
        </Fact>
        <Fact name="Bond">
          {task.bond > 0n ? (
            <>
              <Eth wei={task.bond} /> a response
            </>
          ) : (
            'none: the verifier decides at once'
          )}
        </Fact>
        <Fact name="Model">{modelNames[model]}</Fact>
        <Fact name="Kernel">
          {kernel ? (
            kernel.id
          ) : (
            <span className="font-mono text-[13px]">{shortHex(record.work.sourceHash)}</span>
          )}
        </Fact>
        <Fact name="Elements">
          <span className="figure">{task.count.toLocaleString('en')}</span> in {record.shards}{' '}
          {record.shards === 1 ? 'shard' : 'shards'}
        </Fact>
        <Fact name={model === 'manualConfirmation' ? 'Offers until' : 'Answers until'}>
          <TimeAgo at={record.cancelledDeadline ?? Number(task.deadline)} />
        </Fact>
        {task.review > 0 ? (
          <Fact name="Time to confirm after that">{formatDuration(task.review)}</Fact>
        ) : null}
        {task.delivery > 0 ? <Fact name="Time to deliver">{formatDuration(task.delivery)}</Fact> : null}
        <Fact name="Rest can be reclaimed">
          <TimeAgo at={endOf(task, record.cancelledDeadline)} />
        </Fact>
        <Fact name="Task id">
          <span className="inline-flex items-center gap-1.5">
            <span className="font-mono text-[13px]" title={record.taskId}>
              {shortHex(record.taskId)}
            </span>
            <CopyButton text={record.taskId} label="task id" />
          </span>
        </Fact>
      </Facts>
      <p className="text-[13px] leading-5 text-soft">{verificationWords[verification].sentence}</p>
    </div>
  );
}
