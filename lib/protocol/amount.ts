import { formatEther, formatGwei } from 'viem';

/** An amount of wei in words: "0.5 ETH", "3.2 gwei" or "7 wei". At most six decimals, rounded down, so that nobody is promised more than there is. */
export function amountInWords(wei: bigint): string {
  const size = wei < 0n ? -wei : wei;
  if (size === 0n) return '0 ETH';
  if (size >= 10n ** 12n) return `${clip(formatEther(wei))} ETH`;
  if (size >= 10n ** 6n) return `${clip(formatGwei(wei))} gwei`;
  return `${wei} wei`;
}

function clip(decimal: string): string {
  const [whole, fraction = ''] = decimal.split('.');
  const kept = fraction.slice(0, 6).replace(/0+$/, '');
  return kept === '' ? `${whole}` : `${whole}.${kept}`;
}

/** Basis points in words: 250 → "2.5 %". */
export function percentInWords(bps: number): string {
  return `${bps / 100} %`;
}
