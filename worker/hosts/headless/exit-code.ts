/** What the process's exit code says. Listed by `--help`. */
export const exitCode = {
  /** Stopped as asked. */
  stopped: 0,
  /** Something unforeseen; the last line says what. */
  failed: 1,
  /** Options, keystore or password are wrong. */
  usage: 2,
  noBrowser: 3,
  noGpu: 4,
  wrongChain: 5,
  /** The provider does not allow this operator. */
  notAllowed: 6,
} as const;

/** Ends the process with a sentence and a code. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly code: number;

  constructor(code: number, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
