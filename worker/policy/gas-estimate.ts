/** Gas of a call before its calldata; measured on warm accounts, rounded up. */
const commitGas = 60_000n;
const offerGas = 130_000n;
const respondGas = 110_000n;
/** EIP-7623: what one non-zero byte of calldata costs at most. */
const gasPerByte = 40n;
/** A preview's largest size, bytes. */
const previewBytes = 4_096n;

/** Gas that a First Response job needs from commitment to payment, for `shards` answers of `bytes` each. */
export function firstResponseGas(shards: number, bytesPerShard: number): bigint {
  return commitGas + BigInt(shards) * (respondGas + gasPerByte * BigInt(bytesPerShard));
}

/** Gas that a Manual Confirmation job needs: the offer with its preview, then every answer. */
export function manualConfirmationGas(shards: number, bytesPerShard: number): bigint {
  return (
    offerGas + gasPerByte * previewBytes + BigInt(shards) * (respondGas + gasPerByte * BigInt(bytesPerShard))
  );
}
