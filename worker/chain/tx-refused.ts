/** The chain refuses a transaction for a reason that sending it again cannot change; the message is a sentence. */
export class TxRefused extends Error {
  override readonly name = 'TxRefused';
}

/** The operator cannot pay for a transaction's gas. */
export class OutOfGas extends Error {
  override readonly name = 'OutOfGas';
}
