/** A submit should keep the GPU busy for about this long, milliseconds: long enough to fill it, short enough to stop it. */
const targetMilliseconds = 65;
/** Workgroups in one dimension that every adapter allows. */
const mostWorkgroups = 65_535;

/** Sizes chunks so that each takes 50 to 80 ms, learning from the ones before. Pure but for its own memory. */
export class ChunkPacer {
  readonly #workgroupSize: number;
  readonly #most: number;
  #elements: number;

  /** `most` caps a chunk, elements (an output buffer's room); `first` is the size to start with. */
  constructor(workgroupSize: number, most = Number.POSITIVE_INFINITY, first = 4_096) {
    this.#workgroupSize = workgroupSize;
    this.#most = Math.min(most, workgroupSize * mostWorkgroups);
    this.#elements = this.#round(first);
  }

  /** Elements to dispatch next. */
  get elements(): number {
    return this.#elements;
  }

  /** Tells how long a chunk of `elements` took. Grows at most fourfold a step: the first chunks are cheap guesses. */
  took(elements: number, milliseconds: number): void {
    const factor = targetMilliseconds / Math.max(milliseconds, 0.5);
    this.#elements = this.#round(elements * Math.min(4, Math.max(0.1, factor)));
  }

  #round(elements: number): number {
    const groups = Math.max(1, Math.floor(elements / this.#workgroupSize));
    return Math.max(1, Math.min(groups * this.#workgroupSize, this.#most));
  }
}
