/** ARCHITECTURE "Large files": at most 2 GB of typed arrays, and at most 60 % of the device's memory. */
const MOST_BYTES = 2 * 1024 ** 3;
const MEMORY_SHARE = 0.6;

/**
 * Most bytes of typed arrays that one table may take.
 * @param deviceMemoryGib what the browser tells of the device's memory, in GiB (rounded, at most 8 or 32);
 *   undefined where it does not tell: then only the fixed limit holds
 */
export function maxTableBytes(deviceMemoryGib: number | undefined = toldMemory()): number {
  if (deviceMemoryGib === undefined) return MOST_BYTES;
  return Math.min(MOST_BYTES, Math.floor(deviceMemoryGib * 1024 ** 3 * MEMORY_SHARE));
}

function toldMemory(): number | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly deviceMemory?: number } };
  return navigator?.deviceMemory;
}
