import { ProgressBar } from '@/components/ui/progress-bar';
import type { Preparation } from './use-publish';

/** What the form does between its button and the wallet. */
export function PreparationProgress({ preparation }: { preparation: Preparation }) {
  if (preparation.kind === 'hashing') {
    return (
      <div role="status" className="grid gap-1.5 text-[14px]">
        Hashing the inputs
        <ProgressBar done={0} total={0} label="Inputs hashed" />
      </div>
    );
  }
  const { doneBytes, totalBytes } = preparation;
  return (
    <div role="status" className="grid gap-1.5 text-[14px]">
      Storing the picture: {megabytes(doneBytes)} of {megabytes(totalBytes)} MB
      <ProgressBar done={doneBytes} total={totalBytes} label="Picture stored" />
    </div>
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
