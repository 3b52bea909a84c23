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
