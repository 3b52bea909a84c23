import {
  type Address,
  bytesToHex,
  decodeAbiParameters,
  getContractAddress,
  type Hex,
  hexToBigInt,
  keccak256,
  zeroAddress,
} from 'viem';
import { describe, expect, test } from 'vitest';
import { encodeMetadata, parseMetadata } from '../../../protocol/metadata.ts';
import { wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { conditionOf, expectedTries, type SearchGoal } from './condition.ts';
import { hookFlagNames, hookFlags } from './hook-flags.ts';
import { searchReference } from './reference.ts';
import {
  deterministicDeployer,
  type SearchParams,
  searchTemplate,
  searchWords,
  triesPerElement,
} from './template.ts';

const client: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const params: SearchParams = { ...searchTemplate.defaults, client };

test('the draft is one element under First Response with its verifier', async () => {
  const draft = await searchTemplate.draft(params);
  expect(draft).toMatchObject({ count: 1, elementsPerShard: 1, model: 'firstResponse' });
  expect(parseMetadata(encodeMetadata(draft.metadata))).toEqual({ ok: true, metadata: draft.metadata });
  expect(draft.verifier?.name).toBe('create2Search');
  // The struct that Create2Search.sol decodes: deployer, initCodeHash, mask, wanted.
  const data = decodeAbiParameters(
    [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes20' }, { type: 'bytes20' }],
    draft.verifier?.data ?? '0x',
  );
  expect(data).toEqual([
    deterministicDeployer,
    params.initCodeHash,
    '0x0000000000000000000000000000000000003fff',
    '0x00000000000000000000000000000000000000c0',
  ]);
});

describe('conditions', () => {
  const flags = (...names: (keyof typeof hookFlags)[]): SearchGoal => ({ kind: 'hookFlags', flags: names });
  const prefix = (text: string): SearchGoal => ({ kind: 'prefix', prefix: text });

  test('hook flags have the bits of Uniswap v4', () => {
    expect(hookFlagNames).toHaveLength(14);
    expect(hookFlagNames.map((name) => hookFlags[name])).toEqual([
      13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
    expect(conditionOf(flags('beforeSwap', 'afterSwap'))).toEqual({ value: 0xc0n, mask: 0x3fffn });
    expect(conditionOf(flags('beforeInitialize')).value).toBe(0x2000n);
    expect(conditionOf(flags('afterRemoveLiquidity', 'afterRemoveLiquidityReturnsDelta')).value).toBe(0x101n);
    expect(expectedTries(conditionOf(flags('beforeSwap')))).toBe(16_384);
  });

  test('a prefix of odd length, in any case', () => {
    expect(conditionOf(prefix('0xC0ffe'))).toEqual({ value: 0xc0ffen << 140n, mask: 0xfffffn << 140n });
    expect(expectedTries(conditionOf(prefix('00')))).toBe(256);
  });

  test.each([
    ['flags', flags()],
    ['flags', flags('beforeSwapReturnsDelta')],
    ['flags', { kind: 'hookFlags', flags: ['toString'] } as unknown as SearchGoal],
    ['prefix', prefix('')],
    ['prefix', prefix('0x')],
    ['prefix', prefix('xyz')],
    ['prefix', prefix('12345678901')],
  ] as const)('%s: %o is refused', (field, goal) => {
    expect(() => conditionOf(goal)).toThrow(BadParameter);
    expect(() => conditionOf(goal)).toThrow(expect.objectContaining({ field }));
  });
});

test.each([
  ['client', { client: zeroAddress }],
  ['client', { client: '0x1234' as Address }],
  ['deployer', { deployer: 'me' as Address }],
  ['initCodeHash', { initCodeHash: '0x12' as Hex }],
  ['initCodeHash', { initCodeHash: 'zz' as Hex }],
  ['seed', { seed: -1 }],
  ['seed', { seed: 2 ** 32 }],
  ['seed', { seed: 1.5 }],
] as const)('%s: %o is refused', (field, change) => {
  const condition = conditionOf(params.goal);
  expect(() => searchWords({ ...params, ...change }, condition)).toThrow(expect.objectContaining({ field }));
});

describe('the reference', () => {
  const goal: SearchGoal = { kind: 'prefix', prefix: '0x7e' };
  const words = searchWords({ ...params, goal, seed: 0x01020304 }, conditionOf(goal));

  test('finds salts that give the address, and the first of its element', () => {
    const element = 0xfedcba98;
    const [found, ...salt] = searchReference(words, element, 1);
    expect(found).toBe(1);
    const hex = bytesToHex(wordsToBytes(Uint32Array.from(salt)));
    expect(hex.slice(0, 42)).toBe(client.toLowerCase());
    expect(hex.slice(42, 58)).toBe('01020304fedcba98');
    const addressOf = (last: number) =>
      hexToBigInt(
        getContractAddress({
          opcode: 'CREATE2',
          from: params.deployer,
          salt: `${hex.slice(0, 58)}${last.toString(16).padStart(8, '0')}` as Hex,
          bytecodeHash: params.initCodeHash,
        }),
      ) >> 152n;
    const last = salt.at(-1) ?? 0;
    expect(last).toBeLessThan(triesPerElement);
    expect(addressOf(last)).toBe(0x7en);
    for (let earlier = 0; earlier < last; earlier++) expect(addressOf(earlier)).not.toBe(0x7en);
  });

  test('an element without a hit is nine zeros', () => {
    const rare: SearchGoal = { kind: 'prefix', prefix: '0x0123456789' };
    const none = searchReference(searchWords({ ...params, goal: rare }, conditionOf(rare)), 3, 1);
    expect(none).toEqual(new Uint32Array(9));
  });
});

test('the default init code hash is that of the contract that answers 42', () => {
  expect(searchTemplate.defaults.initCodeHash).toBe(
    keccak256('0x600a600c600039600a6000f3602a60005260206000f3'),
  );
});
