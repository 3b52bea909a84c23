import { type Address, isAddress } from 'viem';
import type { Deployment } from './deployment.ts';
import local from './deployments/31337.json' with { type: 'json' };

/** What contracts/script/Deploy.s.sol writes. */
type DeploymentFile = Record<
  'vault' | 'fraudProof' | 'market' | 'blobs' | 'lens' | 'create2Search',
  string
> & {
  chainId: number;
  fromBlock: number;
  constants: Deployment['constants'];
};

const files: readonly DeploymentFile[] = [local];

/** The contracts on a chain, or undefined where nothing is deployed. */
export function deploymentOf(chainId: number): Deployment | undefined {
  const file = files.find((one) => one.chainId === chainId);
  return file && parseDeployment(file);
}

/** A deployment as the rest of the SDK uses it. Throws when an address is none. */
export function parseDeployment(file: DeploymentFile): Deployment {
  return {
    chainId: file.chainId,
    vault: addressOf(file.vault),
    fraudProof: addressOf(file.fraudProof),
    market: addressOf(file.market),
    blobs: addressOf(file.blobs),
    lens: addressOf(file.lens),
    create2Search: addressOf(file.create2Search),
    fromBlock: BigInt(file.fromBlock),
    constants: file.constants,
  };
}

function addressOf(text: string): Address {
  if (!isAddress(text)) throw new Error(`${text} in the deployments is no address.`);
  return text;
}
