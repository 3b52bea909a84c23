import type { Picture } from '@opengpu/sdk/kernels/picture';
import type { Decoded } from './decode-messages';

/** Decodes a PNG or JPEG file in a thread of its own, which ends with it. Rejects with a sentence. */
export function decodeFile(file: ArrayBuffer): Promise<Picture> {
  const thread = new Worker(new URL('./decode-thread.ts', import.meta.url), { type: 'module' });
  return new Promise<Picture>((resolve, reject) => {
    thread.onmessage = ({ data }: MessageEvent<Decoded>) => {
      if (data.ok) resolve(data.picture);
      else reject(new Error(data.reason));
    };
    thread.onerror = ({ message }) =>
      reject(new Error(`The picture could not be read: ${message || 'its thread did not start'}.`));
    thread.postMessage(file, [file]);
  }).finally(() => thread.terminate());
}
