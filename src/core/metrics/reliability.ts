import type { Sliced } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { ReliabilityBin } from './calibration-figures.ts';
import { overScores, type RankedCounts, scoredRows } from './ranked-counts.ts';

/** Bins of a reliability diagram (DEFINITIONS C10). */
const BINS = 10;

/** Inner edges of equal-width bins over [0, 1]: 0.1, 0.2 ... 0.9. */
export const equalWidthEdges: Float64Array = Float64Array.from(
  { length: BINS - 1 },
  (_, i) => (i + 1) / BINS,
);

/**
 * Inner edges of equal-mass bins: the 10 %, 20 % ... 90 % quantiles of the scores over rows, linear between neighbours.
 * @returns nine rising edges, equal ones where a tie is heavier than a bin; NaN without scored rows. O(log k)
 * Source: NumPy 1.24 `percentile` (Hyndman & Fan, type 7).
 */
export function equalMassEdges(ranked: RankedCounts): Float64Array {
  const rows = scoredRows(ranked);
  return Float64Array.from({ length: BINS - 1 }, (_, i) => {
    if (rows === 0) return Number.NaN;
    const place = ((rows - 1) * (i + 1)) / BINS;
    const below = Math.floor(place);
    const low = scoreAt(ranked, rows, below);
    const high = scoreAt(ranked, rows, Math.min(below + 1, rows - 1));
    const share = place - below;
    return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
  });
}

/**
 * The rows in bins by score, as a reliability diagram shows them (DEFINITIONS C10): bin i holds edge[i - 1] < score <= edge[i],
 * so equal scores share a bin. Empty bins are left out.
 *
 * @param edges inner edges, rising
 * @returns bins by rising score, each with the 95 % Wilson interval of its observed rate; yields progress in scores. O(k)
 * Checked against scikit-learn 1.2.1 `calibration_curve`.
 */
export function* reliabilitySliced(ranked: RankedCounts, edges: Float64Array): Sliced<ReliabilityBin[]> {
  const bins = edges.length + 1;
  const positives = new Float64Array(bins);
  const rows = new Float64Array(bins);
  const sums = runningSums(bins);
  let bin = edges.length;
  yield* overScores(ranked, (score, here, negatives) => {
    while (bin > 0 && score <= edges[bin - 1]!) bin--;
    positives[bin]! += here;
    rows[bin]! += here + negatives;
    addCompensated(sums, bin, score * (here + negatives));
  });
  const filled: ReliabilityBin[] = [];
  for (let i = 0; i < bins; i++) {
    if (rows[i] === 0) continue;
    filled.push({
      rows: rows[i]!,
      positives: positives[i]!,
      meanScore: compensatedTotal(sums, i) / rows[i]!,
      observedRate: positives[i]! / rows[i]!,
      interval: wilsonInterval(positives[i]!, rows[i]!),
    });
  }
  return filled;
}

/**
 * Expected calibration error: sum over bins of rows_b / rows · |observed rate - mean score|.
 * @returns 0..1; NaN without bins
 * Source: Naeini, Cooper & Hauskrecht, AAAI (2015).
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let rows = 0;
  let gaps = 0;
  for (const bin of bins) {
    rows += bin.rows;
    gaps += bin.rows * gapOf(bin);
  }
  return gaps / rows;
}

/** Maximum calibration error: the greatest |observed rate - mean score| of a bin; NaN without bins. */
export function maximumCalibrationError(bins: readonly ReliabilityBin[]): number {
  return bins.length === 0 ? Number.NaN : Math.max(...bins.map(gapOf));
}

function gapOf({ observedRate, meanScore }: ReliabilityBin): number {
  return Math.abs(observedRate - meanScore);
}

/** The score at a place in rising order of rows, 0 = lowest. */
function scoreAt({ threshold, tp, fp }: RankedCounts, rows: number, rising: number): number {
  const falling = rows - 1 - rising;
  let low = 0;
  let high = threshold.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! + fp[middle]! > falling) high = middle;
    else low = middle + 1;
  }
  return threshold[low]!;
}
