import { encodeFunctionData, type Hex } from 'viem';
import type { Deployment } from '../contracts/deployment.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { TxCall } from './tx-action.ts';

/** Several Vault calls in one transaction; `value` (wei) is credited once to the sender and the calls spend it. */
export function vaultMulticall(deployment: Deployment, calls: readonly Hex[], value: bigint): TxCall {
  return {
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'multicall', args: [calls] }),
    value,
  };
}
