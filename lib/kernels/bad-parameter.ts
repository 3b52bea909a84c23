/** A template parameter out of range; the message is a sentence for the form's field. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
  /** Name of the parameter as in the template's params. */
  readonly field: string;
  readonly given: string;
  /** What would have been allowed, in words. */
  readonly allowed: string;

  constructor(field: string, given: unknown, allowed: string) {
    const shown = String(given).slice(0, 80);
    super(`${field} is ${shown === '' ? 'empty' : shown}; allowed: ${allowed}.`);
    this.field = field;
    this.given = shown;
    this.allowed = allowed;
  }
}
