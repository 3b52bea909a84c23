import { adapterName, describeAdapter } from './describe-adapter.ts';
import { GpuError, type GpuFailure } from './failure.ts';

/** A GPU device in use; `lost` settles when it is gone. */
export interface OpenDevice {
  device: GPUDevice;
  name: string;
  lost: Promise<GpuFailure>;
}

/** Opens the browser's fastest device with the largest buffers it allows. Throws `GpuError` (noGpu). */
export async function openDevice(): Promise<OpenDevice> {
  const described = await describeAdapter();
  if (!described.ok) throw new GpuError({ kind: 'noGpu', reason: described.reason });
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new GpuError({ kind: 'noGpu', reason: 'The GPU has just gone: start again.' });
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxBufferSize: adapter.limits.maxBufferSize,
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
    },
  });
  const lost = device.lost.then(
    (info): GpuFailure => ({
      kind: 'deviceLost',
      reason: `The GPU was lost: ${info.message || info.reason || 'no reason given'}.`,
    }),
  );
  return { device, name: adapterName(adapter), lost };
}

/** Runs `work` and throws `GpuError` when the device reports a validation error or runs out of memory in it. */
export async function withErrorScopes<T>(device: GPUDevice, work: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await Promise.allSettled([device.popErrorScope(), device.popErrorScope()]);
    throw error;
  }
  const [memory, validation] = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  if (memory)
    throw new GpuError({ kind: 'outOfMemory', reason: `The GPU is out of memory: ${memory.message}` });
  if (validation) throw new GpuError({ kind: 'validation', reason: validation.message });
  return result;
}

/** How long a lost device may take to say so, after the first call that failed for it, milliseconds. */
const lossMilliseconds = 500;

/** `work`, or the loss of the device as a `GpuError`: calls to a lost device fail in many ways, or never return. */
export async function orLoss<T>({ lost }: OpenDevice, work: Promise<T>): Promise<T> {
  const loss = lost.then((failure): never => {
    throw new GpuError(failure);
  });
  try {
    return await Promise.race([work, loss]);
  } catch (error) {
    if (!(error instanceof GpuError)) {
      await Promise.race([loss, new Promise((resolve) => setTimeout(resolve, lossMilliseconds))]);
    }
    throw error;
  }
}
