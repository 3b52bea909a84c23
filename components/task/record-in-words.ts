import type { ProviderRecord } from '@opengpu/sdk/market/state';

/** What the chain remembers of a provider: "12 paid, 1 missed". */
export function recordInWords({ settled, missed, slashed }: ProviderRecord): string {
  if (settled + missed + slashed === 0) return 'first task';
  const faults = [missed > 0 ? `${missed} missed` : '', slashed > 0 ? `${slashed} slashed` : ''].filter(
    Boolean,
  );
  return [`${settled} paid`, ...faults].join(', ');
}
