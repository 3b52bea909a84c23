import type { Page } from 'playwright-core';
import { runnable } from '../runnable.ts';
import type { CatalogueKernel } from '../template.ts';
import { openChromiumPage } from './chromium-page.ts';

interface Job {
  wgsl: string;
  inputs: number[][];
  wordsPerElement: number;
  /** Ranges of element ids, first to end, each a dispatch of its own. */
  ranges: [number, number][];
  /** Id of the first element of the output buffer, and how many it holds. */
  base: number;
  count: number;
}

/** A real WebGPU device in headless Chromium, for tests that compare kernels with their references. */
export class ChromiumGpu {
  readonly #page: Page;
  readonly close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.#page = page;
    this.close = close;
  }

  static async open(): Promise<ChromiumGpu> {
    const { page, close } = await openChromiumPage();
    return new ChromiumGpu(page, close);
  }

  /** Runs a catalogue kernel's runnable text over `count` elements from id `base` on, in dispatches of `chunk` elements. */
  async run(
    kernel: CatalogueKernel,
    inputs: readonly Uint32Array[],
    { base = 0, count, chunk = count }: { base?: number; count: number; chunk?: number },
  ): Promise<Uint32Array> {
    const ranges: [number, number][] = [];
    for (let first = base; first < base + count; first += chunk) {
      ranges.push([first, Math.min(first + chunk, base + count)]);
    }
    const job: Job = {
      wgsl: runnable(kernel.source),
      inputs: inputs.map((words) => [...words]),
      wordsPerElement: kernel.wordsPerElement,
      ranges,
      base,
      count,
    };
    return Uint32Array.from(await this.#page.evaluate(runJob, job));
  }
}

/** Runs inside the page: it may use nothing from this module. */
async function runJob(job: Job): Promise<number[]> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('The browser offers no WebGPU adapter.');
  const device = await adapter.requestDevice();
  device.pushErrorScope('validation');
  const storage = 128;
  const copySource = 4;
  const copyDestination = 8;
  const uniform = 64;
  const buffer = (size: number, usage: number) => device.createBuffer({ size, usage });
  const module = device.createShaderModule({ code: job.wgsl });
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length > 0)
    throw new Error(errors.map(({ lineNum, message }) => `${lineNum}: ${message}`).join('\n'));
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const inputs = job.inputs.map((words) => {
    const input = buffer(words.length * 4, storage | copyDestination);
    device.queue.writeBuffer(input, 0, Uint32Array.from(words));
    return input;
  });
  const bytes = job.count * job.wordsPerElement * 4;
  const output = buffer(bytes, storage | copySource);
  const staging = buffer(bytes, copyDestination | 1);
  const chunk = buffer(16, uniform | copyDestination);
  const group = (index: number, buffers: GPUBuffer[]) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(index),
      entries: buffers.map((resource, binding) => ({ binding, resource: { buffer: resource } })),
    });
  const data = group(0, [...inputs, output]);
  const range = group(1, [chunk]);
  for (const [first, end] of job.ranges) {
    device.queue.writeBuffer(chunk, 0, Uint32Array.from([first, end, -job.wordsPerElement * job.base, 0]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, data);
    pass.setBindGroup(1, range);
    pass.dispatchWorkgroups(Math.ceil((end - first) / 64));
    pass.end();
    device.queue.submit([encoder.finish()]);
  }
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(output, 0, staging, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(1);
  const words = [...new Uint32Array(staging.getMappedRange())];
  const error = await device.popErrorScope();
  if (error) throw new Error(error.message);
  device.destroy();
  return words;
}
