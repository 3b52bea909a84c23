import type { Address } from 'viem';

/** Sixteen tiles drawn from the bytes of an address, so that two addresses are told apart at a glance. */
export function Avatar({ address, size = 16 }: { address: Address; size?: number }) {
  const bytes = Array.from({ length: 20 }, (_, i) =>
    Number.parseInt(address.slice(2 + 2 * i, 4 + 2 * i), 16),
  );
  const hue = (((bytes[18] ?? 0) << 8) | (bytes[19] ?? 0)) % 360;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 4 4"
      aria-hidden="true"
      shapeRendering="crispEdges"
      className="shrink-0 rounded-sm"
    >
      <rect width="4" height="4" fill={`hsl(${hue} 30% 30%)`} />
      {bytes.slice(0, 16).map((byte, i) => {
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the tile's place.
            key={i}
            x={i % 4}
            y={i >> 2}
            width="1"
            height="1"
            fill={`hsl(${(hue + byte / 4) % 360} 45% ${28 + (byte % 5) * 12}%)`}
          />
        );
      })}
    </svg>
  );
}
