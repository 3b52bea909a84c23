import type { KernelRun } from '../compute.ts';
import { GpuError } from './failure.ts';
import { bufferUsage, mapRead } from './flags.ts';
import type { KernelPipeline } from './kernel-pipeline.ts';

/** One kernel with its inputs on the GPU and room for `capacity` elements of output. Destroy it after use. */
export class KernelSession {
  readonly #device: GPUDevice;
  readonly #kernel: KernelPipeline;
  readonly #wordsPerElement: number;
  readonly #inputs: GPUBuffer[];
  readonly #output: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #uniform: GPUBuffer;
  readonly #buffers: GPUBindGroup;
  readonly #chunk: GPUBindGroup;

  /** Throws `GpuError` (tooLarge); errors of allocation show up in the caller's error scope. */
  constructor(device: GPUDevice, kernel: KernelPipeline, run: KernelRun, capacity: number) {
    this.#device = device;
    this.#kernel = kernel;
    this.#wordsPerElement = run.wordsPerElement;
    const outputBytes = capacity * run.wordsPerElement * 4;
    const most = device.limits.maxStorageBufferBindingSize;
    for (const bytes of [outputBytes, ...run.inputs.map((input) => input.byteLength)]) {
      if (bytes > most) {
        throw new GpuError({
          kind: 'tooLarge',
          reason: `A buffer has ${bytes} bytes, this GPU takes ${most}.`,
        });
      }
    }
    this.#inputs = run.inputs.map((words) => {
      const buffer = device.createBuffer({
        size: Math.max(4, words.byteLength),
        usage: bufferUsage.storage | bufferUsage.copyDestination,
      });
      device.queue.writeBuffer(buffer, 0, words.buffer as ArrayBuffer, words.byteOffset, words.byteLength);
      return buffer;
    });
    this.#output = device.createBuffer({
      size: outputBytes,
      usage: bufferUsage.storage | bufferUsage.copySource,
    });
    this.#staging = device.createBuffer({
      size: outputBytes,
      usage: bufferUsage.mapRead | bufferUsage.copyDestination,
    });
    this.#uniform = device.createBuffer({
      size: 16,
      usage: bufferUsage.uniform | bufferUsage.copyDestination,
    });
    this.#buffers = device.createBindGroup({
      layout: kernel.buffers,
      entries: [...this.#inputs, this.#output].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    this.#chunk = device.createBindGroup({
      layout: kernel.chunk,
      entries: [{ binding: 0, resource: { buffer: this.#uniform } }],
    });
  }

  /** Submits elements `first` to `end − 1`, written at `K * (id − base)`; resolves when the GPU has done them. */
  async dispatch(first: number, end: number, base: number): Promise<void> {
    const device = this.#device;
    const shift = (2 ** 32 - ((this.#wordsPerElement * base) % 2 ** 32)) % 2 ** 32;
    device.queue.writeBuffer(this.#uniform, 0, new Uint32Array([first, end, shift, 0]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#kernel.pipeline);
    pass.setBindGroup(0, this.#buffers);
    pass.setBindGroup(1, this.#chunk);
    pass.dispatchWorkgroups(Math.ceil((end - first) / this.#kernel.workgroupSize));
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  }

  /** The first `elements` elements of the output, words. */
  async read(elements: number): Promise<Uint32Array> {
    const device = this.#device;
    const bytes = elements * this.#wordsPerElement * 4;
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#output, 0, this.#staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(mapRead, 0, bytes);
    const words = new Uint32Array(this.#staging.getMappedRange(0, bytes).slice(0));
    this.#staging.unmap();
    return words;
  }

  destroy(): void {
    for (const buffer of [...this.#inputs, this.#output, this.#staging, this.#uniform]) buffer.destroy();
  }
}
