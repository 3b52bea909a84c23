import { amountInWords } from '@opengpu/sdk/protocol/amount';
import { formatEther } from 'viem';

/** An amount in words; the exact one, to the wei, on hover. */
export function Eth({ wei, className }: { wei: bigint; className?: string }) {
  return (
    <data
      value={wei.toString()}
      title={`${formatEther(wei)} ETH = ${wei} wei`}
      className={`figure whitespace-nowrap ${className ?? ''}`}
    >
      {amountInWords(wei)}
    </data>
  );
}
