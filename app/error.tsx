'use client';

import { Button } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <EmptyFrame heading title="This page broke">
      <p className="wrap-anywhere">{error.message}</p>
      <p>What you signed is not affected: the chain goes on without this page.</p>
      <Button className="mt-3" onClick={reset}>
        Try again
      </Button>
    </EmptyFrame>
  );
}
