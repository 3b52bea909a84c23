import type { Address, Hex } from 'viem';
import type { Deployment } from '../contracts/deployment.ts';

/** A call ready to be signed. `value` in wei. */
export interface TxCall {
  to: Address;
  data: Hex;
  value: bigint;
}

/** A write as data: the app's transaction button, the worker's signer and scripts all send the same call. */
export interface TxAction<Input> {
  /** What the button says, e.g. "Publish task". */
  label: string;
  /** What will happen, one plain sentence a line, amounts with units; shown before the wallet asks. */
  review(input: Input): string[];
  request(deployment: Deployment, input: Input): TxCall;
}
