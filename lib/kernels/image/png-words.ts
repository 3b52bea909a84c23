import { ImageRefused } from './image-refused.ts';
import type { PngChunks, PngHeader } from './png-chunks.ts';

/** What makes a pixel's word 0xRRGGBBAA of the samples from `at` on. It throws `ImageRefused` for a colour past the palette. */
export function wordReader({
  header,
  palette,
  transparency,
}: PngChunks): (samples: Uint16Array, at: number) => number {
  const { colourType } = header;
  const scaled = scaler(header);
  const word = (red: number, green: number, blue: number, alpha: number) =>
    ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
  // tRNS of grey and RGB pictures names one sample value, two bytes a channel, that is wholly transparent.
  const clear = (channel: number) =>
    transparency.length < 2 * channel + 2
      ? -1
      : ((transparency[2 * channel] ?? 0) << 8) | (transparency[2 * channel + 1] ?? 0);
  const [clearRed, clearGreen, clearBlue] = [clear(0), clear(1), clear(2)];
  switch (colourType) {
    case 0:
      return (samples, at) => {
        const grey = samples[at] ?? 0;
        const value = scaled(grey);
        return word(value, value, value, grey === clearRed ? 0 : 255);
      };
    case 2:
      return (samples, at) => {
        const red = samples[at] ?? 0;
        const green = samples[at + 1] ?? 0;
        const blue = samples[at + 2] ?? 0;
        const alpha = red === clearRed && green === clearGreen && blue === clearBlue ? 0 : 255;
        return word(scaled(red), scaled(green), scaled(blue), alpha);
      };
    case 3:
      return (samples, at) => {
        const entry = samples[at] ?? 0;
        if (3 * entry >= palette.length) throw new ImageRefused('This PNG is damaged: a colour is missing.');
        const [red, green, blue] = [
          palette[3 * entry] ?? 0,
          palette[3 * entry + 1] ?? 0,
          palette[3 * entry + 2] ?? 0,
        ];
        return word(red, green, blue, transparency[entry] ?? 255);
      };
    case 4:
      return (samples, at) => {
        const value = scaled(samples[at] ?? 0);
        return word(value, value, value, scaled(samples[at + 1] ?? 0));
      };
    case 6:
      return (samples, at) =>
        word(
          scaled(samples[at] ?? 0),
          scaled(samples[at + 1] ?? 0),
          scaled(samples[at + 2] ?? 0),
          scaled(samples[at + 3] ?? 0),
        );
    default:
      return colourType satisfies never;
  }
}

/** Takes samples of the header's depth to 0 … 255, rounded to the nearest. */
function scaler({ depth }: PngHeader): (sample: number) => number {
  if (depth === 8) return (sample) => sample;
  const most = 2 ** depth - 1;
  return (sample) => Math.round((sample * 255) / most);
}
