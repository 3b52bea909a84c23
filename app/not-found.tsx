import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';

export default function NotFound() {
  return (
    <EmptyFrame heading title="There is no page at this address">
      <Link href="/" className={buttonClass('plain')}>
        Go to the board
      </Link>
    </EmptyFrame>
  );
}
