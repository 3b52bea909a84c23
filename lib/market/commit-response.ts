import { type Address, encodeFunctionData, type Hex } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** A commitment by `provider`: the root of a `commitmentTree`. */
export interface CommitResponse {
  task: Task;
  provider: Address;
  commitment: Hex;
}

/** First Response: binds a provider to its answers before it shows them. */
export const commitResponse: TxAction<CommitResponse> = {
  label: 'Commit',
  review: () => ['The commitment is stored on chain. It costs only gas and can be opened a moment later.'],
  request: (deployment, { task, provider, commitment }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'commit', args: [task, provider, commitment] }),
    value: 0n,
  }),
};
