import type { ContentStore } from '@opengpu/sdk/data/content-store';
import { putWords } from '@opengpu/sdk/data/locate';
import { commitmentTree } from '@opengpu/sdk/protocol/commitment-tree';
import type { Response } from '@opengpu/sdk/protocol/response';
import { bytesToWords } from '@opengpu/sdk/protocol/words';
import { type Address, bytesToHex, stringToHex } from 'viem';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { shardsPerTransaction } from '../policy/decide.ts';
import { leavesOf } from './build-entry.ts';

/** The largest output that rides in calldata, bytes. */
export const mostInlineBytes = 16 * 1024;

/** Where large outputs go, and the base under which readers find them. */
export interface OutputStore {
  store: ContentStore;
  url: string;
}

/**
 * Responses to `open` shards, as many as one transaction should carry, from the front. Larger outputs are put into the
 * content store first and named by a locator. Throws when the journal has no output for a shard, or the store refuses it.
 */
export async function nextResponses(
  entry: JournalEntry,
  provider: Address,
  open: readonly number[],
  journal: Journal,
  outputs: OutputStore,
  signal: AbortSignal,
): Promise<Response[]> {
  const { paths } = commitmentTree(leavesOf(entry.taskId, provider, entry.shards));
  const bytesPerShard = 4 * entry.task.wordsPerElement * entry.task.elementsPerShard;
  const most = shardsPerTransaction(bytesPerShard <= mostInlineBytes ? bytesPerShard : 512);
  const responses: Response[] = [];
  for (const shard of open.slice(0, most)) {
    const position = entry.shards.findIndex((candidate) => candidate.shard === shard);
    const opening = entry.shards[position];
    const bytes = await journal.output(entry.taskId, shard);
    if (!opening || !bytes) throw new Error(`The journal has no output of shard ${shard}.`);
    const inline = bytes.length <= mostInlineBytes;
    responses.push({
      shard,
      provider,
      outputRoot: opening.root,
      salt: opening.salt,
      path: paths[position] ?? [],
      output: inline ? bytesToHex(bytes) : '0x',
      locator: inline ? '0x' : await upload(bytes, outputs, signal),
    });
  }
  return responses;
}

async function upload(bytes: Uint8Array, { store, url }: OutputStore, signal: AbortSignal) {
  const locator = await putWords(store, bytesToWords(bytes), { urls: [url], signal });
  return stringToHex(JSON.stringify(locator));
}
