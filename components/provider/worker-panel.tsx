'use client';

import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { defaultSettings } from '@opengpu/worker/policy/settings';
import { useState } from 'react';
import type { Address } from 'viem';
import { deployment, rpcUrl } from '@/components/market/environment';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { DeclinedList } from './declined-list';
import { JobList } from './job-list';
import { hasEnded, setWorkerPaused, startWorker, stopWorker } from './tab-worker-store';
import { useWorker, useWorkerPaused } from './use-worker';
import { WorkerFigures } from './worker-figures';
import { WorkerLog } from './worker-log';
import { type SettingsValues, WorkerSettingsForm } from './worker-settings-form';
import { WorkerStatusNote } from './worker-status-note';

/** Start, pause and stop the worker of this tab, and see what it does. */
export function WorkerPanel({ provider }: { provider: Address }) {
  const snapshot = useWorker();
  const paused = useWorkerPaused();
  const [settings, setSettings] = useState<SettingsValues>({ ...defaultSettings, lowestPrice: '0' });
  const lowest = parseAmount(settings.lowestPrice);
  const running = snapshot !== undefined && !hasEnded(snapshot);

  function start() {
    if (!deployment || !lowest.ok) return;
    const { lowestPrice: _, ...rest } = settings;
    startWorker({
      deployment,
      rpcUrl,
      provider,
      contentUrl: window.location.origin,
      settings: { ...rest, lowestPriceWei: lowest.wei },
    });
  }
  return (
    <>
      <Section title="Worker">
        {running ? null : (
          <WorkerSettingsForm
            values={settings}
            error={lowest.ok ? undefined : lowest.reason}
            onChange={(part) => setSettings((before) => ({ ...before, ...part }))}
          />
        )}
        {snapshot ? <WorkerStatusNote snapshot={snapshot} paused={paused} /> : null}
        <div className="flex flex-wrap gap-3">
          {running ? (
            <RunningControls paused={paused} stopping={snapshot.status.kind === 'stopping'} />
          ) : (
            <Button tone="safelight" disabled={!lowest.ok || settings.kernels.length === 0} onClick={start}>
              Start working
            </Button>
          )}
        </div>
        {snapshot ? <WorkerFigures snapshot={snapshot} /> : null}
      </Section>
      {snapshot ? (
        <>
          <Section title="Jobs">
            <JobList jobs={snapshot.jobs} />
          </Section>
          <Section title="Passed over">
            <DeclinedList declined={snapshot.declined} />
          </Section>
          <Section title="Log">
            <WorkerLog lines={snapshot.log} />
          </Section>
        </>
      ) : null}
    </>
  );
}

function RunningControls({ paused, stopping }: { paused: boolean; stopping: boolean }) {
  return (
    <>
      {paused ? (
        <Button tone="safelight" onClick={() => setWorkerPaused(false)}>
          Resume
        </Button>
      ) : (
        <Button disabled={stopping} onClick={() => setWorkerPaused(true)}>
          Pause
        </Button>
      )}
      <Button disabled={stopping} onClick={() => stopWorker()}>
        Stop working
      </Button>
    </>
  );
}
