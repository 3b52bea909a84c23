import { withErrorScopes } from './device.ts';
import { GpuError } from './failure.ts';
import { computeStage } from './flags.ts';

/** A compiled kernel with the layouts its bindings need. */
export interface KernelPipeline {
  pipeline: GPUComputePipeline;
  buffers: GPUBindGroupLayout;
  chunk: GPUBindGroupLayout;
  /** Invocations of one workgroup, along x. */
  workgroupSize: number;
}

/** A kernel that needs longer than this to compile is given up, milliseconds. */
const compileDeadlineMilliseconds = 30_000;

/** Compiles each kernel once a device. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, Promise<KernelPipeline>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The pipeline of a WGSL text with `inputs` read-only buffers. Throws `GpuError` (validation, hung). */
  get(wgsl: string, inputs: number): Promise<KernelPipeline> {
    const key = `${inputs}\n${wgsl}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      pipeline = compile(this.#device, wgsl, inputs);
      pipeline.catch(() => this.#pipelines.delete(key));
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }
}

async function compile(device: GPUDevice, wgsl: string, inputs: number): Promise<KernelPipeline> {
  const workgroupSize = Number(/@workgroup_size\(\s*(\d+)/.exec(wgsl)?.[1] ?? Number.NaN);
  if (!Number.isInteger(workgroupSize)) {
    throw new GpuError({ kind: 'validation', reason: 'The kernel names no workgroup size.' });
  }
  const storage = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: computeStage,
    buffer: { type },
  });
  const compiled = withErrorScopes(device, async () => {
    const buffers = device.createBindGroupLayout({
      entries: [
        ...Array.from({ length: inputs }, (_, binding) => storage(binding, 'read-only-storage')),
        storage(inputs, 'storage'),
      ],
    });
    const chunk = device.createBindGroupLayout({ entries: [storage(0, 'uniform')] });
    const module = device.createShaderModule({ code: wgsl });
    const { messages } = await module.getCompilationInfo();
    const error = messages.find(({ type }) => type === 'error');
    if (error) {
      throw new GpuError({
        kind: 'validation',
        reason: `The kernel does not compile: line ${error.lineNum}: ${error.message}`,
      });
    }
    const layout = device.createPipelineLayout({ bindGroupLayouts: [buffers, chunk] });
    const pipeline = await device.createComputePipelineAsync({ layout, compute: { module } });
    return { pipeline, buffers, chunk, workgroupSize };
  });
  return await withDeadline(compiled, compileDeadlineMilliseconds);
}

async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new GpuError({ kind: 'hung', reason: `Compiling took longer than ${milliseconds / 1000} s.` }),
        ),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
