import { inSlices, type Sliced } from '../sliced.ts';
import { compensatedTotal, roundingOf, runningSums } from '../stats/compensated-sum.ts';

/** Sums of amounts over the rows flagged at each threshold, and over all judged rows (unscored ones too). */
export interface RankedAmounts {
  /** Over flagged positives: sum of amounts, sum of their squares; one entry per threshold, as in RankedScores. */
  readonly positive: Float64Array;
  readonly positiveSquared: Float64Array;
  /** Over flagged negatives. */
  readonly negative: Float64Array;
  readonly negativeSquared: Float64Array;
  readonly totalPositive: number;
  readonly totalPositiveSquared: number;
  readonly totalNegative: number;
  readonly totalNegativeSquared: number;
  /** Rows whose amount is missing or infinite: their amount counts as 0. */
  readonly missing: number;
}

/** Flagged rows by outcome, one entry per distinct threshold, as in RankedScores. */
interface FlaggedCounts {
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
}

/**
 * Running compensated sums of amounts and squared amounts by outcome, in order of falling score.
 *
 * @param order all rows: scored ones by falling score, then the others (see ScoreOrder)
 * @param labels 1 = positive, 0 = negative, by row
 * @param amounts by row, NaN = missing
 * @param counts flagged positives and negatives at each distinct threshold: their sum rises to the number of scored rows
 *   and says where the sums are noted
 * @returns sums per threshold and totals; yields progress in rows. O(n)
 */
export function* rankAmounts(
  order: Uint32Array,
  labels: Uint8Array,
  amounts: Float64Array,
  counts: FlaggedCounts,
): Sliced<RankedAmounts> {
  const positive = emptyClass(1, counts.tp.length);
  const negative = emptyClass(0, counts.tp.length);
  const block: Block = {
    labels: new Uint8Array(BLOCK),
    amounts: new Float64Array(BLOCK),
    start: 0,
    count: 0,
  };
  let missing = 0;
  yield* inSlices(order.length, (start, end) => {
    for (block.start = start; block.start < end; block.start += BLOCK) {
      block.count = Math.min(BLOCK, end - block.start);
      missing += gather(block, order, labels, amounts);
      addBlock(positive, block, counts);
      addBlock(negative, block, counts);
    }
  });
  return {
    positive: positive.amount,
    positiveSquared: positive.squared,
    negative: negative.amount,
    negativeSquared: negative.squared,
    totalPositive: compensatedTotal(positive.sums, 0),
    totalPositiveSquared: compensatedTotal(positive.sums, 1),
    totalNegative: compensatedTotal(negative.sums, 0),
    totalNegativeSquared: compensatedTotal(negative.sums, 1),
    missing,
  };
}

/**
 * Rows that are gathered before they are summed; both arrays fit the first-level cache. Gathering apart keeps the reads
 * from memory in flight side by side, which a sum that waits for each label does not (measured: several times slower).
 */
const BLOCK = 2048;

interface Block {
  readonly labels: Uint8Array;
  readonly amounts: Float64Array;
  start: number;
  count: number;
}

/** Running sums of one outcome, and what they were at each threshold passed so far. */
interface ClassSums {
  readonly label: number;
  /** Compensated sums of the amounts (slot 0) and of their squares (slot 1). */
  readonly sums: Float64Array;
  readonly amount: Float64Array;
  readonly squared: Float64Array;
  /** Index of the threshold that is being summed; one past the last: rows without a score. */
  threshold: number;
}

function emptyClass(label: number, thresholds: number): ClassSums {
  return {
    label,
    sums: runningSums(2),
    amount: new Float64Array(thresholds),
    squared: new Float64Array(thresholds),
    threshold: 0,
  };
}

/** Fetches the block's rows; a missing amount becomes 0. Returns how many were missing. */
function gather(block: Block, order: Uint32Array, labels: Uint8Array, amounts: Float64Array): number {
  let missing = 0;
  for (let i = 0; i < block.count; i++) {
    const row = order[block.start + i]!;
    const amount = amounts[row]!;
    const finite = Number.isFinite(amount);
    block.labels[i] = labels[row]!;
    block.amounts[i] = finite ? amount : 0;
    missing += finite ? 0 : 1;
  }
  return missing;
}

/** Adds one outcome's rows of a block. Sums run in locals: kept in arrays they wait for their own stores (4 x slower). */
function addBlock(into: ClassSums, block: Block, counts: FlaggedCounts): void {
  const { label, sums, amount: amountAt, squared: squaredAt } = into;
  const { labels, amounts, start, count } = block;
  let { threshold } = into;
  let end = flaggedAt(counts, threshold);
  let sum = sums[0]!;
  let lost = sums[1]!;
  let squares = sums[2]!;
  let squaresLost = sums[3]!;
  for (let i = 0; i < count; i++) {
    const amount = labels[i] === label ? amounts[i]! : 0;
    const nextSum = sum + amount;
    lost += roundingOf(sum, amount, nextSum);
    sum = nextSum;
    const square = amount * amount;
    const nextSquares = squares + square;
    squaresLost += roundingOf(squares, square, nextSquares);
    squares = nextSquares;
    if (start + i + 1 !== end) continue;
    amountAt[threshold] = sum + lost;
    squaredAt[threshold] = squares + squaresLost;
    threshold++;
    end = flaggedAt(counts, threshold);
  }
  sums.set([sum, lost, squares, squaresLost]);
  into.threshold = threshold;
}

/** Rows flagged at a threshold; NaN, which is no row's number, past the last one. */
function flaggedAt({ tp, fp }: FlaggedCounts, threshold: number): number {
  return threshold < tp.length ? tp[threshold]! + fp[threshold]! : Number.NaN;
}
