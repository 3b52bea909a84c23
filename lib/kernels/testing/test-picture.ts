import type { Picture } from '../picture.ts';

/** A deterministic picture with every kind of pixel: noise, flat areas, extremes and different alphas. */
export function testPicture(width: number, height: number, seed = 1): Picture {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const words = Uint32Array.from({ length: width * height }, (_, index) => {
    const noise = next();
    const column = index % width;
    if (column < width / 3) return noise;
    return column < width / 2 ? 0x3366ccff : noise & 0x80000000 ? 0xffffffff : 0x00000000;
  });
  return { width, height, words };
}
