import { errorSentences } from './error-sentences.ts';
import { oneLine } from './one-line.ts';
import { type ContractError, contractErrorIn } from './revert-data.ts';

/**
 * Says in a sentence or two what went wrong and, where possible, what to do: errors of the contracts with their numbers,
 * refusals by a wallet, nodes that do not answer. Never shows hex. `nowSeconds` (unix) is what moments are relative to.
 */
export function explainError(error: unknown, nowSeconds: number = Math.floor(Date.now() / 1_000)): string {
  const contractError = contractErrorIn(error);
  if (contractError) return contractSentence(contractError, nowSeconds);
  const causes = causesOf(error);
  for (const { when, say } of outsideErrors) {
    if (causes.some(when)) return say;
  }
  return ownSentence(error);
}

function contractSentence(error: ContractError, now: number): string {
  // The table has a sentence of matching arguments for every name; TypeScript cannot follow the pair through the union.
  const say = errorSentences[error.errorName] as (args: ContractError['args'], now: number) => string;
  return say(error.args, now);
}

/** An error and everything that it says caused it, as far as it can be read. */
interface Cause {
  name: string;
  message: string;
  code?: number | string;
}

const outsideErrors: readonly { when: (cause: Cause) => boolean; say: string }[] = [
  {
    when: ({ name, code }) =>
      name === 'UserRejectedRequestError' || code === 4001 || code === 'ACTION_REJECTED',
    say: 'You refused the request in the wallet. Nothing was sent.',
  },
  {
    when: ({ code }) => code === -32002,
    say: 'The wallet is still waiting for an answer to an earlier request. Open it and answer there.',
  },
  {
    when: ({ name, code }) => name === 'ChainMismatchError' || name === 'SwitchChainError' || code === 4902,
    say: "The wallet is on another network. Switch to the market's network and try again.",
  },
  {
    when: ({ code }) => code === 4100 || code === 4900 || code === 4901,
    say: 'The wallet is not connected to this page. Connect it and try again.',
  },
  {
    when: ({ name, message }) =>
      name === 'InsufficientFundsError' || /insufficient funds|exceeds (the )?balance/i.test(message),
    say: 'The wallet has too little ETH for the amount and the gas.',
  },
  {
    when: ({ name }) => name === 'WaitForTransactionReceiptTimeoutError',
    say: 'The transaction is sent but not in a block yet. It may still get there: look at it in the wallet before trying again.',
  },
  {
    when: ({ name, message }) => name === 'TimeoutError' || /timed? ?out|took too long/i.test(message),
    say: 'The node took too long to answer. Try again in a moment.',
  },
  {
    when: ({ name, message }) =>
      ['HttpRequestError', 'WebSocketRequestError', 'SocketClosedError', 'RpcUnreachable'].includes(name) ||
      /failed to fetch|fetch failed|networkerror|econnrefused|econnreset|socket hang up/i.test(message),
    say: 'The node does not answer. Check the connection; nothing is lost.',
  },
  {
    when: ({ name, message }) =>
      name === 'NonceTooLowError' ||
      name === 'NonceTooHighError' ||
      /nonce too (low|high)|already known/i.test(message),
    say: 'Another transaction of this account came first. Try again.',
  },
  {
    when: ({ name, message }) =>
      name === 'FeeCapTooLowError' ||
      name === 'TipAboveFeeCapError' ||
      /underpriced|max fee per gas less/i.test(message),
    say: 'The network fee rose meanwhile. Try again.',
  },
  {
    when: ({ code }) => code === -32005 || code === 429,
    say: 'The node gets too many requests. Wait a moment and try again.',
  },
  {
    when: ({ name, code }) => name === 'MethodNotSupportedRpcError' || code === -32601 || code === 4200,
    say: 'The wallet or the node cannot do this.',
  },
  {
    when: ({ name }) => name === 'AbortError',
    say: 'Stopped before it was done.',
  },
  {
    when: ({ name, message }) =>
      name === 'ExecutionRevertedError' ||
      name === 'ContractFunctionRevertedError' ||
      /reverted/i.test(message),
    say: 'The contract refused, for a reason that this version does not know. Nothing was changed.',
  },
];

const mostCauses = 12;

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && causes.length < mostCauses) {
    const { name, message, shortMessage, details, code, status } = next as Partial<Record<string, unknown>>;
    causes.push({
      name: String(name ?? ''),
      message: [message, shortMessage, details].filter((text) => typeof text === 'string').join(' '),
      code: typeof code === 'number' || typeof code === 'string' ? code : statusCode(status),
    });
    next = Reflect.get(next, 'cause') ?? Reflect.get(next, 'error');
  }
  return causes;
}

function statusCode(status: unknown): number | undefined {
  return typeof status === 'number' ? status : undefined;
}

/** Our own errors are sentences already; whatever else comes is cut down to one line without hex. */
function ownSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  return oneLine(text) || 'Something went wrong, and nothing says what.';
}
