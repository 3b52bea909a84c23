import { type Address, type Client, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { lensAbi } from '../contracts/generated/lens-abi.ts';

/** A provider as the chain has it now. Amounts in wei; shares at 1e6 a wei when a pool is new. */
export interface ProviderOnChain {
  provider: Address;
  /** Undefined: it serves none, so nothing can be locked. */
  market?: Address;
  stakeWei: bigint;
  shares: bigint;
  requestedShares: bigint;
  /** Its own shares under no ticket, and their worth. */
  ownFreeShares: bigint;
  ownFreeWei: bigint;
  heldWei: bigint;
  tailWei: bigint;
  lockLimitWei: bigint;
  /** The most that a new lock may be. */
  lockableWei: bigint;
  commissionBps: number;
  /** Its balance in the vault. */
  balanceWei: bigint;
  settled: number;
  missed: number;
  slashed: number;
  responseSeconds: number;
  earnedWei: bigint;
}

/** Reads any number of providers in one call, in the order asked for. Throws viem's errors. */
export async function readProviders(
  client: Client,
  { lens }: Deployment,
  providers: readonly Address[],
): Promise<ProviderOnChain[]> {
  const views = await readContract(client, {
    address: lens,
    abi: lensAbi,
    functionName: 'providers',
    args: [providers],
  });
  return views.map(({ provider, pool, record, balance, ownFreeValue, lockable }) => ({
    provider,
    market: pool.market === zeroAddress ? undefined : pool.market,
    stakeWei: pool.assets,
    shares: pool.shares,
    requestedShares: pool.requestedShares,
    ownFreeShares: pool.ownFreeShares,
    ownFreeWei: ownFreeValue,
    heldWei: pool.held,
    tailWei: pool.tail,
    lockLimitWei: pool.lockLimit,
    lockableWei: lockable,
    commissionBps: pool.commissionBps,
    balanceWei: balance,
    settled: record.settled,
    missed: record.missed,
    slashed: record.slashed,
    responseSeconds: Number(record.responseSeconds),
    earnedWei: record.earnedWei,
  }));
}

/** Reads one provider. Throws viem's errors. */
export async function readProvider(
  client: Client,
  deployment: Deployment,
  provider: Address,
): Promise<ProviderOnChain> {
  const [found] = await readProviders(client, deployment, [provider]);
  if (!found) throw new Error('The lens gave no answer for the provider.');
  return found;
}
