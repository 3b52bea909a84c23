import { merkleRootOfLarge } from '@opengpu/sdk/protocol/merkle';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import type { FromHash, ToHash } from './compute-messages.ts';
import { threadScope } from './thread-scope.ts';

const scope = threadScope<ToHash, FromHash>();

scope.onmessage = async ({ data }) => {
  try {
    const bytes = wordsToBytes(data.words);
    const root = await merkleRootOfLarge(bytes);
    scope.postMessage({ ticket: data.ticket, root, bytes }, [bytes.buffer]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    scope.postMessage({ ticket: data.ticket, root: '0x', bytes: new Uint8Array(), error: text });
  }
};
