/** Gas of a call before its calldata; measured on warm accounts, rounded up. */
const commitGas = 60_000n;
const offerGas = 130_000n;
const respondGas = 110_000n;
/** EIP-7623: what one non-zero byte of calldata costs at most. */
const gasPerByte = 40n;
/** A byte of the terms travels with each call, and is hashed and copied there. */
const gasPerTermsByte = gasPerByte + 1n;
/** A preview's largest size, bytes. */
const previewBytes = 4_096n;

/**
 * Gas that a First Response job needs from commitment to payment, for `shards` answers of `bytesPerShard` each, under terms
 * with `termsBytes` of data for the verifier. Terms are counted with each answer, as if none shared its transaction.
 */
export function firstResponseGas(shards: number, bytesPerShard: number, termsBytes: number): bigint {
  return commitGas + termsGas(termsBytes) + answersGas(shards, bytesPerShard, termsBytes);
}

/** Gas that a Manual Confirmation job needs: the offer with its preview, then every answer. Terms as above. */
export function manualConfirmationGas(shards: number, bytesPerShard: number, termsBytes: number): bigint {
  const offer = offerGas + gasPerByte * previewBytes + termsGas(termsBytes);
  return offer + answersGas(shards, bytesPerShard, termsBytes);
}

function answersGas(shards: number, bytesPerShard: number, termsBytes: number): bigint {
  return BigInt(shards) * (respondGas + gasPerByte * BigInt(bytesPerShard) + termsGas(termsBytes));
}

function termsGas(termsBytes: number): bigint {
  return gasPerTermsByte * BigInt(termsBytes);
}
