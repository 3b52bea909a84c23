'use client';

import { publishTask } from '@opengpu/sdk/market/publish-task';
import { taskIdOf } from '@opengpu/sdk/protocol/task-id';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { deployment } from '@/components/market/environment';
import { useNow } from '@/components/market/use-now';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { useWallet } from '@/components/wallet/use-wallet';
import { CostStrip } from './cost-strip';
import { FractalForm } from './fractal-form';
import { PhotoForm } from './photo-form';
import { PreparationProgress } from './preparation-progress';
import { initialValues, type PublishValues, type TemplateId } from './publish-values';
import { SearchForm } from './search-form';
import { Summary } from './summary';
import { TemplateGallery } from './template-gallery';
import { TermsForm } from './terms-form';
import { useDraft } from './use-draft';
import { usePublish } from './use-publish';

/** Template, parameters, terms; beside them what they cost; one signature. */
export function PublishPage({ template }: { template: TemplateId }) {
  const router = useRouter();
  const now = useNow();
  const wallet = useWallet();
  const client = wallet.kind === 'ready' ? wallet.address : undefined;
  const [values, setValues] = useState(() => initialValues(template));
  const { draft, error: draftError } = useDraft(values, client);
  const { prepare, preparation, error: publishError } = usePublish(values, client, now);
  const [pressed, setPressed] = useState(false);
  // What is still missing is said once publishing was tried; what is wrong, at once.
  const error = pressed ? (publishError ?? draftError) : draftError?.missing ? undefined : draftError;

  function change(part: Partial<PublishValues>) {
    setPressed(false);
    setValues((before) => ({ ...before, ...part }));
  }
  function changePhoto(part: Partial<PublishValues['photo']>) {
    setPressed(false);
    setValues((before) => ({ ...before, photo: { ...before.photo, ...part } }));
  }
  const errorOf = (field: string) => (error?.field === field ? error.message : undefined);

  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="grid min-w-0 content-start gap-12">
        <TemplateGallery value={values.template} onChange={(chosen) => change({ template: chosen })} />
        <Section title="Parameters">
          {values.template === 'fractal' ? (
            <FractalForm
              values={values.fractal}
              errorOf={errorOf}
              onChange={(fractal) => change({ fractal })}
            />
          ) : values.template === 'photo' ? (
            <PhotoForm values={values.photo} errorOf={errorOf} onChange={changePhoto} />
          ) : (
            <SearchForm values={values.search} errorOf={errorOf} onChange={(search) => change({ search })} />
          )}
        </Section>
        <Section title="Terms">
          <TermsForm
            values={values}
            manual={draft?.model !== 'firstResponse'}
            errorOf={errorOf}
            onChange={change}
          />
        </Section>
        <CostStrip values={values} draft={draft} />
      </div>
      <aside id="summary" aria-label="Summary" className="content-start lg:sticky lg:top-8 lg:self-start">
        <Summary values={values} draft={draft}>
          {preparation ? <PreparationProgress preparation={preparation} /> : null}
          {error && pressed ? (
            <Note
              role={error.field === 'form' ? 'alert' : undefined}
              tone="fault"
              title="Something is not right yet."
            >
              {error.message}
            </Note>
          ) : null}
          <TransactionButton
            action={publishTask}
            disabled={preparation !== undefined}
            input={() => {
              setPressed(true);
              return prepare();
            }}
            onDone={({ task }) => {
              if (deployment) router.push(`/tasks/${taskIdOf(deployment.chainId, deployment.market, task)}`);
            }}
          />
        </Summary>
      </aside>
    </div>
  );
}
