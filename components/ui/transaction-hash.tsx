import type { Hex } from 'viem';
import { shortHex } from './account-name';
import { CopyButton } from './copy-button';

const explorer = process.env.NEXT_PUBLIC_EXPLORER_URL;

/** A transaction: a link when the chain has an explorer, else the short hash with a copy button. */
export function TransactionHash({ hash }: { hash: Hex }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {explorer ? (
        <a
          className="font-mono text-[13px] underline underline-offset-2"
          href={`${explorer}/tx/${hash}`}
          rel="noreferrer"
          target="_blank"
        >
          {shortHex(hash)}
        </a>
      ) : (
        <span className="font-mono text-[13px]" title={hash}>
          {shortHex(hash)}
        </span>
      )}
      <CopyButton text={hash} label={`transaction ${shortHex(hash)}`} />
    </span>
  );
}
