import { DataError } from '../errors.ts';
import { drain, inSlices, type Sliced, stage } from '../sliced.ts';
import { type RankedAmounts, rankAmounts } from './ranked-amounts.ts';
import { sortDescending } from './sort-descending.ts';

/**
 * Judged rows sorted once by score: what every question about thresholds is answered from. Equal scores are one
 * threshold. Entry i is the state when every row with score >= threshold[i] is flagged.
 */
export interface RankedScores {
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
  /** Rows without a score, by outcome: never flagged, always counted. */
  readonly unscoredPositives: number;
  readonly unscoredNegatives: number;
  /** Distinct scores, strictly falling; -0 is 0. */
  readonly threshold: Float64Array;
  /** Flagged positives and negatives at each threshold. */
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
  /** One entry per amount column, in the order in which they were given; [] = none. */
  readonly amounts: readonly RankedAmounts[];
}

/**
 * Ranks judged rows: one sort, one pass of running counts, one of compensated sums for each amount column.
 *
 * @param scores one per judged row; NaN = no score
 * @param labels 1 = positive, 0 = negative; same length
 * @param amounts columns of one amount per judged row (NaN = missing)
 * @returns the ranked form; yields progress in rows. O(n); no rows give no thresholds
 * @throws {DataError} `shape-mismatch`
 */
export function* rankScoresSliced(
  scores: Float64Array,
  labels: Uint8Array,
  amounts: readonly Float64Array[] = [],
): Sliced<RankedScores> {
  checkLengths(scores, labels, amounts);
  const rows = scores.length;
  const { order, scoredCount } = yield* stage(sortDescending(scores), 0, 0.5 * rows, rows);
  const sorted = new Float64Array(scoredCount);
  const gather = inSlices(scoredCount, (start, end) => {
    // Adding 0 turns -0 into 0.
    for (let i = start; i < end; i++) sorted[i] = scores[order[i]!]! + 0;
  });
  yield* stage(gather, 0.5 * rows, 0.6 * rows, rows);
  const counts = yield* stage(countRanks(sorted, order, labels), 0.6 * rows, 0.8 * rows, rows);
  const sums: RankedAmounts[] = [];
  for (const [index, column] of amounts.entries()) {
    const from = 0.8 + (0.2 * index) / amounts.length;
    const to = 0.8 + (0.2 * (index + 1)) / amounts.length;
    sums.push(yield* stage(rankAmounts(order, labels, column, counts), from * rows, to * rows, rows));
  }
  return { rows, ...counts, ...classSizes(labels, counts), amounts: sums };
}

/** `rankScoresSliced` in one go. */
export function rankScores(
  scores: Float64Array,
  labels: Uint8Array,
  amounts: readonly Float64Array[] = [],
): RankedScores {
  return drain(rankScoresSliced(scores, labels, amounts));
}

type RankCounts = Pick<RankedScores, 'threshold' | 'tp' | 'fp'>;

function checkLengths(scores: Float64Array, labels: Uint8Array, amounts: readonly Float64Array[]): void {
  const wrong = amounts.find(({ length }) => length !== scores.length);
  if (labels.length === scores.length && wrong === undefined) return;
  throw new DataError(
    'shape-mismatch',
    `Judging needs one label and one amount per score: got ${scores.length} scores, ${labels.length} labels` +
      `${wrong === undefined ? '' : `, ${wrong.length} amounts`}.`,
  );
}

function countDistinct(sorted: Float64Array): number {
  let count = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) count++;
  return count;
}

/** Distinct scores and cumulative counts; each row rewrites the entry of its own threshold. */
function* countRanks(sorted: Float64Array, order: Uint32Array, labels: Uint8Array): Sliced<RankCounts> {
  const distinct = countDistinct(sorted);
  const threshold = new Float64Array(distinct);
  const tp = new Uint32Array(distinct);
  const fp = new Uint32Array(distinct);
  let at = -1;
  let positives = 0;
  yield* inSlices(sorted.length, (start, end) => {
    let index = at;
    let count = positives;
    for (let i = start; i < end; i++) {
      const score = sorted[i]!;
      if (i === 0 || score !== sorted[i - 1]) threshold[++index] = score;
      count += labels[order[i]!] === 1 ? 1 : 0;
      tp[index] = count;
      fp[index] = i + 1 - count;
    }
    at = index;
    positives = count;
  });
  return { threshold, tp, fp };
}

/** Outcomes over all judged rows, and over those without a score. */
function classSizes(labels: Uint8Array, { tp, fp }: RankCounts) {
  let positives = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) positives++;
  const negatives = labels.length - positives;
  return {
    positives,
    negatives,
    unscoredPositives: positives - (tp.at(-1) ?? 0),
    unscoredNegatives: negatives - (fp.at(-1) ?? 0),
  };
}

/**
 * How many distinct scores are at or above any threshold: 0 = nobody is flagged, i = entry i - 1 describes the decision.
 * Binary search, O(log k).
 * @throws {DataError} `invalid-argument` when the threshold is NaN
 */
export function flaggedThresholds(ranked: RankedScores, threshold: number): number {
  if (Number.isNaN(threshold))
    throw new DataError('invalid-argument', 'The threshold is not a number.', {
      advice: 'Give a threshold on the scale of the scores.',
    });
  const { threshold: observed } = ranked;
  let low = 0;
  let high = observed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (observed[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
