import { type Address, encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** Whose offer for which task. */
export interface WithdrawOffer {
  task: Task;
  provider: Address;
}

/** Takes back an offer that is not confirmed; anyone may once it cannot be confirmed any more. */
export const withdrawOffer: TxAction<WithdrawOffer> = {
  label: 'Withdraw offer',
  review: () => ['The offer ends and the stake that it held is free again.'],
  request: (deployment, { task, provider }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'withdrawOffer', args: [task, provider] }),
    value: 0n,
  }),
};
