import { type DecodeErrorResultReturnType, decodeErrorResult, type Hex, isHex } from 'viem';
import { errorsAbi } from './error-sentences.ts';

/** An error of the contracts, decoded. */
export type ContractError = DecodeErrorResultReturnType<typeof errorsAbi>;

/** How deep wallets and nodes have been seen to wrap the data of a revert, with room. */
const mostDepth = 12;

/** The contracts' own error inside whatever a wallet, a node or viem threw; undefined when there is none that is known. */
export function contractErrorIn(error: unknown): ContractError | undefined {
  for (const data of revertDataIn(error, 0)) {
    try {
      return decodeErrorResult({ abi: errorsAbi, data });
    } catch {
      // Not the data of a revert, or of a contract that is not ours: look further in.
    }
  }
  return undefined;
}

/** Every hex string where one could be, outermost first. */
function* revertDataIn(error: unknown, depth: number): Generator<Hex> {
  if (typeof error !== 'object' || error === null || depth > mostDepth) return;
  for (const key of ['raw', 'data', 'cause', 'error', 'originalError'] as const) {
    if (!(key in error)) continue;
    const inner: unknown = Reflect.get(error, key);
    if (isHex(inner) && inner.length >= 10) yield inner;
    else yield* revertDataIn(inner, depth + 1);
  }
}
