import { type Address, zeroAddress } from 'viem';
import type { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { commissionAt } from './commission.ts';
import type { LogFolds } from './log-folds.ts';
import type { MarketDraft, ProviderDraft } from './market-draft.ts';

/** What each event of Vault does to the state. Escrows follow from Market's events. */
export const vaultFolds: LogFolds<typeof vaultAbi> = {
  Deposited: (draft, { to, amount }) => draft.credit(to, amount),
  Withdrawn: (draft, { from, amount }) => draft.credit(from, -amount),
  Transferred(draft, { from, to, amount }) {
    draft.credit(from, -amount);
    draft.credit(to, amount);
  },
  OperatorSet(draft, { provider, operator, allowed }) {
    const { operators } = draft.provider(provider);
    if (allowed) operators.add(operator);
    else operators.delete(operator);
  },
  Staked(draft, { provider, staker, amount, shares }, at) {
    draft.credit(staker, -amount);
    draft.provider(provider).stakeWei += amount;
    draft.addShares(provider, staker, shares);
    draft.note({ kind: 'staked', at, provider, actor: staker, amountWei: amount });
  },
  UnstakeRequested(draft, { provider, staker, shares, readyAt }) {
    draft.provider(provider).tickets.set(staker, { shares, readyAt: Number(readyAt) });
  },
  UnstakeCancelled(draft, { provider, staker }) {
    draft.provider(provider).tickets.delete(staker);
  },
  Unstaked(draft, { provider, staker, shares, amount, readyAt }, at) {
    const pool = draft.provider(provider);
    const rest = (pool.tickets.get(staker)?.shares ?? 0n) - shares;
    if (rest > 0n) pool.tickets.set(staker, { shares: rest, readyAt: Number(readyAt) });
    else pool.tickets.delete(staker);
    pool.stakeWei -= amount;
    draft.addShares(provider, staker, -shares);
    draft.credit(staker, amount);
    draft.note({ kind: 'unstaked', at, provider, actor: staker, amountWei: amount });
  },
  CommissionSet(draft, { provider, commissionBps, from }, at) {
    const pool = draft.provider(provider);
    const rises = Number(from) > at.timestamp;
    pool.commissionBps = rises ? commissionAt(pool, at.timestamp) : commissionBps;
    pool.nextCommission = rises ? { bps: commissionBps, at: Number(from) } : undefined;
  },
  MarketSet(draft, { provider, market, from }, at) {
    const pool = draft.provider(provider);
    const announced = Number(from) > at.timestamp;
    if (!announced) pool.market = market;
    pool.nextMarket = announced ? { market, at: Number(from) } : undefined;
  },
  LockLimitSet(draft, { provider, limit }) {
    draft.provider(provider).lockLimitWei = limit;
  },
  EscrowOpened: () => {},
  EscrowClosed: (draft, { to, amount }) => draft.credit(to, amount),
  Held(draft, { provider, amount }) {
    draft.provider(provider).heldWei += amount;
  },
  Freed(draft, { provider, amount }) {
    draft.provider(provider).heldWei -= amount;
  },
  Settled(draft, { provider, price, toPool, client, refund, held, bond }, at) {
    const pool = draft.provider(provider);
    draft.credit(provider, price - toPool);
    draft.credit(client, refund);
    pool.stakeWei += toPool;
    pool.heldWei -= held;
    if (bond > 0n) addTail(pool, at.timestamp, bond);
  },
  Penalised(draft, { provider, keeper, freed, penalty, reward, ownSharesBurned }) {
    draft.provider(provider).heldWei -= freed;
    lose(draft, provider, penalty, ownSharesBurned);
    draft.credit(keeper, reward);
    draft.credit(zeroAddress, penalty - reward);
  },
  // The market's `Convicted` tells the story; here is the money.
  Slashed(draft, { provider, client, challenger, settledAt, bond, price, reward, ownSharesBurned }) {
    const pool = draft.provider(provider);
    if (settledAt === 0n) pool.heldWei -= bond;
    else addTail(pool, Number(settledAt), -bond);
    lose(draft, provider, bond, ownSharesBurned);
    draft.credit(client, price);
    draft.credit(challenger, reward);
    draft.credit(zeroAddress, bond - price - reward);
  },
};

/** No deployment's window is longer than half of this, seconds: older tails are dropped. */
const tailKeptSeconds = 30 * 86_400;

function addTail(pool: ProviderDraft, settledAt: number, wei: bigint): void {
  pool.tails.set(settledAt, (pool.tails.get(settledAt) ?? 0n) + wei);
  for (const second of pool.tails.keys()) {
    if (second < settledAt - tailKeptSeconds) pool.tails.delete(second);
  }
}

/** Takes a loss out of a pool: own shares under no ticket burn first, then those under the provider's own ticket. */
function lose(draft: MarketDraft, provider: Address, loss: bigint, ownSharesBurned: bigint): void {
  const pool = draft.provider(provider);
  const ticket = pool.tickets.get(provider);
  const ownFree = pool.ownShares - (ticket?.shares ?? 0n);
  if (ticket && ownSharesBurned > ownFree) {
    const rest = ticket.shares - (ownSharesBurned - ownFree);
    if (rest > 0n) pool.tickets.set(provider, { ...ticket, shares: rest });
    else pool.tickets.delete(provider);
  }
  pool.stakeWei -= loss;
  pool.lockLimitWei = pool.lockLimitWei > loss ? pool.lockLimitWei - loss : 0n;
  draft.addShares(provider, provider, -ownSharesBurned);
}
