import type { Metadata } from 'next';
import { isHash } from 'viem';
import { TaskPage } from '@/components/task/task-page';
import { EmptyFrame } from '@/components/ui/empty-frame';

export const metadata: Metadata = { title: 'Task' };

export default async function Task({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isHash(id)) {
    return (
      <EmptyFrame heading title="This is not a task id">
        A task id has 64 hexadecimal digits after 0x.{' '}
        <span className="font-mono break-all">{id.slice(0, 80)}</span> has not.
      </EmptyFrame>
    );
  }
  return <TaskPage taskId={id} />;
}
