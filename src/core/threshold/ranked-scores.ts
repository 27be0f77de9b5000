import { DataError } from '../errors.ts';
import { drain, inSlices, type Sliced, stage } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { sortDescending } from './sort-descending.ts';

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
}

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
  /** Rows whose amount is missing or infinite, when there is an amount column: their amount counts as 0. */
  readonly missingAmounts: number;
  /** Distinct scores, strictly falling; -0 is 0. */
  readonly threshold: Float64Array;
  /** Flagged positives and negatives at each threshold. */
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
  /** null when the rows were ranked without an amount column. */
  readonly amounts: RankedAmounts | null;
}

/**
 * Ranks judged rows: one sort, one pass of running counts and compensated sums.
 *
 * @param scores one per judged row; NaN = no score
 * @param labels 1 = positive, 0 = negative; same length
 * @param amounts one per judged row (NaN = missing), or null
 * @returns the ranked form; yields progress in rows. O(n); no rows give no thresholds
 * @throws {DataError} `shape-mismatch`
 */
export function* rankScoresSliced(
  scores: Float64Array,
  labels: Uint8Array,
  amounts: Float64Array | null,
): Sliced<RankedScores> {
  checkLengths(scores, labels, amounts);
  const rows = scores.length;
  const { order, scoredCount } = yield* stage(sortDescending(scores), 0, 0.6 * rows, rows);
  const sorted = new Float64Array(scoredCount);
  const gather = inSlices(scoredCount, (start, end) => {
    // Adding 0 turns -0 into 0.
    for (let i = start; i < end; i++) sorted[i] = scores[order[i]!]! + 0;
  });
  yield* stage(gather, 0.6 * rows, 0.7 * rows, rows);
  const ranks = emptyRanks(countDistinct(sorted), amounts !== null);
  const state: Running = { group: -1, tp: 0, fp: 0, missingAmounts: 0, sums: runningSums(4) };
  const walk = inSlices(scoredCount, (start, end) => {
    accumulate(sorted, order, labels, amounts, ranks, state, start, end);
  });
  yield* stage(walk, 0.7 * rows, rows, rows);
  return finish(ranks, state, order.subarray(scoredCount), labels, amounts);
}

/** `rankScoresSliced` in one go. */
export function rankScores(
  scores: Float64Array,
  labels: Uint8Array,
  amounts: Float64Array | null,
): RankedScores {
  return drain(rankScoresSliced(scores, labels, amounts));
}

/** Slots of the running sums. */
const POSITIVE = 0;
const POSITIVE_SQUARED = 1;
const NEGATIVE = 2;
const NEGATIVE_SQUARED = 3;

interface Running {
  /** Index of the threshold that the last row belongs to. */
  group: number;
  tp: number;
  fp: number;
  missingAmounts: number;
  readonly sums: Float64Array;
}

type CumulativeAmounts = Pick<RankedAmounts, 'positive' | 'positiveSquared' | 'negative' | 'negativeSquared'>;
interface Ranks {
  readonly threshold: Float64Array;
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
  readonly amounts: CumulativeAmounts | null;
}

function checkLengths(scores: Float64Array, labels: Uint8Array, amounts: Float64Array | null): void {
  if (labels.length === scores.length && (amounts === null || amounts.length === scores.length)) return;
  throw new DataError(
    'shape-mismatch',
    `Judging needs one label and one amount per score: got ${scores.length} scores, ${labels.length} labels` +
      `${amounts === null ? '' : `, ${amounts.length} amounts`}.`,
  );
}

function countDistinct(sorted: Float64Array): number {
  let count = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) count++;
  return count;
}

function emptyRanks(distinct: number, withAmounts: boolean): Ranks {
  const column = () => new Float64Array(distinct);
  return {
    threshold: column(),
    tp: new Uint32Array(distinct),
    fp: new Uint32Array(distinct),
    amounts: withAmounts
      ? {
          positive: column(),
          positiveSquared: column(),
          negative: column(),
          negativeSquared: column(),
        }
      : null,
  };
}

/** Adds sorted rows [start, end) to the running state; each row rewrites the entry of its own threshold. */
function accumulate(
  sorted: Float64Array,
  order: Uint32Array,
  labels: Uint8Array,
  amounts: Float64Array | null,
  ranks: Ranks,
  state: Running,
  start: number,
  end: number,
): void {
  let { group, tp, fp } = state;
  for (let i = start; i < end; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) ranks.threshold[++group] = sorted[i]!;
    const row = order[i]!;
    if (labels[row] === 1) tp++;
    else fp++;
    ranks.tp[group] = tp;
    ranks.fp[group] = fp;
    if (amounts === null || ranks.amounts === null) continue;
    addAmount(state, labels[row]!, amounts[row]!);
    ranks.amounts.positive[group] = compensatedTotal(state.sums, POSITIVE);
    ranks.amounts.positiveSquared[group] = compensatedTotal(state.sums, POSITIVE_SQUARED);
    ranks.amounts.negative[group] = compensatedTotal(state.sums, NEGATIVE);
    ranks.amounts.negativeSquared[group] = compensatedTotal(state.sums, NEGATIVE_SQUARED);
  }
  state.group = group;
  state.tp = tp;
  state.fp = fp;
}

function addAmount(state: Running, label: number, amount: number): void {
  if (!Number.isFinite(amount)) {
    state.missingAmounts++;
    return;
  }
  addCompensated(state.sums, label === 1 ? POSITIVE : NEGATIVE, amount);
  addCompensated(state.sums, label === 1 ? POSITIVE_SQUARED : NEGATIVE_SQUARED, amount * amount);
}

/** Adds the rows without a score to the totals. */
function finish(
  ranks: Ranks,
  state: Running,
  unscored: Uint32Array,
  labels: Uint8Array,
  amounts: Float64Array | null,
): RankedScores {
  let unscoredPositives = 0;
  for (const row of unscored) {
    if (labels[row] === 1) unscoredPositives++;
    if (amounts !== null) addAmount(state, labels[row]!, amounts[row]!);
  }
  const unscoredNegatives = unscored.length - unscoredPositives;
  const positives = state.tp + unscoredPositives;
  const negatives = state.fp + unscoredNegatives;
  return {
    rows: positives + negatives,
    positives,
    negatives,
    unscoredPositives,
    unscoredNegatives,
    missingAmounts: state.missingAmounts,
    threshold: ranks.threshold,
    tp: ranks.tp,
    fp: ranks.fp,
    amounts: ranks.amounts === null ? null : withTotals(ranks.amounts, state.sums),
  };
}

function withTotals(cumulative: CumulativeAmounts, sums: Float64Array): RankedAmounts {
  return {
    ...cumulative,
    totalPositive: compensatedTotal(sums, POSITIVE),
    totalPositiveSquared: compensatedTotal(sums, POSITIVE_SQUARED),
    totalNegative: compensatedTotal(sums, NEGATIVE),
    totalNegativeSquared: compensatedTotal(sums, NEGATIVE_SQUARED),
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
