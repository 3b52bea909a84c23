import {
  createPublicClient,
  createWalletClient,
  type Hex,
  hexToBigInt,
  http,
  numberToHex,
  type RpcTransactionRequest,
} from 'viem';
import { type HDAccount, mnemonicToAccount } from 'viem/accounts';
import { rpcUrl } from '@/components/market/environment';
import { appChain } from '../app-chain';

/** Anvil's published mnemonic: its accounts hold play money on local chains only. */
const mnemonic = 'test test test test test test test test test test test junk';

type Listener = (...values: unknown[]) => void;

/** An EIP-1193 wallet in the page for account `addressIndex`; it signs without asking, since the app has just shown what. */
export class DevelopmentProvider {
  readonly account: HDAccount;
  private readonly approvedKey: string;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly client;
  private readonly wallet;

  constructor(addressIndex: number) {
    this.account = mnemonicToAccount(mnemonic, { addressIndex });
    this.approvedKey = `opengpu.development.${addressIndex}.approved`;
    this.client = createPublicClient({ chain: appChain, transport: http(rpcUrl) });
    this.wallet = createWalletClient({ account: this.account, chain: appChain, transport: http(rpcUrl) });
  }

  on(event: string, listener: Listener): void {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  removeListener(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }

  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    switch (method) {
      case 'eth_chainId':
        return numberToHex(appChain.id);
      case 'eth_accounts':
        return this.accounts();
      case 'eth_requestAccounts':
        this.approve();
        return this.accounts();
      case 'wallet_requestPermissions':
        this.approve();
        return [
          {
            parentCapability: 'eth_accounts',
            caveats: [{ type: 'filterAddresses', value: this.accounts() }],
          },
        ];
      case 'wallet_revokePermissions':
        localStorage.removeItem(this.approvedKey);
        this.emit('accountsChanged', []);
        return null;
      case 'wallet_switchEthereumChain':
      case 'wallet_addEthereumChain':
        return null;
      case 'personal_sign':
        return this.account.signMessage({ message: { raw: (params as [Hex])[0] } });
      case 'eth_sendTransaction':
        return this.send((params as [RpcTransactionRequest])[0]);
      default:
        return this.client.request({ method, params } as Parameters<typeof this.client.request>[0]);
    }
  }

  private accounts(): string[] {
    return localStorage.getItem(this.approvedKey) ? [this.account.address] : [];
  }

  private approve(): void {
    localStorage.setItem(this.approvedKey, 'yes');
  }

  private emit(event: string, ...values: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...values);
  }

  private send({ to, data, value, gas }: RpcTransactionRequest): Promise<Hex> {
    return this.wallet.sendTransaction({
      to: to ?? undefined,
      data,
      value: value ? hexToBigInt(value) : undefined,
      gas: gas ? hexToBigInt(gas) : undefined,
    });
  }
}
