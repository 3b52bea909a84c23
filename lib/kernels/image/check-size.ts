import { mostPixels } from '../../protocol/metadata.ts';
import { ImageRefused } from './image-refused.ts';

/** Throws `ImageRefused` for a width and height that a header names and that are empty or too large. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new ImageRefused('This picture has no pixels.');
  if (width * height > mostPixels || width > 65_535 || height > 65_535) {
    const megapixels = ((width * height) / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
    throw new ImageRefused(
      `This picture has ${width} × ${height} pixels (${megapixels} megapixels); at most 16 megapixels and 65,535 a side are taken.`,
    );
  }
}
