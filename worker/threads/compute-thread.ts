import { type OpenDevice, openDevice, orLoss } from '../gpu/device.ts';
import { asGpuFailure } from '../gpu/failure.ts';
import { PipelineCache } from '../gpu/kernel-pipeline.ts';
import { runMap } from '../gpu/run-map.ts';
import { runSearch } from '../gpu/run-search.ts';
import type { FromCompute, ToCompute } from './compute-messages.ts';
import { HashClient } from './hash-client.ts';
import { threadScope } from './thread-scope.ts';

const scope = threadScope<ToCompute, FromCompute>();
const hashes = new HashClient();

let opened: Promise<{ open: OpenDevice; pipelines: PipelineCache }> | undefined;
let running: { job: number; abort: AbortController } | undefined;

/** The device in use; a lost one is replaced at the next job. */
function device() {
  opened ??= openDevice().then((open) => {
    void open.lost.then(() => {
      opened = undefined;
    });
    return { open, pipelines: new PipelineCache(open.device) };
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

async function work(message: Exclude<ToCompute, { kind: 'abort' }>): Promise<void> {
  if (message.kind === 'open') {
    const { open } = await device();
    scope.postMessage({ kind: 'opened', adapter: open.name });
    return;
  }
  const { job } = message;
  const abort = new AbortController();
  running = { job, abort };
  const { open, pipelines } = await device();
  const onChunk = (done: number, elementsPerSecond: number) =>
    scope.postMessage({ kind: 'progress', job, done, elementsPerSecond });
  if (message.kind === 'map') {
    const hashing: Promise<void>[] = [];
    const onShard = (shard: number, words: Uint32Array) => {
      const hashed = hashes.hash(words).then(({ root, bytes }) => {
        scope.postMessage({ kind: 'shard', job, shard, root, bytes }, [bytes.buffer]);
      });
      hashed.catch(() => abort.abort());
      hashing.push(hashed);
    };
    await orLoss(open, runMap(open.device, pipelines, message.map, { onShard, onChunk }, abort.signal));
    await Promise.all(hashing);
    scope.postMessage({ kind: 'mapped', job });
  } else {
    const { id, words } = await orLoss(
      open,
      runSearch(open.device, pipelines, message.search, onChunk, abort.signal),
    );
    const { root, bytes } = await hashes.hash(words);
    scope.postMessage({ kind: 'found', job, id, root, bytes }, [bytes.buffer]);
  }
}

scope.onmessage = async ({ data }) => {
  if (data.kind === 'abort') {
    if (running?.job === data.job) running.abort.abort();
    return;
  }
  try {
    await work(data);
  } catch (error) {
    scope.postMessage({
      kind: 'failed',
      job: data.kind === 'open' ? -1 : data.job,
      failure: asGpuFailure(error),
    });
  }
};
