'use client';

import { Button } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <EmptyFrame heading title="This page broke">
      <p className="wrap-anywhere">{error.message}</p>
      <p>Nothing was sent, and nothing on the chain changed.</p>
      <Button className="mt-3" onClick={reset}>
        Try again
      </Button>
    </EmptyFrame>
  );
}
