/** Names of the palettes, in the order a form shows them. */
export const paletteNames = ['ember', 'lagoon', 'aurora', 'orchid', 'graphite'] as const;
/** One of the fractal's palettes. */
export type PaletteName = (typeof paletteNames)[number];

interface Palette {
  /** 0xRRGGBB of points that never escape. */
  inside: number;
  /** Colours on a circle at equal distances; 0xRRGGBB. */
  stops: readonly number[];
}

/** Every palette by name. */
export const palettes: Readonly<Record<PaletteName, Palette>> = {
  ember: {
    inside: 0x0b0508,
    stops: [0x12060f, 0x4a0d1f, 0xa3241b, 0xe8601c, 0xffb53a, 0xfff3c4, 0xd98a3d, 0x5c1f2b],
  },
  lagoon: {
    inside: 0x03101a,
    stops: [0x041a2b, 0x07425f, 0x0f7f97, 0x4cc3b6, 0xd9f5dc, 0xf4d58b, 0xb7683a, 0x2f2335],
  },
  aurora: {
    inside: 0x05060f,
    stops: [0x070b1e, 0x12356b, 0x1a8a8f, 0x5fe0a0, 0xe9ffd8, 0x9d8cf0, 0x5a2f9c, 0x1d1145],
  },
  orchid: {
    inside: 0x0d0612,
    stops: [0x1a0b24, 0x54206b, 0xb0408f, 0xf58a9b, 0xffe6d5, 0xf3b6ff, 0x8a63d8, 0x2e2065],
  },
  graphite: {
    inside: 0x08090a,
    stops: [0x0d0f11, 0x2b2f33, 0x6d747a, 0xc9cfd3, 0xffffff, 0xb0b7bc, 0x595f65, 0x1f2326],
  },
};

/** The sixteen colours (0xRRGGBBAA) that the kernel reads: the stops, with straight mixes between them. */
export function paletteWords(name: PaletteName): number[] {
  const { stops } = palettes[name];
  return Array.from({ length: 16 }, (_, entry) => {
    const a = stops[entry >> 1] ?? 0;
    const b = entry % 2 === 0 ? a : (stops[((entry >> 1) + 1) % stops.length] ?? 0);
    const mix = (shift: number) => (((a >> shift) & 255) + ((b >> shift) & 255)) >> 1;
    return opaque((mix(16) << 16) | (mix(8) << 8) | mix(0));
  });
}

/** 0xRRGGBB as the word 0xRRGGBBFF. */
export function opaque(rgb: number): number {
  return ((rgb << 8) | 255) >>> 0;
}
