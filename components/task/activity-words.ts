import type { Activity } from '@opengpu/sdk/market/state';

/** What an actor did, as the verb of a line: "0x12…ab offered at 0.1 ETH". */
export const activityWords: Record<Activity['kind'], string> = {
  published: 'published, escrow',
  committed: 'committed',
  offered: 'offered at',
  confirmed: 'confirmed an offer at',
  responded: 'was paid',
  missed: 'missed a delivery, lost',
  cancelled: 'cancelled',
  reclaimed: 'got back',
  staked: 'staked',
  unstaked: 'unstaked',
  slashed: 'was slashed',
};
