import { inSlices, type Sliced, stage } from '../sliced.ts';

/** Rows in order of falling score. */
export interface ScoreOrder {
  /** All rows: the first `scoredCount` by falling score (ties in file order), then the rows without a score in file order. */
  readonly order: Uint32Array;
  readonly scoredCount: number;
}

/** Sort keys of one 32-bit word per row, beside the rows they belong to, with room to scatter into. */
interface WordSort {
  words: Uint32Array;
  order: Uint32Array;
  spareWords: Uint32Array;
  spareOrder: Uint32Array;
}

/**
 * Digits of a 32-bit word, lowest first. 11 bits keep the 2,048 write heads of a scatter inside the first-level cache;
 * 16 bits would save two passes and miss the cache on nearly every write.
 */
const DIGITS = [
  { shift: 0, mask: 0x7ff },
  { shift: 11, mask: 0x7ff },
  { shift: 22, mask: 0x3ff },
] as const;
const BUCKETS = 2048;

/**
 * Sorts rows by falling score: least-significant-digit radix sort on the bits of the float64 values.
 *
 * Stable (equal scores keep file order), -0 equals 0, infinities sort to the ends, NaN = no score. A digit in which
 * all rows agree costs no pass, so scores widened from float32 need four passes of six.
 *
 * @param scores one per row; read only, may lie over shared memory
 * @returns the permutation; yields progress in rows. O(n), 20 bytes of scratch a row
 * Source: D. E. Knuth, The Art of Computer Programming 3, 5.2.5 (algorithm R); the order-preserving map of IEEE 754
 * bits (flip all bits of negatives, the sign of the others) is folklore. Little-endian words, as all our platforms have.
 */
export function* sortDescending(scores: Float64Array): Sliced<ScoreOrder> {
  const rowCount = scores.length;
  const keys: Keys = {
    order: new Uint32Array(rowCount),
    low: new Uint32Array(rowCount),
    high: new Uint32Array(rowCount),
    scoredCount: 0,
    unscoredCount: 0,
  };
  const { order, high } = keys;
  const take = inSlices(rowCount, (start, end) => takeKeys(scores, keys, start, end));
  yield* stage(take, 0, 0.1 * rowCount, rowCount);
  const { scoredCount } = keys;
  order.subarray(scoredCount).reverse();
  const sort: WordSort = {
    words: keys.low.subarray(0, scoredCount),
    order: order.subarray(0, scoredCount),
    spareWords: new Uint32Array(scoredCount),
    spareOrder: new Uint32Array(scoredCount),
  };
  yield* stage(sortByWord(sort), 0.1 * rowCount, 0.5 * rowCount, rowCount);
  const gather = inSlices(scoredCount, (start, end) => gatherWords(high, sort, start, end));
  yield* stage(gather, 0.5 * rowCount, 0.6 * rowCount, rowCount);
  yield* stage(sortByWord(sort), 0.6 * rowCount, rowCount, rowCount);
  if (sort.order.buffer !== order.buffer) order.set(sort.order);
  return { order, scoredCount };
}

/** Both words of the rows' keys: rising keys are falling scores. */
interface Keys {
  /** Scored rows from the front, rows without a score from the back (so in reverse). */
  readonly order: Uint32Array;
  /** Low word, in the order of `order`. */
  readonly low: Uint32Array;
  /** High word by row. */
  readonly high: Uint32Array;
  scoredCount: number;
  unscoredCount: number;
}

function takeKeys(scores: Float64Array, keys: Keys, start: number, end: number): void {
  const { order, low, high } = keys;
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, 2 * scores.length);
  let { scoredCount, unscoredCount } = keys;
  for (let row = start; row < end; row++) {
    const score = scores[row]!;
    if (Number.isNaN(score)) {
      order[order.length - ++unscoredCount] = row;
      continue;
    }
    // -0 has the sign bit set and would sort after 0; as a threshold they are the same number.
    const top = score === 0 ? 0 : bits[2 * row + 1]!;
    const flip = ~(top >> 31);
    low[scoredCount] = bits[2 * row]! ^ flip;
    high[row] = top ^ (flip & 0x7fffffff);
    order[scoredCount++] = row;
  }
  keys.scoredCount = scoredCount;
  keys.unscoredCount = unscoredCount;
}

/** Takes up the high word of places [start, end) in the order that the low word left. */
function gatherWords(wordOfRow: Uint32Array, sort: WordSort, start: number, end: number): void {
  const { words, order } = sort;
  for (let i = start; i < end; i++) words[i] = wordOfRow[order[i]!]!;
}

/** Stable ascending sort of `words`, carrying `order`; the buffers of `sort` change places with the spare ones. */
function* sortByWord(sort: WordSort): Sliced<void> {
  const rowCount = sort.words.length;
  const counts = new Uint32Array(3 * BUCKETS);
  const count = inSlices(rowCount, (start, end) => countDigits(sort.words, counts, start, end));
  yield* stage(count, 0, 0.1 * rowCount, rowCount);
  for (const [index, { shift, mask }] of DIGITS.entries()) {
    const heads = counts.subarray(index * BUCKETS, (index + 1) * BUCKETS);
    if (heads[((sort.words[0] ?? 0) >>> shift) & mask] === rowCount) continue;
    turnCountsIntoStarts(heads);
    const pass = inSlices(rowCount, (start, end) => scatter(sort, heads, shift, mask, start, end));
    yield* stage(pass, (0.1 + 0.3 * index) * rowCount, (0.4 + 0.3 * index) * rowCount, rowCount);
    Object.assign(sort, {
      words: sort.spareWords,
      order: sort.spareOrder,
      spareWords: sort.words,
      spareOrder: sort.order,
    });
  }
}

function countDigits(words: Uint32Array, counts: Uint32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    counts[word & 0x7ff]!++;
    counts[BUCKETS + ((word >>> 11) & 0x7ff)]!++;
    counts[2 * BUCKETS + (word >>> 22)]!++;
  }
}

function turnCountsIntoStarts(heads: Uint32Array): void {
  let start = 0;
  for (let digit = 0; digit < heads.length; digit++) {
    const count = heads[digit]!;
    heads[digit] = start;
    start += count;
  }
}

/** Moves rows [start, end) to where their digit belongs; `heads` are the next free places. */
function scatter(
  { words, order, spareWords, spareOrder }: WordSort,
  heads: Uint32Array,
  shift: number,
  mask: number,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    const digit = (word >>> shift) & mask;
    const to = heads[digit]!;
    heads[digit] = to + 1;
    spareWords[to] = word;
    spareOrder[to] = order[i]!;
  }
}
