import { readFileSync } from 'node:fs';
import { isAddress, isHex } from 'viem';
import { z } from 'zod';
import type { Task, Work } from './task.ts';

/** Bytes as the vectors write them. */
export const hex = z.custom<`0x${string}`>((value) => isHex(value));
/** An address as the vectors write it. */
export const address = z.custom<`0x${string}`>((value) => typeof value === 'string' && isAddress(value));
/** Numbers are decimal text there, so that none is cut. */
export const whole = z.string().regex(/^\d+$/).transform(BigInt);
/** The same for what fits a number. */
export const small = z.string().regex(/^\d+$/).transform(Number);

/** `Work` as the vectors write it. */
export const workVector: z.ZodType<Work> = z.object({
  sourceHash: hex,
  codeHash: hex,
  compilerVersion: small,
  inputs: z.array(z.object({ root: hex, words: small })),
});

/** `Task` as the vectors write it. */
export const taskVector: z.ZodType<Task> = z.object({
  client: address,
  workHash: hex,
  count: small,
  wordsPerElement: small,
  elementsPerShard: small,
  model: small,
  minPrice: whole,
  maxPrice: whole,
  bond: whole,
  opensAt: whole,
  deadline: whole,
  bidding: small,
  reveal: small,
  ramp: small,
  delivery: small,
  review: small,
  quorum: small,
  panel: z.array(address),
  verifier: address,
  verifierData: hex,
  minOwnStake: whole,
  metadataHash: hex,
  salt: whole,
});

/** Reads one file of vectors that forge wrote: a list that is not empty, of one kind of entry. */
export function readVectors<Entry>(name: string, entry: z.ZodType<Entry>): Entry[] {
  const file = new URL(`../../contracts/test/vectors/${name}.json`, import.meta.url);
  return z
    .array(entry)
    .min(1)
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}
