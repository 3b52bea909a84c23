import type { TaskFacts } from '../protocol/status.ts';

/** How many of a task's offers are open or confirmed; while one is, a Manual Confirmation task cannot be cancelled. */
export function liveOffers({ offers }: Pick<TaskFacts, 'offers'>): number {
  return [...offers.values()].filter(({ status }) => status === 'open' || status === 'confirmed').length;
}
