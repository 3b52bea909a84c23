'use client';

import { readIsOperator } from '@opengpu/sdk/market/read-is-operator';
import type { ProviderOnChain } from '@opengpu/sdk/market/read-providers';
import { setOperator } from '@opengpu/sdk/market/set-operator';
import { percentInWords } from '@opengpu/sdk/protocol/amount';
import { useQuery } from '@tanstack/react-query';
import { type Address, parseEther } from 'viem';
import { chainClient } from '@/components/market/chain-client';
import { deployment } from '@/components/market/environment';
import { useMarket } from '@/components/market/market-provider';
import { TransactionButton } from '@/components/tx/transaction-button';
import { AccountName } from '@/components/ui/account-name';
import { Eth } from '@/components/ui/eth';
import { Fact, Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import { TakeStakeOut } from './take-stake-out';
import { useOperator } from './use-operator';

/** Gas money that one press sends to the key. */
const topUpWei = parseEther('0.2');

/** The provider's stake, locks and record, and its working key. */
export function ProviderPanel({ onChain }: { onChain: ProviderOnChain }) {
  return (
    <>
      <Section title="Your stake and record">
        <Facts>
          <Fact name="Staked behind you">
            <Eth wei={onChain.stakeWei} />
          </Fact>
          <Fact name="Locked now">
            <Eth wei={onChain.heldWei + onChain.tailWei} />
          </Fact>
          <Fact name="Can still be locked">
            <Eth wei={onChain.lockableWei} />
          </Fact>
          <Fact name="Lock limit">
            <Eth wei={onChain.lockLimitWei} />
          </Fact>
          <Fact name="Commission">{percentInWords(onChain.commissionBps)}</Fact>
          <Fact name="Balance in the vault">
            <Eth wei={onChain.balanceWei} />
          </Fact>
          <Fact name="Shards paid">
            <span className="figure">{onChain.settled}</span>
          </Fact>
          <Fact name="Missed, slashed">
            <span className="figure">
              {onChain.missed}, {onChain.slashed}
            </span>
          </Fact>
          <Fact name="Earned in all">
            <Eth wei={onChain.earnedWei} />
          </Fact>
        </Facts>
      </Section>
      <OperatorSection provider={onChain.provider} />
      <TakeStakeOut onChain={onChain} />
    </>
  );
}

function OperatorSection({ provider }: { provider: Address }) {
  const { state } = useMarket();
  const operator = useOperator(provider);
  const known = state.providers.get(provider)?.operators;
  const allowed = useQuery({
    queryKey: ['isOperator', provider, operator.data, known?.size],
    enabled: operator.data !== undefined && deployment !== undefined,
    queryFn: () => {
      if (!deployment || !operator.data) throw new Error('There is no key to ask about.');
      return readIsOperator(chainClient, deployment, provider, operator.data);
    },
  });
  const gas = useQuery({
    queryKey: ['gas', operator.data],
    enabled: operator.data !== undefined,
    refetchInterval: 5_000,
    queryFn: () => chainClient.getBalance({ address: operator.data ?? provider }),
  });
  if (!operator.data) return null;
  const key = operator.data;
  return (
    <Section title="The working key">
      <Facts>
        <Fact name="In this browser">
          <AccountName address={key} copy />
        </Fact>
        <Fact name="May work for you">{allowed.data === undefined ? '–' : allowed.data ? 'yes' : 'no'}</Fact>
        <Fact name="Gas left">{gas.data === undefined ? '–' : <Eth wei={gas.data} />}</Fact>
      </Facts>
      <div className="flex flex-wrap gap-3">
        <TransactionButton
          small
          tone={allowed.data ? 'plain' : 'safelight'}
          action={setOperator}
          label={allowed.data ? 'Top up gas' : 'Allow this key'}
          input={() => ({ operator: key, allowed: true, floatWei: topUpWei, source: 'wallet' })}
        />
        {allowed.data ? (
          <TransactionButton
            small
            tone="fault"
            action={setOperator}
            label="Revoke key"
            input={() => ({ operator: key, allowed: false, floatWei: 0n, source: 'balance' })}
          />
        ) : null}
      </div>
    </Section>
  );
}
