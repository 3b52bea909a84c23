/** Names of the filters, in the order a form shows them. */
export const filterNames = ['sharpen', 'blur', 'edges', 'emboss'] as const;
/** One of the photo template's filters. */
export type FilterName = (typeof filterNames)[number];

interface Filter {
  title: string;
  /** Row after row, in 1/divisor. */
  weights: readonly number[];
  divisor: number;
  /** Added to each channel, 0 to 255. */
  bias: number;
}

/** Every filter by name. */
export const filters: Readonly<Record<FilterName, Filter>> = {
  sharpen: { title: 'Sharpen', weights: [0, -1, 0, -1, 5, -1, 0, -1, 0], divisor: 1, bias: 0 },
  blur: { title: 'Blur', weights: [1, 2, 1, 2, 4, 2, 1, 2, 1], divisor: 16, bias: 0 },
  edges: { title: 'Edges', weights: [-1, -1, -1, -1, 8, -1, -1, -1, -1], divisor: 1, bias: 0 },
  emboss: { title: 'Emboss', weights: [-2, -1, 0, -1, 0, 1, 0, 1, 2], divisor: 1, bias: 128 },
};

/** Bits after the point of the kernel's weights. */
export const weightBits = 8;

/**
 * The kernel's nine weights and its bias, in 1/256, for a filter of some strength (percent, 0 to 100), mixed with the
 * picture as it is. The centre takes up the rounding, so that a flat area keeps its brightness under sharpen and blur.
 */
export function filterWeights(
  name: FilterName,
  strengthPercent: number,
): { weights: number[]; bias: number } {
  const { weights, divisor, bias } = filters[name];
  const part = strengthPercent / 100;
  const one = 1 << weightBits;
  const mixed = weights.map((weight, place) =>
    Math.round(one * ((part * weight) / divisor + (place === 4 ? 1 - part : 0))),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const wanted = Math.round(one * ((part * sum) / divisor + 1 - part));
  const centre = (mixed[4] ?? 0) + wanted - mixed.reduce((total, weight) => total + weight, 0);
  return {
    weights: mixed.map((weight, place) => (place === 4 ? centre : weight)),
    bias: Math.round(one * part * bias),
  };
}
