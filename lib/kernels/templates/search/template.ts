import {
  type Address,
  bytesToHex,
  encodeAbiParameters,
  type Hex,
  hexToBytes,
  isAddress,
  isHex,
  keccak256,
  numberToHex,
  size,
  zeroAddress,
} from 'viem';
import { bytesToWords, wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { searchKernel } from '../../catalogue.ts';
import type { TaskDraft, Template } from '../../template.ts';
import { conditionOf, type SearchCondition, type SearchGoal } from './condition.ts';

/** Salts that one element tries. */
export const triesPerElement = 256;

/** The factory at the same address on nearly every chain: `CREATE2(salt, init code)` of its calldata. */
export const deterministicDeployer: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** Init code of a contract that answers every call with 42, for a first try. */
const answer42: Hex = '0x600a600c600039600a6000f3602a60005260206000f3';

/** An address to be found. */
export interface SearchParams {
  /** Who publishes: the first 20 bytes of the salt, so that a salt found is of use to nobody else. */
  client: Address;
  goal: SearchGoal;
  /** Who executes CREATE2. */
  deployer: Address;
  /** keccak256 of the init code, constructor arguments included. */
  initCodeHash: Hex;
  /** Bytes 20 to 23 of the salt: another one makes another search of the same terms; 0 to 2^32 − 1. */
  seed: number;
}

/** CREATE2 address search: one shard, First Response, judged by the verifier and final at once. */
export const searchTemplate: Template<SearchParams> = {
  id: 'search',
  title: 'Address search',
  summary:
    'Finds a CREATE2 salt whose contract address starts with digits of your choice, or carries the permissions of a Uniswap v4 hook. Several providers race; the first valid salt is paid at once.',
  kernel: searchKernel,
  defaults: {
    client: zeroAddress,
    goal: { kind: 'hookFlags', flags: ['beforeSwap', 'afterSwap'] },
    deployer: deterministicDeployer,
    initCodeHash: keccak256(answer42),
    seed: 0,
  },
  defaultMaxPriceWei: 10_000_000_000_000_000n,
  draft,
};

function draft(params: SearchParams): TaskDraft {
  const condition = conditionOf(params.goal);
  const words = searchWords(params, condition);
  return {
    kernel: searchKernel,
    inputs: [words],
    count: 1,
    elementsPerShard: 1,
    model: 'firstResponse',
    metadata: {
      name: nameOf(params.goal),
      template: 'search',
      result: { kind: 'create2Salt' },
      inputs: [{ inline: bytesToHex(wordsToBytes(words)) }],
    },
    verifier: { name: 'create2Search', data: encodeCondition(params, condition) },
  };
}

function nameOf(goal: SearchGoal): string {
  return goal.kind === 'prefix'
    ? `Address starting with 0x${goal.prefix.trim().replace(/^0x/i, '').toLowerCase()}`
    : `Hook address: ${goal.flags.length === 1 ? goal.flags[0] : `${goal.flags.length} permissions`}`;
}

/** `verifierData` of the Create2Search contract. */
export function encodeCondition(
  params: Pick<SearchParams, 'deployer' | 'initCodeHash'>,
  { value, mask }: SearchCondition,
): Hex {
  return encodeAbiParameters(
    [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes20' }, { type: 'bytes20' }],
    [params.deployer, params.initCodeHash, numberToHex(mask, { size: 20 }), numberToHex(value, { size: 20 })],
  );
}

/** The kernel's `search_words` buffer: 29 words. Throws `BadParameter`. */
export function searchWords(params: SearchParams, { value, mask }: SearchCondition): Uint32Array {
  const { client, deployer, initCodeHash, seed } = params;
  if (!isAddress(client, { strict: false })) throw new BadParameter('client', client, 'an address');
  if (client === zeroAddress)
    throw new BadParameter('client', 'missing', 'the address of a connected wallet');
  if (!isAddress(deployer, { strict: false })) throw new BadParameter('deployer', deployer, 'an address');
  if (!isHex(initCodeHash) || size(initCodeHash) !== 32) {
    throw new BadParameter('initCodeHash', initCodeHash, '32 bytes in hexadecimal, 0x first');
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new BadParameter('seed', seed, 'a whole number from 0 to 4,294,967,295');
  }
  const words = (hex: Hex) => bytesToWords(hexToBytes(hex));
  return Uint32Array.from([
    ...words(deployer),
    ...words(initCodeHash),
    ...words(client),
    seed,
    ...words(numberToHex(value, { size: 20 })),
    ...words(numberToHex(mask, { size: 20 })),
  ]);
}
