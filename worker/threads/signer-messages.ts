import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import type { Address, Hex } from 'viem';
import type { WorkerSettings } from '../policy/settings.ts';
import type { WorkerSnapshot } from '../snapshot.ts';

/** What a worker is started with. */
export interface WorkerOptions {
  deployment: Deployment;
  rpcUrl: string;
  /** The provider's owner address. */
  provider: Address;
  /** Base of the content store. */
  contentUrl: string;
  settings: WorkerSettings;
}

/** To the signer thread. */
export type ToSigner =
  /** `key`: the operator's private key, from a keystore; without it the one kept in this browser is used. */
  | { kind: 'start'; options: WorkerOptions; key: Hex | undefined }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'stop' };

/** From the signer thread. */
export type FromSigner =
  | { kind: 'snapshot'; snapshot: WorkerSnapshot }
  /** It could not start, or stopped by a mistake of its own; `reason` is a sentence. */
  | { kind: 'broken'; reason: string }
  | { kind: 'ended' };
