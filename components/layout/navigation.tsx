'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '@/components/ui/class-names';

const places = [
  { href: '/', name: 'Board' },
  { href: '/publish', name: 'Publish' },
  { href: '/provide', name: 'Provide' },
  { href: '/account', name: 'Account' },
];

/** The four places; a task page belongs to the board. */
export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="-mx-2 flex overflow-x-auto">
      {places.map(({ href, name }) => {
        const here = href === '/' ? path === '/' || path.startsWith('/tasks') : path.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={classNames(
              'px-3 py-2 text-[15px] underline-offset-8',
              here
                ? 'font-medium text-ink underline decoration-safelight decoration-2'
                : 'text-soft hover:text-ink',
            )}
          >
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
