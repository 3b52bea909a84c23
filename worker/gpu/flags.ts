// The WebGPU specification's flag values: the compiler's DOM types know the dictionaries but not these namespaces.

/** GPUBufferUsage. */
export const bufferUsage = {
  mapRead: 1,
  copySource: 4,
  copyDestination: 8,
  uniform: 64,
  storage: 128,
} as const;
/** GPUMapMode.READ. */
export const mapRead = 1;
/** GPUShaderStage.COMPUTE. */
export const computeStage = 4;
