/** Permissions of a Uniswap v4 hook: the pool manager reads them from the low 14 bits of the hook's address. */
export const hookFlags = {
  beforeInitialize: 13,
  afterInitialize: 12,
  beforeAddLiquidity: 11,
  afterAddLiquidity: 10,
  beforeRemoveLiquidity: 9,
  afterRemoveLiquidity: 8,
  beforeSwap: 7,
  afterSwap: 6,
  beforeDonate: 5,
  afterDonate: 4,
  beforeSwapReturnsDelta: 3,
  afterSwapReturnsDelta: 2,
  afterAddLiquidityReturnsDelta: 1,
  afterRemoveLiquidityReturnsDelta: 0,
} as const;

/** Name of one permission; its value in `hookFlags` is the number of its bit. */
export type HookFlag = keyof typeof hookFlags;

/** All names, highest bit first. */
export const hookFlagNames = Object.keys(hookFlags) as HookFlag[];

/** The 14 bits that say permissions. */
export const hookFlagMask = (1n << 14n) - 1n;

/** A permission to return a delta is valid beside the callback itself only. */
export const callbackOf: Partial<Record<HookFlag, HookFlag>> = {
  beforeSwapReturnsDelta: 'beforeSwap',
  afterSwapReturnsDelta: 'afterSwap',
  afterAddLiquidityReturnsDelta: 'afterAddLiquidity',
  afterRemoveLiquidityReturnsDelta: 'afterRemoveLiquidity',
};
