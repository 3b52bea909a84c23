/** Pixels of a picture, one word 0xRRGGBBAA each, row after row. */
export interface Picture {
  width: number;
  height: number;
  words: Uint32Array;
}
