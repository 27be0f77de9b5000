import { drain, inSlices, type Sliced, stage } from '../sliced.ts';
import { type RankedScores, rankScoresSliced } from '../threshold/ranked-scores.ts';
import { interpolated } from './interpolated.ts';

/**
 * A rising map from score to probability: the points (from, to), joined by straight lines. Each level of the fit is one
 * point or the two ends of a flat piece; `from` rises strictly, `to` never falls.
 */
export interface IsotonicFit {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/**
 * Isotonic regression of the label on the score: the non-decreasing step function with the least squared error, by pool
 * adjacent violators. Equal scores are pooled first. Levels are compared as integers, so no rounding decides a merge.
 *
 * @param ranked distinct falling scores with the rows at or above each by outcome
 * @returns the ends of each level, rising; empty without scored rows. Yields progress in distinct scores. O(k)
 * Source: Barlow, Bartholomew, Bremner & Brunk, Statistical Inference under Order Restrictions (1972); Zadrozny & Elkan,
 * KDD (2002) for its use here; checked against scikit-learn 1.2.1 `IsotonicRegression`.
 */
export function* fitIsotonicSliced({
  threshold,
  tp,
  fp,
}: Pick<RankedScores, 'threshold' | 'tp' | 'fp'>): Sliced<IsotonicFit> {
  const distinct = threshold.length;
  // Level j covers the rising scores first[j] .. first[j + 1] - 1.
  const first = new Uint32Array(distinct);
  const rows = new Uint32Array(distinct);
  const positives = new Uint32Array(distinct);
  let levels = 0;
  yield* inSlices(distinct, (start, end) => {
    for (let rising = start; rising < end; rising++) {
      const i = distinct - 1 - rising;
      let count = tp[i]! + fp[i]! - (i > 0 ? tp[i - 1]! + fp[i - 1]! : 0);
      let events = tp[i]! - (i > 0 ? tp[i - 1]! : 0);
      let from = rising;
      while (levels > 0 && positives[levels - 1]! * count >= events * rows[levels - 1]!) {
        levels--;
        count += rows[levels]!;
        events += positives[levels]!;
        from = first[levels]!;
      }
      first[levels] = from;
      rows[levels] = count;
      positives[levels] = events;
      levels++;
    }
  });
  return endsOfLevels(threshold, first, levels, (level) => positives[level]! / rows[level]!);
}

/**
 * `fitIsotonicSliced` on rows, in one go. Rows without a score are left out. O(n)
 *
 * @param scores one per row, on any scale, NaN = none
 * @param labels 1 = positive, 0 = negative
 * @throws {DataError} `shape-mismatch`
 */
export function fitIsotonic(scores: Float64Array, labels: Uint8Array): IsotonicFit {
  return drain(fitRows(scores, labels));
}

function* fitRows(scores: Float64Array, labels: Uint8Array): Sliced<IsotonicFit> {
  const rows = scores.length;
  const ranked = yield* stage(rankScoresSliced(scores, labels), 0, 0.8 * rows, rows);
  return yield* stage(fitIsotonicSliced(ranked), 0.8 * rows, rows, rows);
}

/**
 * The fitted probability of a score by scikit-learn's rule: on the straight line between the neighbouring points, at the
 * first or last level beyond them. Never falls as the score rises. O(log levels)
 * @returns 0..1; NaN for a missing score or an empty fit
 */
export function isotonicAt({ from, to }: IsotonicFit, score: number): number {
  return interpolated(from, to, score);
}

/** First and last score of each level with its height; one point where they are the same score. */
function endsOfLevels(
  falling: Float64Array,
  first: Uint32Array,
  levels: number,
  heightOf: (level: number) => number,
): IsotonicFit {
  const from = new Float64Array(2 * levels);
  const to = new Float64Array(2 * levels);
  let points = 0;
  for (let level = 0; level < levels; level++) {
    const start = first[level]!;
    const last = (level + 1 < levels ? first[level + 1]! : falling.length) - 1;
    for (const rising of start === last ? [start] : [start, last]) {
      from[points] = falling[falling.length - 1 - rising]!;
      to[points] = heightOf(level);
      points++;
    }
  }
  return { from: from.slice(0, points), to: to.slice(0, points) };
}
