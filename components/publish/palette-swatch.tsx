import { type PaletteName, palettes } from '@opengpu/sdk/kernels/templates/fractal/palettes';

/** A palette's stops side by side and its name. */
export function PaletteSwatch({ name }: { name: PaletteName }) {
  const { stops } = palettes[name];
  return (
    <span className="inline-flex items-center gap-2 py-1">
      <svg
        width="40"
        height="16"
        viewBox={`0 0 ${stops.length} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {stops.map((stop, place) => (
          <rect
            key={stop}
            x={place}
            width="1.02"
            height="1"
            fill={`#${stop.toString(16).padStart(6, '0')}`}
          />
        ))}
      </svg>
      {name}
    </span>
  );
}
