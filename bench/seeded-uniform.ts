/**
 * Uniform draws in [0, 1) with 32 random bits each; the same seed gives the same draws.
 * mulberry32 (T. Ettinger, public domain): enough for inputs of a bench, not for statistics.
 */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
