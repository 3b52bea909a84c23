import type { WorkerSnapshot } from '../../snapshot.ts';

/** Amounts that JSON cannot carry as numbers. */
const amount = /Wei$/;

/** A snapshot as JSON; amounts in wei are decimal strings. */
export function stringifySnapshot(snapshot: WorkerSnapshot): string {
  return JSON.stringify(snapshot, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** The inverse of `stringifySnapshot`. */
export function parseSnapshot(json: string): WorkerSnapshot {
  return JSON.parse(json, (name, value: unknown) =>
    amount.test(name) && typeof value === 'string' ? BigInt(value) : value,
  );
}
