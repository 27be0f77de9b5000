import { DataError } from '../errors.ts';
import { drain, inSlices, type Sliced, stage } from '../sliced.ts';
import { rankScoresSliced } from '../threshold/ranked-scores.ts';
import type { RecalibrationMethod } from './calibration-figures.ts';
import { fitIsotonicSliced, isotonicAt } from './isotonic-regression.ts';
import { logistic, logOdds } from './log-odds.ts';
import { fitLogisticSliced, type LogisticTargets } from './logistic-fit.ts';
import { areProbabilities, type RankedCounts, scoredRows } from './ranked-counts.ts';

/** A fitted map from score to probability. It never falls as the score rises: rows may tie, and never swap. */
export interface Recalibration {
  readonly method: RecalibrationMethod;
  readonly fittedRows: number;
  readonly fittedPositives: number;
  /** The map as points for a picture, rising in both; exact for isotonic regression. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The probability of a score, 0..1; NaN stays NaN. */
  readonly probabilityOf: (score: number) => number;
}

/** Points of a smooth map: a straight line every 0.5 %. */
const DRAWN_STEPS = 200;

/**
 * Fits a recalibration on labelled rows; rows without a score are left out.
 *
 * - `isotonic`: the rising step function with the least squared error (`fitIsotonicSliced`); scores on any scale.
 * - `platt`: logistic(a + b · logit(score)), minimising the cross-entropy against Platt's targets, which are
 *   (n1 + 1)/(n1 + 2) for the n1 positives and 1/(n0 + 2) for the n0 negatives, so that separated classes have a finite
 *   slope. A falling fit (b < 0) would turn the ranking round: the best map that does not is flat.
 * - `intercept`: logistic(a + logit(score)), minimising the cross-entropy against the labels: the mean is put right and
 *   the shape kept.
 *
 * The two logistic maps clip scores to [1e-15, 1 - 1e-15].
 *
 * @param scores one per row, NaN = none
 * @param labels 1 = positive, 0 = negative
 * @returns the fit; yields progress in rows. O(n)
 * @throws {DataError} `empty-sample` (no row has a score) | `one-class` | `score-out-of-range` (a logistic map of scores that
 * are no probabilities) | `shape-mismatch`
 * Source: Zadrozny & Elkan, KDD (2002); J. Platt in Advances in Large Margin Classifiers (2000), 61-74, on logit(score)
 * instead of a margin.
 */
export function* fitRecalibrationSliced(
  method: RecalibrationMethod,
  scores: Float64Array,
  labels: Uint8Array,
): Sliced<Recalibration> {
  const rows = scores.length;
  const ranked = yield* stage(rankScoresSliced(scores, labels), 0, 0.6 * rows, rows);
  checkFittable(method, ranked);
  const counts = { method, fittedRows: scoredRows(ranked), fittedPositives: ranked.tp.at(-1)! };
  if (method === 'isotonic') {
    const fit = yield* stage(fitIsotonicSliced(ranked), 0.6 * rows, rows, rows);
    return { ...counts, ...fit, probabilityOf: (score) => isotonicAt(fit, score) };
  }
  const fit =
    method === 'platt' ? fitPlatt(ranked) : fitLogisticSliced(ranked, { positive: 1, negative: 0 }, 1);
  const { intercept, slope } = yield* stage(fit, 0.6 * rows, rows, rows);
  const probabilityOf = (score: number) => quantised(logistic, intercept + slope * quantised(logOdds, score));
  const from = Float64Array.from({ length: DRAWN_STEPS + 1 }, (_, i) => i / DRAWN_STEPS);
  return { ...counts, from, to: from.map(probabilityOf), probabilityOf };
}

/** `fitRecalibrationSliced` in one go. */
export function fitRecalibration(
  method: RecalibrationMethod,
  scores: Float64Array,
  labels: Uint8Array,
): Recalibration {
  return drain(fitRecalibrationSliced(method, scores, labels));
}

/** A column of scores through a fitted map, in a fresh array; a missing score stays missing. Yields progress in rows. O(n) */
export function* recalibrateSliced(
  { probabilityOf }: Recalibration,
  scores: Float64Array,
): Sliced<Float64Array> {
  const mapped = new Float64Array(scores.length);
  yield* inSlices(scores.length, (start, end) => {
    for (let row = start; row < end; row++) mapped[row] = probabilityOf(scores[row]!);
  });
  return mapped;
}

function* fitPlatt(ranked: RankedCounts): Sliced<{ readonly intercept: number; readonly slope: number }> {
  const targets: LogisticTargets = {
    positive: (ranked.tp.at(-1)! + 1) / (ranked.tp.at(-1)! + 2),
    negative: 1 / (ranked.fp.at(-1)! + 2),
  };
  const free = yield* fitLogisticSliced(ranked, targets, null);
  if (free.slope >= 0) return free;
  // One distinct score says nothing of the slope: the shape is kept.
  return yield* fitLogisticSliced(ranked, targets, Number.isNaN(free.slope) ? 1 : 0);
}

/**
 * A rising function of the argument's first 40 bits. `exp` and `log` may be off by a unit in the last place, which could swap two
 * arguments that lie closer than that; arguments that differ in 40 bits are further apart than any such error.
 */
function quantised(rising: (argument: number) => number, argument: number): number {
  // Veltkamp's split: rounds to 53 - 13 bits.
  const lifted = argument * 8193;
  return rising(lifted - (lifted - argument));
}

function checkFittable(method: RecalibrationMethod, ranked: RankedCounts): void {
  const rows = scoredRows(ranked);
  const positives = ranked.tp.at(-1) ?? 0;
  const advice = 'Choose another split, or take the scores as they are.';
  if (rows === 0) {
    throw new DataError('empty-sample', 'No labelled row outside the split has a score to recalibrate on.', {
      advice,
    });
  }
  if (positives === 0 || positives === rows) {
    const only = positives === 0 ? 'negative' : 'positive';
    throw new DataError(
      'one-class',
      `All ${rows} labelled rows outside the split are ${only}: there is no rate to recalibrate to.`,
      { advice },
    );
  }
  if (method === 'isotonic' || areProbabilities(ranked)) return;
  throw new DataError(
    'score-out-of-range',
    `Scores run from ${ranked.threshold.at(-1)} to ${ranked.threshold[0]}: they have no log-odds to recalibrate by.`,
    { advice: 'Recalibrate by isotonic regression, which takes scores on any scale.' },
  );
}
