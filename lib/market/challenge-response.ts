import { type Address, encodeFunctionData, type Hex } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { Proof } from '../protocol/proof.ts';
import { splitOfSlash } from '../protocol/slash.ts';
import type { Task, Work } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** A settled response and the proof that one of its words is wrong. */
export interface ChallengeResponse {
  task: Task;
  work: Work;
  /** Who answered the shard, with which root, for how much: as its `Responded` event says. */
  provider: Address;
  outputRoot: Hex;
  priceWei: bigint;
  proof: Proof;
}

/** Proves one element of a settled response wrong, by anyone: the client gets its price back, the caller a reward. */
export const challengeResponse: TxAction<ChallengeResponse> = {
  label: 'Challenge',
  review({ task, priceWei, proof }) {
    const { rewardWei, burnedWei } = splitOfSlash(task.bond, priceWei);
    return [
      `Word ${proof.word} of element ${proof.id} is computed again on chain; unless it differs from the answer, nothing happens.`,
      `The provider loses its bond of ${amountInWords(task.bond)}: ${amountInWords(priceWei)} goes back to the client, ${amountInWords(rewardWei)} to your balance, ${amountInWords(burnedWei)} is burned.`,
      ...(proof.code === '0x' ? [] : ["The kernel's element code is put on chain first, once for all."]),
    ];
  },
  request: (deployment, { task, work, provider, outputRoot, priceWei, proof }) => ({
    to: deployment.market,
    data: encodeFunctionData({
      abi: marketAbi,
      functionName: 'challenge',
      args: [task, work, provider, outputRoot, priceWei, proof],
    }),
    value: 0n,
  }),
};
