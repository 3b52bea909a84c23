import { type Address, getAddress } from 'viem';
import { Avatar } from './avatar';
import { CopyButton } from './copy-button';

/** 0x1234…abcd */
export function shortHex(hex: string): string {
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}

/** An address: avatar, short form (whole on hover), copy button where there is room for one. */
export function AccountName({ address, copy = false }: { address: Address; copy?: boolean }) {
  const whole = getAddress(address);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Avatar address={address} />
      <span className="font-mono text-[13px]" title={whole}>
        {shortHex(whole)}
      </span>
      {copy ? <CopyButton text={whole} label={`address ${shortHex(whole)}`} /> : null}
    </span>
  );
}
