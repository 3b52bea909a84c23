import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { BadTerm, type TermField } from '@opengpu/sdk/protocol/bad-term';
import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { leastBondFactor, type TaskTerms, taskTerms } from '@opengpu/sdk/protocol/task-terms';
import type { Address } from 'viem';
import type { PublishValues, TermValues } from './publish-values';

interface Circumstances {
  client: Address;
  deployment: Deployment;
  /** The chain's time, unix seconds. */
  nowSeconds: number;
}

/** The terms that the form and the draft make together. Throws `BadTerm`. */
export function termsOf(
  values: PublishValues,
  draft: TaskDraft,
  circumstances: Circumstances,
): Promise<TaskTerms> {
  const { terms } = values;
  return taskTerms({
    ...circumstances,
    draft,
    maxPriceWei: amountOf('maxPrice', values.price[values.template]),
    bondWei: terms.bond.trim() === '' || draft.verifier ? undefined : amountOf('bond', terms.bond),
    minOwnStakeWei: terms.minOwnStake.trim() === '' ? undefined : amountOf('minOwnStake', terms.minOwnStake),
    deadlineSeconds: deadlineOf(terms, circumstances.nowSeconds),
    reviewSeconds: Number(terms.review),
    deliverySeconds: Number(terms.delivery),
  });
}

/** Wei a response puts at risk as the form stands; undefined while it cannot be read. */
export function bondOf(values: PublishValues, draft: TaskDraft): bigint | undefined {
  if (draft.verifier) return 0n;
  const given = parseAmount(
    values.terms.bond.trim() === '' ? values.price[values.template] : values.terms.bond,
  );
  if (!given.ok) return undefined;
  return values.terms.bond.trim() === '' ? leastBondFactor * given.wei : given.wei;
}

/** Unix seconds. Throws `BadTerm` when a date is chosen and none is given. */
export function deadlineOf({ deadline, deadlineDate }: TermValues, nowSeconds: number): number {
  if (deadline !== 'date') return nowSeconds + Number(deadline);
  const at = new Date(deadlineDate).getTime();
  if (Number.isNaN(at)) throw new BadTerm('deadline', 'Choose the date and the time of the deadline.');
  return Math.floor(at / 1_000);
}

function amountOf(field: TermField, text: string): bigint {
  const parsed = parseAmount(text);
  if (!parsed.ok) {
    const given = text.trim().slice(0, 40);
    throw new BadTerm(field, given ? `“${given}”: ${parsed.reason}` : parsed.reason);
  }
  return parsed.wei;
}
