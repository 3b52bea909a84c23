'use client';

import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { type Address, numberToHex } from 'viem';
import { draftOf } from './draft-of';
import { type FieldError, fieldErrorOf } from './field-error';
import type { PublishValues } from './publish-values';

/** Stands for the client in the summary until a wallet is connected; nothing is published with it. */
const nobodyYet: Address = numberToHex(1, { size: 20 });

/** What the form says so far, as a draft or as what is wrong with it. */
export interface DraftState {
  draft: TaskDraft | undefined;
  error: FieldError | undefined;
}

/** Keeps a draft of the form's values at hand for the summary. */
export function useDraft(values: PublishValues, client: Address | undefined): DraftState {
  const { template, fractal, photo, search } = useDeferredValue(values);
  const picture = photo.picture?.choice;
  const parameters = { fractal, photo: { ...photo, picture }, search }[template];
  const query = useQuery({
    queryKey: ['draft', template, parameters, client],
    retry: false,
    gcTime: 0,
    queryFn: () => draftOf({ ...values, template, fractal, photo, search }, client ?? nobodyYet, 0),
  });
  return { draft: query.data, error: query.error ? fieldErrorOf(query.error) : undefined };
}
