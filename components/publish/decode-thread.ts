import { decodeImage } from '@opengpu/sdk/kernels/image/decode-image';
import type { Decoded } from './decode-messages';

// A worker's script: 16 megapixels take seconds, in which the page must go on.
self.onmessage = async ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const picture = await decodeImage(new Uint8Array(data));
    const decoded: Decoded = { ok: true, picture };
    self.postMessage(decoded, { transfer: [picture.words.buffer] });
  } catch (error) {
    const decoded: Decoded = { ok: false, reason: error instanceof Error ? error.message : String(error) };
    self.postMessage(decoded);
  }
};
