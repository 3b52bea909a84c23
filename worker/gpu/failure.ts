/** What can go wrong with a GPU job, as data that crosses threads. `reason` is a sentence. */
export type GpuFailure =
  | { kind: 'noGpu'; reason: string }
  | { kind: 'deviceLost'; reason: string }
  | { kind: 'outOfMemory'; reason: string }
  | { kind: 'validation'; reason: string }
  | { kind: 'tooLarge'; reason: string }
  | { kind: 'hung'; reason: string }
  | { kind: 'aborted'; reason: string }
  | { kind: 'other'; reason: string };

/** A `GpuFailure` on its way up. */
export class GpuError extends Error {
  override readonly name = 'GpuError';
  readonly failure: GpuFailure;

  constructor(failure: GpuFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Any thrown value as a failure. */
export function asGpuFailure(error: unknown): GpuFailure {
  if (error instanceof GpuError) return error.failure;
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { kind: 'aborted', reason: 'The job was stopped.' };
  }
  if (error instanceof DOMException && error.name === 'GPUPipelineError') {
    return { kind: 'validation', reason: error.message };
  }
  return { kind: 'other', reason: error instanceof Error ? error.message : String(error) };
}
