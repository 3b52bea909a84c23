import type { TaskDraft } from '../kernels/template.ts';
import type { ContentStore } from './content-store.ts';
import { putWords } from './locate.ts';

/** Stores every input that the draft's metadata names by CID. To be done before the task is published. */
export async function uploadInputs(
  draft: TaskDraft,
  store: ContentStore,
  signal?: AbortSignal,
): Promise<void> {
  for (const [index, locator] of draft.metadata.inputs.entries()) {
    const words = draft.inputs[index];
    if (!('cid' in locator) || !words) continue;
    const stored = await putWords(store, words, { signal });
    if (!('cid' in stored) || stored.cid !== locator.cid)
      throw new Error(`Input ${index} is not what its CID says.`);
  }
}
