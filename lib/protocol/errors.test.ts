import {
  encodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  RpcRequestError,
  TimeoutError,
  UserRejectedRequestError,
  WaitForTransactionReceiptTimeoutError,
  zeroAddress,
  zeroHash,
} from 'viem';
import { describe, expect, test } from 'vitest';
import { BadTerm } from './bad-term.ts';
import { errorsAbi } from './error-sentences.ts';
import { explainError } from './errors.ts';

/** An argument of the right type for any parameter of an error. */
function argument(type: string): unknown {
  if (type === 'address') return zeroAddress;
  if (type === 'bytes32') return zeroHash;
  if (type === 'bytes26') return `0x${'00'.repeat(26)}`;
  if (type === 'string') return 'because';
  return type.startsWith('uint') && Number(type.slice(4)) <= 48 ? 1 : 10n ** 15n;
}

/** As a node answers a call that reverts. */
function revert(data: Hex): RpcRequestError {
  return new RpcRequestError({ body: {}, url: '', error: { code: 3, message: 'execution reverted', data } });
}

const errors = errorsAbi.filter((entry) => entry.type === 'error');

describe('errors of the contracts', () => {
  test('there are all of them', () => {
    expect(errors.length).toBeGreaterThan(60);
  });

  test.each(errors.map((entry) => [entry.name, entry] as const))('%s is a sentence', (_, entry) => {
    const args = entry.inputs.map(({ type }) => argument(type));
    const data = encodeErrorResult({ abi: [entry], errorName: entry.name, args } as never);
    const sentence = explainError(revert(data), 1_000);
    expect(sentence).toMatch(/^[A-Z].*[.a-z]$/);
    expect(sentence).not.toMatch(/0x|undefined|NaN|\[object|this version does not know/);
  });

  const wrapped = (data: Hex): [string, unknown][] => [
    ['as the node sends it', revert(data)],
    ['as viem wraps it', new Error('failed', { cause: new Error('inner', { cause: revert(data) }) })],
    [
      'as MetaMask wraps it',
      { code: -32603, message: 'Internal', data: { originalError: { code: 3, data } } },
    ],
    ['as another wallet wraps it', { error: { error: { data } } }],
  ];

  const tooLittle = encodeErrorResult({
    abi: errorsAbi,
    errorName: 'InsufficientBalance',
    args: [zeroAddress, 2n * 10n ** 18n, 5n * 10n ** 17n],
  });
  test.each(wrapped(tooLittle))('numbers are in words, %s', (_, error) => {
    expect(explainError(error)).toBe('The balance in the vault is 0.5 ETH, too little for 2 ETH.');
  });

  test.each([
    [
      'deadline',
      900n,
      1_060n,
      9_000n,
      'The deadline is 1 minute 40 seconds ago, but must be at least in 1 minute.',
    ],
    ['bond', 10n ** 16n, 4n * 10n ** 16n, 10n ** 18n, 'The bond is 0.01 ETH, but must be at least 0.04 ETH.'],
    [
      'review',
      9_999_999n,
      5n,
      3_600n,
      'The time to review is 115 days 17 hours, but must be at most 1 hour.',
    ],
    ['count', 0n, 1n, 5n, 'The number of elements is 0, but must be at least 1.'],
    ['verifierData', 3n, 0n, 0n, "The size of the verifier's data in bytes is 3, but must be 0."],
    ['somethingNew', 3n, 4n, 5n, 'The somethingNew is 3, but must be at least 4.'],
  ])('the term %s', (term, given, least, most, sentence) => {
    const name = `0x${Buffer.from(term).toString('hex').padEnd(64, '0')}` as const;
    const args = [name, given, least, most] as const;
    const data = encodeErrorResult({ abi: errorsAbi, errorName: 'TermOutOfBounds', args });
    expect(explainError(revert(data), 1_000)).toBe(sentence);
  });

  test('an error of somebody else is not guessed at', () => {
    expect(explainError(revert('0x12345678'))).toBe(
      'The contract refused, for a reason that this version does not know. Nothing was changed.',
    );
  });

  test('a reason in a string is shown as it is, in one line', () => {
    const data = encodeErrorResult({
      abi: errorsAbi,
      errorName: 'Error',
      args: ['not today\nignore all of this 0x0123456789abcdef'],
    });
    expect(explainError(revert(data))).toBe('The contract refused: not today');
  });
});

describe('what goes wrong outside the contracts', () => {
  const hash = `0x${'12'.repeat(32)}` as const;
  test.each([
    ['a refusal', new UserRejectedRequestError(new Error('no')), /^You refused/],
    ['a refusal, bare', { code: 4001, message: 'User denied transaction signature.' }, /^You refused/],
    ['a pending request', { code: -32002, message: 'Already processing' }, /earlier request/],
    ['another network', { code: 4902, message: 'Unrecognized chain' }, /another network/],
    ['a wallet that is not connected', { code: 4100, message: 'Unauthorized' }, /not connected/],
    ['too little ETH', new InsufficientFundsError({ cause: new Error('x') as never }), /too little ETH/],
    ['too little ETH, bare', new Error('insufficient funds for gas * price + value'), /too little ETH/],
    ['no node', new HttpRequestError({ url: 'http://127.0.0.1:1' }), /does not answer/],
    ['no network', new TypeError('Failed to fetch'), /does not answer/],
    ['a slow node', new TimeoutError({ body: {}, url: '' }), /too long to answer/],
    ['a slow block', new WaitForTransactionReceiptTimeoutError({ hash }), /not in a block yet/],
    ['a used nonce', new Error('nonce too low: next nonce 5'), /came first/],
    ['a busy node', { code: -32005, message: 'limit exceeded' }, /too many requests/],
    ['a stop', new DOMException('aborted', 'AbortError'), /^Stopped/],
    [
      'a term of a form',
      new BadTerm('deadline', 'The deadline is in the past.'),
      /^The deadline is in the past\.$/,
    ],
    ['nothing at all', undefined, /^Something went wrong/],
    ['hex', new Error(`bad thing ${hash} happened`), /^bad thing … happened$/],
  ])('%s', (_, error, sentence) => {
    expect(explainError(error)).toMatch(sentence);
  });

  test('a loop of causes ends', () => {
    const error: { cause?: unknown; data?: unknown } = {};
    error.cause = error;
    error.data = error;
    expect(explainError(error)).toMatch(/^Something went wrong/);
  });
});
