import { type Address, encodeAbiParameters, getAbiItem, type Hex, keccak256 } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import type { Task, Work } from './task.ts';

const [taskParameter, workParameter] = getAbiItem({ abi: marketAbi, name: 'publish' }).inputs;

/** The id of a task on one market of one chain, as the contract derives it. */
export function taskIdOf(chainId: number, market: Address, task: Task): Hex {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, taskParameter],
      [BigInt(chainId), market, task],
    ),
  );
}

/** What `Task.workHash` must be for this work. */
export function workHashOf(work: Work): Hex {
  return keccak256(encodeAbiParameters([workParameter], [work]));
}
