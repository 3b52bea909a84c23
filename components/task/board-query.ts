import { type Model, models } from '@opengpu/sdk/protocol/task';
import type { Address } from 'viem';
import type { TaskView } from './task-view';
import { isLive } from './task-words';

export const sorts = ['newest', 'price', 'ending', 'progress'] as const;
/** How the board is ordered. */
export type Sort = (typeof sorts)[number];

export const shows = ['all', 'open', 'ended', 'mine'] as const;
/** Which tasks the board shows. */
export type Show = (typeof shows)[number];

const templates = ['fractal', 'photo', 'search', 'other'] as const;
/** A catalogue kernel, or any other. */
export type KernelChoice = (typeof templates)[number];

/** What the visitor asked the board for; kept in the URL. */
export interface BoardQuery {
  text: string;
  show: Show;
  kernel: KernelChoice | 'any';
  model: Model | 'any';
  sort: Sort;
}

/** Reads a query string; anything unknown is the default. */
export function parseBoardQuery(params: URLSearchParams): BoardQuery {
  return {
    text: (params.get('q') ?? '').slice(0, 80),
    show: oneOf(shows, params.get('show')) ?? 'all',
    kernel: oneOf(templates, params.get('kernel')) ?? 'any',
    model: oneOf(models, params.get('model')) ?? 'any',
    sort: oneOf(sorts, params.get('sort')) ?? 'newest',
  };
}

/** The query string without what is default. */
export function boardQueryString(query: BoardQuery): string {
  const params = new URLSearchParams();
  if (query.text) params.set('q', query.text);
  if (query.show !== 'all') params.set('show', query.show);
  if (query.kernel !== 'any') params.set('kernel', query.kernel);
  if (query.model !== 'any') params.set('model', query.model);
  if (query.sort !== 'newest') params.set('sort', query.sort);
  return params.toString();
}

function oneOf<Value extends string>(values: readonly Value[], given: string | null): Value | undefined {
  return values.find((value) => value === given);
}

/** The tasks that a query asks for, in its order. */
export function selectTasks(
  tasks: readonly TaskView[],
  query: BoardQuery,
  mine: Address | undefined,
): TaskView[] {
  return tasks.filter((task) => matches(task, query, mine)).sort(order[query.sort]);
}

function matches(
  task: TaskView,
  { text, show, kernel, model }: BoardQuery,
  mine: Address | undefined,
): boolean {
  const live = isLive(task.status);
  if (show === 'open' && !live) return false;
  if (show === 'ended' && live) return false;
  if (show === 'mine' && task.record.task.client.toLowerCase() !== mine?.toLowerCase()) return false;
  if (kernel !== 'any' && (task.kernel?.id ?? 'other') !== kernel) return false;
  if (model !== 'any' && task.model !== model) return false;
  const wanted = text.trim().toLowerCase();
  const { taskId, task: terms } = task.record;
  return [task.name, taskId, terms.client].some((field) => field.toLowerCase().includes(wanted));
}

/** What can still be answered comes first. */
const newest = (a: TaskView, b: TaskView) =>
  Number(isLive(b.status)) - Number(isLive(a.status)) ||
  compare(b.record.publishedAt.blockNumber, a.record.publishedAt.blockNumber);

const order: Record<Sort, (a: TaskView, b: TaskView) => number> = {
  newest,
  price: (a, b) => compare(b.record.task.maxPrice, a.record.task.maxPrice) || newest(a, b),
  ending: (a, b) =>
    Number(isLive(b.status)) - Number(isLive(a.status)) ||
    compare(a.record.task.deadline, b.record.task.deadline) ||
    newest(a, b),
  progress: (a, b) => b.done / b.record.shards - a.done / a.record.shards || newest(a, b),
};

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
