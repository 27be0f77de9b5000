/** Hashing for open-addressing tables over typed arrays. */

/** FNV-1a of `bytes[start, end)` with a final mix, since tables take the low bits. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Hash of a float64 given as its two 32-bit words (0 and -0 differ: the caller makes them one); unsigned. */
export function hashWords(low: number, high: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash ^ high, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
