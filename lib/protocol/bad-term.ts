/** The terms that a publish form asks for. */
export type TermField = 'maxPrice' | 'bond' | 'deadline' | 'review' | 'delivery' | 'minOwnStake' | 'shards';

/** A term that the market would refuse; `message` is a sentence for the person who typed it. */
export class BadTerm extends Error {
  override readonly name = 'BadTerm';
  readonly field: TermField;

  constructor(field: TermField, message: string) {
    super(message);
    this.field = field;
  }
}
