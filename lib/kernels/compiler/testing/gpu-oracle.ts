import type { Page } from 'playwright-core';
import { openChromiumPage } from '../../testing/chromium-page.ts';

/** Elements first to end of one kernel on given buffers. */
export interface GpuJob {
  wgsl: string;
  inputs: readonly Uint32Array[];
  wordsPerElement: number;
  first: number;
  count: number;
}

interface PlainJob extends Omit<GpuJob, 'inputs'> {
  inputs: number[][];
}

/** WebGPU in headless Chromium, one device for many kernels. */
export class GpuOracle {
  readonly #page: Page;
  readonly close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.#page = page;
    this.close = close;
  }

  static async open(): Promise<GpuOracle> {
    const { page, close } = await openChromiumPage();
    return new GpuOracle(page, close);
  }

  /** The words of each job, or why its text was refused. */
  async run(jobs: readonly GpuJob[]): Promise<(Uint32Array | string)[]> {
    const results: (Uint32Array | string)[] = [];
    for (let at = 0; at < jobs.length; at += 16) {
      const plain = jobs
        .slice(at, at + 16)
        .map(({ wgsl, inputs, wordsPerElement, first, count }): PlainJob => {
          return { wgsl, inputs: inputs.map((words) => [...words]), wordsPerElement, first, count };
        });
      const answers = await this.#page.evaluate(runJobs, plain);
      results.push(
        ...answers.map((answer) => (typeof answer === 'string' ? answer : Uint32Array.from(answer))),
      );
    }
    return results;
  }
}

/** Runs inside the page: it may use nothing from this module. */
async function runJobs(jobs: PlainJob[]): Promise<(number[] | string)[]> {
  const scope = globalThis as { testDevice?: Promise<GPUDevice> };
  scope.testDevice ??= navigator.gpu.requestAdapter().then((adapter) => {
    if (!adapter) throw new Error('The browser offers no WebGPU adapter.');
    return adapter.requestDevice({
      requiredLimits: {
        maxStorageBuffersPerShaderStage: Math.min(10, adapter.limits.maxStorageBuffersPerShaderStage),
      },
    });
  });
  const device = await scope.testDevice;
  const [storage, copySource, copyDestination, uniform, mapRead, compute] = [128, 4, 8, 64, 1, 4];
  return Promise.all(
    jobs.map(async (job) => {
      const buffers: GPUBuffer[] = [];
      const buffer = (size: number, usage: number) => {
        const made = device.createBuffer({ size, usage });
        buffers.push(made);
        return made;
      };
      device.pushErrorScope('validation');
      const module = device.createShaderModule({ code: job.wgsl });
      const entry = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
        binding,
        visibility: compute,
        buffer: { type },
      });
      const data = device.createBindGroupLayout({
        entries: [
          ...job.inputs.map((_, binding) => entry(binding, 'read-only-storage')),
          entry(job.inputs.length, 'storage'),
        ],
      });
      const range = device.createBindGroupLayout({ entries: [entry(0, 'uniform')] });
      const layout = device.createPipelineLayout({ bindGroupLayouts: [data, range] });
      const pipeline = device.createComputePipeline({ layout, compute: { module } });
      const inputs = job.inputs.map((words) => {
        const input = buffer(words.length * 4, storage | copyDestination);
        device.queue.writeBuffer(input, 0, Uint32Array.from(words));
        return input;
      });
      const bytes = job.count * job.wordsPerElement * 4;
      const output = buffer(bytes, storage | copySource | copyDestination);
      // Dirty memory: every word must be written.
      device.queue.writeBuffer(output, 0, new Uint32Array(bytes / 4).fill(0xdeadbeef));
      const staging = buffer(bytes, copyDestination | mapRead);
      const chunk = buffer(16, uniform | copyDestination);
      device.queue.writeBuffer(
        chunk,
        0,
        Uint32Array.from([job.first, job.first + job.count, -job.wordsPerElement * job.first, 0]),
      );
      const group = (layout: GPUBindGroupLayout, resources: GPUBuffer[]) =>
        device.createBindGroup({
          layout,
          entries: resources.map((resource, binding) => ({ binding, resource: { buffer: resource } })),
        });
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group(data, [...inputs, output]));
      pass.setBindGroup(1, group(range, [chunk]));
      pass.dispatchWorkgroups(Math.ceil(job.count / 64));
      pass.end();
      encoder.copyBufferToBuffer(output, 0, staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      const failure = device.popErrorScope();
      const { messages } = await module.getCompilationInfo();
      const refused = messages
        .filter(({ type }) => type === 'error')
        .map(({ lineNum, message }) => `${lineNum}: ${message}`);
      const error = await failure;
      let result: number[] | string = refused.join('\n') || error?.message || '';
      if (result === '') {
        await staging.mapAsync(mapRead);
        result = [...new Uint32Array(staging.getMappedRange())];
      }
      for (const made of buffers) made.destroy();
      return result;
    }),
  );
}
