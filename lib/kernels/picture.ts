/** Pixels of a picture, one word 0xRRGGBBAA each, row after row. */
export interface Picture {
  width: number;
  height: number;
  words: Uint32Array;
}

/** Most pixels of a picture: 16 megapixels (2^24), 64 MiB of words. */
export const mostPixels = 1 << 24;
