/** Bytes of a kernel's source, as UTF-8. */
export const mostSourceBytes = 32 * 1024;
/** How deep blocks, parentheses, types and operators may nest. */
export const mostNesting = 120;
/** Statements as written. */
export const mostStatements = 4096;
/** Statements and operations after every call was expanded in place. */
export const mostExpanded = 60_000;
/** How deep calls may nest. */
export const mostCallDepth = 64;
/** Read-only buffers of a kernel. */
export const mostBuffers = 8;
/** Words that one element may write. */
export const mostWordsPerElement = 256;
/** Scalars of one value or variable. */
export const mostScalars = 4096;
/** Words of all local arrays of a kernel after expansion: WGSL promises 8 KiB, GPUs take twice that. */
export const mostArrayWords = 4096;
/** Bytes of EVM code that a chain deploys (EIP-170). */
export const mostCodeBytes = 24_576;
/** Gas of a whole challenge: kernel, proofs and the rest. */
export const mostChallengeGas = 8_000_000;
/** Gas of a challenge apart from the kernel and the proofs of what it reads. */
export const challengeOverheadGas = 120_000;
/** Iterations, all loops of one element together, after which a kernel that is not provable leaves its loops. */
export const loopFuel = 1 << 22;
/** Rounds of one loop. A bound above it comes from the width of a word alone, and is none. */
export const mostTrips = 1 << 24;
