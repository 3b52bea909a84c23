import type { Address } from 'viem';

/** Where the contracts of one chain are and the constants they were made with. */
export interface Deployment {
  chainId: number;
  vault: Address;
  fraudProof: Address;
  market: Address;
  blobs: Address;
  lens: Address;
  create2Search: Address;
  /** First block that can hold one of their events. */
  fromBlock: bigint;
  constants: {
    /** Seconds. */
    windowSeconds: number;
    unbondingSeconds: number;
    ticketLifeSeconds: number;
    commitmentAgeSeconds: number;
    leastPeriodSeconds: number;
    cancelNoticeSeconds: number;
  };
}
