// The convolution kernel's meaning, once more by hand, on rows of channels. Nothing is taken from the kernel.

/** Elements `first` to `first + count − 1` of a photo task: one 0xRRGGBBAA word each. */
export function photoReference(
  filterWords: Uint32Array,
  pixels: Uint32Array,
  first: number,
  count: number,
): Uint32Array {
  const [width = 0, height = 0, shift = 0, ...rest] = filterWords;
  const [bias = 0, ...weights] = Int32Array.from(rest);
  const rgba = new DataView(new ArrayBuffer(pixels.length * 4));
  for (const [index, word] of pixels.entries()) rgba.setUint32(index * 4, word);
  const inside = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));

  const result = new DataView(new ArrayBuffer(count * 4));
  for (let index = 0; index < count; index++) {
    const column = (first + index) % width;
    const row = Math.floor((first + index) / width);
    for (let channel = 0; channel < 3; channel++) {
      let sum = bias;
      for (const [place, weight] of weights.entries()) {
        const x = inside(column + (place % 3) - 1, width);
        const y = inside(row + Math.floor(place / 3) - 1, height);
        sum += weight * rgba.getUint8((y * width + x) * 4 + channel);
      }
      result.setUint8(index * 4 + channel, Math.max(0, Math.min(255, Math.floor(sum / 2 ** shift))));
    }
    result.setUint8(index * 4 + 3, rgba.getUint8((first + index) * 4 + 3));
  }
  return Uint32Array.from({ length: count }, (_, index) => result.getUint32(index * 4));
}
