/** The part of a dedicated worker's global scope that the threads here use, typed by their messages. */
export interface ThreadScope<In, Out> {
  postMessage(message: Out, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<In>) => void) | null;
}

/** This thread's scope. The compiler's DOM types know windows only, hence the cast in one place. */
export function threadScope<In, Out>(): ThreadScope<In, Out> {
  return globalThis as unknown as ThreadScope<In, Out>;
}
