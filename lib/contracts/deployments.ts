import type { Deployment } from './deployment.ts';

const deployments: readonly Deployment[] = [];

/** The contracts on a chain, or undefined where nothing is deployed. */
export function deploymentOf(chainId: number): Deployment | undefined {
  return deployments.find((deployment) => deployment.chainId === chainId);
}
