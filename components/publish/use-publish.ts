'use client';

import type { ContentStore } from '@opengpu/sdk/data/content-store';
import { httpStore } from '@opengpu/sdk/data/http-store';
import { uploadInputs } from '@opengpu/sdk/data/upload-inputs';
import type { PublishTask } from '@opengpu/sdk/market/publish-task';
import { useState } from 'react';
import type { Address } from 'viem';
import { deployment } from '@/components/market/environment';
import { draftOf } from './draft-of';
import { type FieldError, fieldErrorOf } from './field-error';
import type { PublishValues } from './publish-values';
import { termsOf } from './terms-of';

/** What happens before the wallet is asked. */
export type Preparation =
  /** Hashing the inputs and making the terms. */
  | { kind: 'hashing' }
  /** Bytes of the inputs that are stored, of all that must be. */
  | { kind: 'storing'; doneBytes: number; totalBytes: number };

/** Prepares what the wallet signs: draft, terms, inputs in the content store. */
export function usePublish(values: PublishValues, client: Address | undefined, nowSeconds: number) {
  const [preparation, setPreparation] = useState<Preparation>();
  const [error, setError] = useState<FieldError>();

  async function prepare(): Promise<PublishTask | undefined> {
    setError(undefined);
    if (!client || !deployment) return undefined;
    setPreparation({ kind: 'hashing' });
    try {
      const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
      const draft = await draftOf(values, client, seed);
      const terms = await termsOf(values, draft, { client, deployment, nowSeconds });
      const stored = draft.inputs.filter((_, i) => 'cid' in (draft.metadata.inputs[i] ?? {}));
      const totalBytes = stored.reduce((sum, { byteLength }) => sum + byteLength, 0);
      if (totalBytes > 0) await uploadInputs(draft, counting(totalBytes, setPreparation));
      return terms;
    } catch (cause) {
      setError(fieldErrorOf(cause));
      return undefined;
    } finally {
      setPreparation(undefined);
    }
  }

  return { prepare, preparation, error };
}

/** The app's own content store, saying how much it has taken. */
function counting(totalBytes: number, report: (preparation: Preparation) => void): ContentStore {
  const store = httpStore({ base: window.location.origin });
  let doneBytes = 0;
  report({ kind: 'storing', doneBytes, totalBytes });
  return {
    ...store,
    async put(bytes, signal) {
      const cid = await store.put(bytes, signal);
      doneBytes = Math.min(totalBytes, doneBytes + bytes.length);
      report({ kind: 'storing', doneBytes, totalBytes });
      return cid;
    },
  };
}
