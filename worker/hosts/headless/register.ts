import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { type BecomeProvider, becomeProvider } from '@opengpu/sdk/market/become-provider';
import { explainError } from '@opengpu/sdk/protocol/errors';
import { createPublicClient, type Hex, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Sender } from '../../chain/sender.ts';

/** The transaction that makes a provider, for a wallet: as JSON (value in wei) and in words. */
export function registration(deployment: Deployment, input: BecomeProvider) {
  const { to, data, value } = becomeProvider.request(deployment, input);
  return {
    transaction: { from: input.provider, to, data, value: value.toString() },
    words: becomeProvider.review(input),
  };
}

/** Sends the registration with the owner's own key and resolves to its hash. Throws a sentence. */
export async function sendRegistration(
  deployment: Deployment,
  input: BecomeProvider,
  rpcUrl: string,
  ownerKey: Hex,
  signal: AbortSignal,
): Promise<Hex> {
  const client = createPublicClient({ transport: http(rpcUrl), pollingInterval: 500 });
  const chainId = await client.getChainId().catch((error: unknown) => {
    throw new Error(explainError(error), { cause: error });
  });
  if (chainId !== deployment.chainId) {
    throw new Error(`The RPC serves chain ${chainId}, the market is on chain ${deployment.chainId}.`);
  }
  const sender = new Sender({
    client,
    account: privateKeyToAccount(ownerKey),
    chainId,
    onConnection: () => undefined,
    onSpent: () => undefined,
  });
  const receipt = await sender.send(becomeProvider.request(deployment, input), signal);
  return receipt.transactionHash;
}
