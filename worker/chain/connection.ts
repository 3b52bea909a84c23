import type { OnConnection } from './retry.ts';

/** A loss is worth telling after this long; shorter ones are hiccups, milliseconds. */
const hiccupMilliseconds = 1_500;

/** Whether the RPC answers, as its users last found. */
export class Connection {
  #lost: { reason: string; sinceMilliseconds: number } | undefined;

  readonly report: OnConnection = (connection) => {
    if (connection.ok) this.#lost = undefined;
    else
      this.#lost = {
        reason: connection.reason,
        sinceMilliseconds: this.#lost?.sinceMilliseconds ?? Date.now(),
      };
  };

  /** Why the RPC has not answered for a while, if it has not. */
  get lost(): string | undefined {
    if (!this.#lost || Date.now() - this.#lost.sinceMilliseconds < hiccupMilliseconds) return undefined;
    return this.#lost.reason;
  }
}
