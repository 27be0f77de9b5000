import { hasTooFewRows } from '../metrics/few-rows.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';

/** The scores of a model on a table: what the checks that look at scores alone are answered from. */
export interface ScoreEvidence {
  /** All rows of the table, ranked without their outcome (labels all 0). */
  readonly all: RankedScores;
  /** The judged rows with their outcome; null when no row is judged, or all have the same outcome. */
  readonly judged: RankedScores | null;
}

/**
 * Scored rows below which nothing is said about the shape of the scores: thirty values of any kind can look odd
 * by chance; the same floor as for judged sets (`hasTooFewRows`).
 */
export const FEWEST_SCORES = 30;

/** Rows with a score. */
export function scoredCount({ tp, fp }: RankedScores): number {
  return (tp.at(-1) ?? 0) + (fp.at(-1) ?? 0);
}

/** The judged rows when those with a score are enough to compare scores with outcomes, else null. */
export function enoughJudged({ judged }: ScoreEvidence): RankedScores | null {
  if (judged === null) return null;
  const positives = judged.tp.at(-1) ?? 0;
  const negatives = judged.fp.at(-1) ?? 0;
  return hasTooFewRows({ rows: positives + negatives, positives, negatives }) ? null : judged;
}

/** Why scores could not be compared with outcomes, as a sentence. */
export function tooFewJudgedText({ judged }: ScoreEvidence): string {
  if (judged === null) return 'No judged rows with both outcomes are here to compare the scores with.';
  const scored = scoredCount(judged);
  const positives = judged.tp.at(-1) ?? 0;
  return `Only ${scored} judged rows have a score (${positives} positive, ${scored - positives} negative): too few to compare scores with outcomes.`;
}

/**
 * Mean and standard error over the scored rows of a value that depends on a row's score and outcome only.
 *
 *     mean = Σ n_i v_i / n        standard error = sqrt(Σ n_i (v_i - mean)² / (n - 1) / n)
 *
 * @param valueFor score and outcome (1 = positive) -> value; called once per distinct score and outcome present
 * @returns NaN mean without scored rows, NaN error with fewer than two. Two passes, compensated sums, O(k)
 */
export function meanOverRanked(
  ranked: RankedScores,
  valueFor: (score: number, outcome: 0 | 1) => number,
): { readonly mean: number; readonly standardError: number; readonly rows: number } {
  const rows = scoredCount(ranked);
  const sums = runningSums(2);
  eachOutcome(ranked, (score, outcome, count) => {
    addCompensated(sums, 0, count * valueFor(score, outcome));
  });
  const mean = compensatedTotal(sums, 0) / rows;
  eachOutcome(ranked, (score, outcome, count) => {
    addCompensated(sums, 1, count * (valueFor(score, outcome) - mean) ** 2);
  });
  const squares = compensatedTotal(sums, 1);
  const standardError = rows < 2 ? Number.NaN : Math.sqrt(squares / (rows - 1) / rows);
  return { mean, standardError, rows };
}

/** Every distinct score with each outcome that it has and the number of such rows, from the highest score down. */
export function eachOutcome(
  { threshold, tp, fp }: RankedScores,
  visit: (score: number, outcome: 0 | 1, count: number) => void,
): void {
  for (let i = 0, tpAbove = 0, fpAbove = 0; i < threshold.length; i++) {
    const positives = tp[i]! - tpAbove;
    const negatives = fp[i]! - fpAbove;
    if (positives > 0) visit(threshold[i]!, 1, positives);
    if (negatives > 0) visit(threshold[i]!, 0, negatives);
    tpAbove = tp[i]!;
    fpAbove = fp[i]!;
  }
}
