import { type Hex, hexToBytes, size, stringToHex } from 'viem';
import { z } from 'zod';

// The app's Content-Security-Policy forbids eval, which zod would otherwise try.
z.config({ jitless: true });

/**
 * What a client says about a task beside its terms: UTF-8 JSON, at most 4 KiB, hashed in the terms.
 * It comes from strangers: read it with `parseMetadata` only.
 */
export interface Metadata {
  /** Shown as text only; at most 80 characters. */
  name: string;
  /** The catalogue template that made the task, when one did. */
  template?: 'fractal' | 'photo' | 'search';
  result: ResultKind;
  /** Where each of the work's input buffers is, in order. */
  inputs: Locator[];
}

/** How the output is to be shown. */
export type ResultKind =
  /** One word a pixel, 0xRRGGBBAA, row after row (a shard is a band of rows). */
  | { kind: 'image'; width: number; height: number; layout: 'rows' }
  /** The same, in square tiles of `tile` pixels, tile after tile, row-major inside a tile (a shard is a tile). */
  | { kind: 'image'; width: number; height: number; layout: 'tiles'; tile: number }
  /** found (0 or 1) and the eight words of a CREATE2 salt. */
  | { kind: 'create2Salt' }
  | { kind: 'words' };

/** Where bytes are. Whoever reads them checks them against the Merkle root in the terms. */
export type Locator =
  /** The bytes themselves, words big-endian. */
  | { inline: `0x${string}` }
  /** In the event log of `Blobs`, under their keccak256. */
  | { blob: `0x${string}` }
  /**
   * A raw CID (sha2-256). Up to 1 MiB: the bytes themselves. Above: an index block, the sha2-256 digests
   * (32 bytes each) of the 1 MiB blocks in order. `urls` are bases of HTTP sources that serve `/ipfs/<cid>`.
   */
  | { cid: string; urls?: string[] };

/** Bytes that metadata may have. */
export const mostMetadataBytes = 4096;
/** Characters of a name. */
export const mostNameCharacters = 80;
/** Pixels of a picture. */
export const mostPixels = 16 * 1024 * 1024;

/** Either what a stranger's bytes say, or one sentence why they are not metadata. */
export type ParsedMetadata = { ok: true; metadata: Metadata } | { ok: false; reason: string };

const hexOf = (pattern: RegExp) => z.custom<Hex>((value) => typeof value === 'string' && pattern.test(value));

const locator = z.union([
  z.object({ inline: hexOf(/^0x([0-9a-f]{8})+$/i) }),
  z.object({ blob: hexOf(/^0x[0-9a-f]{64}$/i) }),
  z.object({
    cid: z.string().regex(/^b[a-z2-7]{20,120}$/),
    urls: z
      .array(z.url({ protocol: /^https?$/ }).max(256))
      .max(8)
      .optional(),
  }),
]);

const side = z.int().min(1).max(65_535);
const result = z
  .union([
    z.object({ kind: z.literal('image'), width: side, height: side, layout: z.literal('rows') }),
    z.object({ kind: z.literal('image'), width: side, height: side, layout: z.literal('tiles'), tile: side }),
    z.object({ kind: z.literal('create2Salt') }),
    z.object({ kind: z.literal('words') }),
  ])
  .refine((given) => given.kind !== 'image' || given.width * given.height <= mostPixels)
  .refine(
    (given) =>
      given.kind !== 'image' ||
      given.layout !== 'tiles' ||
      (given.width % given.tile === 0 && given.height % given.tile === 0),
  );

const schema = z.object({
  name: z.string().transform(cleanName).pipe(z.string().min(1)),
  template: z.enum(['fractal', 'photo', 'search']).optional().catch(undefined),
  result,
  inputs: z.array(locator).max(8),
});

/** Reads metadata that came from a stranger: bounded, cleaned, never throws. Unknown fields are dropped. */
export function parseMetadata(bytes: Hex): ParsedMetadata {
  const length = size(bytes);
  if (length > mostMetadataBytes) {
    return { ok: false, reason: `The description has ${length} bytes; ${mostMetadataBytes} are allowed.` };
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(hexToBytes(bytes)));
  } catch {
    return { ok: false, reason: 'The description is not JSON.' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, metadata: parsed.data };
  const field = parsed.error.issues[0]?.path.join('.');
  return { ok: false, reason: `The description's ${field || 'form'} is not understood.` };
}

/** Metadata as bytes for `publish`. Throws a sentence when a reader would refuse them. */
export function encodeMetadata(metadata: Metadata): Hex {
  const bytes = stringToHex(JSON.stringify({ ...metadata, name: cleanName(metadata.name) }));
  const parsed = parseMetadata(bytes);
  if (!parsed.ok) throw new Error(parsed.reason);
  return bytes;
}

/**
 * A name that can be shown in one line: no control characters, no marks that reverse or hide text
 * (Unicode categories Cc, Cf, Zl, Zp, unassigned and private), runs of blanks as one space, clipped.
 */
export function cleanName(name: string): string {
  const visible = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return [...visible].slice(0, mostNameCharacters).join('').trim();
}
