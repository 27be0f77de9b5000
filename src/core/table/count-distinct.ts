/** Exact number of different numbers in a column, and the most frequent ones. */
import { hashWords } from './hash.ts';

/** Ranges of integers up to this size are counted in an array (4 MB) instead of a hash table. */
const MOST_COUNTED_INTEGERS = 1 << 20;

export interface DistinctNumbers {
  readonly distinct: number;
  /** The most frequent values with their counts, most frequent first, ties ascending. */
  readonly top: readonly { readonly value: number; readonly count: number }[];
}

/**
 * Counts the different values (0 and -0 are one) and lists the `limit` most frequent.
 *
 * @param values without NaN
 * @param min least and `max` greatest of the values
 * O(n) expected; at most 40 bytes a row besides the input.
 */
export function countDistinctNumbers(
  values: Float64Array,
  min: number,
  max: number,
  limit: number,
): DistinctNumbers {
  const counted = max - min < MOST_COUNTED_INTEGERS ? countIntegers(values, min, max) : null;
  return topOf(counted ?? countByHash(values), limit);
}

interface Counts {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
  readonly length: number;
}

/** Counts integers of a small range in an array; null when a value is no integer. */
function countIntegers(values: Float64Array, min: number, max: number): Counts | null {
  if (!Number.isInteger(min)) return null;
  const histogram = new Uint32Array(max - min + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Math.trunc(value) !== value) return null;
    const at = value - min;
    histogram[at] = histogram[at]! + 1;
  }
  let length = 0;
  for (let at = 0; at < histogram.length; at++) if (histogram[at]! > 0) length++;
  const found = new Float64Array(length);
  const counts = new Uint32Array(length);
  let i = 0;
  for (let at = 0; at < histogram.length; at++) {
    if (histogram[at]! === 0) continue;
    found[i] = min + at;
    counts[i++] = histogram[at]!;
  }
  return { values: found, counts, length };
}

/** Values a bucket holds on average: its hash table then stays in the first-level cache. */
const BUCKET_VALUES = 1024;

/** Scatters the values by hash into buckets, then counts each bucket in a small table: a cache miss per value less. */
function countByHash(values: Float64Array): Counts {
  const bucketBits = Math.max(0, Math.ceil(Math.log2(Math.max(1, values.length / BUCKET_VALUES))));
  const buckets = scatter(values, bucketBits);
  const found = new Float64Array(values.length);
  const counts = new Uint32Array(values.length);
  let length = 0;
  let slots = new Int32Array(0);
  for (let bucket = 0; bucket < buckets.starts.length - 1; bucket++) {
    const start = buckets.starts[bucket]!;
    const end = buckets.starts[bucket + 1]!;
    const size = 2 ** Math.ceil(Math.log2(Math.max(4, (end - start) * 4)));
    if (slots.length < size) slots = new Int32Array(size);
    slots.fill(0, 0, size);
    const first = length;
    for (let i = start; i < end; i++) {
      const value = buckets.values[i]!;
      let slot = buckets.hashes[i]! & (size - 1);
      while (slots[slot]! !== 0 && found[first + slots[slot]! - 1] !== value) slot = (slot + 1) & (size - 1);
      if (slots[slot] === 0) {
        found[length++] = value;
        slots[slot] = length - first;
      }
      const at = first + slots[slot]! - 1;
      counts[at] = counts[at]! + 1;
    }
  }
  return { values: found, counts, length };
}

/** Counting sort of the values by the upper bits of their hash. */
function scatter(values: Float64Array, bucketBits: number) {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const hashes = new Uint32Array(values.length);
  const starts = new Uint32Array(2 ** bucketBits + 1);
  const shift = 32 - bucketBits;
  const bucketOf = (hash: number) => (bucketBits === 0 ? 0 : hash >>> shift);
  for (let i = 0; i < values.length; i++) {
    const hash = values[i] === 0 ? 0 : hashWords(words[2 * i]!, words[2 * i + 1]!);
    hashes[i] = hash;
    starts[bucketOf(hash) + 1] = starts[bucketOf(hash) + 1]! + 1;
  }
  for (let bucket = 1; bucket < starts.length; bucket++)
    starts[bucket] = starts[bucket]! + starts[bucket - 1]!;
  const next = starts.slice();
  const sorted = new Float64Array(values.length);
  const sortedHashes = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf(hashes[i]!);
    const at = next[bucket]!;
    next[bucket] = at + 1;
    sorted[at] = values[i]!;
    sortedHashes[at] = hashes[i]!;
  }
  return { values: sorted, hashes: sortedHashes, starts };
}

function topOf(counted: Counts, limit: number): DistinctNumbers {
  const { values, counts, length } = counted;
  const better = (a: number, b: number) => counts[b]! - counts[a]! || values[a]! - values[b]!;
  let best: number[] = [];
  let worst = -1;
  for (let i = 0; i < length; i++) {
    if (worst >= 0 && better(i, worst) > 0) continue;
    best.push(i);
    if (best.length < limit * 4) continue;
    best = best.sort(better).slice(0, limit);
    worst = best[limit - 1]!;
  }
  const top = best.sort(better).slice(0, limit);
  return { distinct: length, top: top.map((i) => ({ value: values[i]!, count: counts[i]! })) };
}
