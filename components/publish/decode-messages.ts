import type { Picture } from '@opengpu/sdk/kernels/picture';

/** From the decoding thread: the picture, or a sentence why the file is none. */
export type Decoded = { ok: true; picture: Picture } | { ok: false; reason: string };
