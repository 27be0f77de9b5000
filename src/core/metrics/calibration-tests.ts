import type { Sliced } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { normalTwoSidedP } from '../stats/normal-tail.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import type { CalibrationFigures } from './calibration-figures.ts';
import { areProbabilities, overScores, type RankedCounts } from './ranked-counts.ts';

/**
 * Observed over expected positives with a 95 % log interval, and Spiegelhalter's test of calibration.
 *
 *     O/E = sum of labels / sum of scores;   ln(O/E) ± 1.96 · sqrt(sum over rows of (y/O - s/E)²)
 *     Z   = sum of (y - s)(1 - 2s) / sqrt(sum of (1 - 2s)² s(1 - s)),   p two-sided from the normal law
 *
 * The interval takes the rows as a sample with their scores (delta method of a ratio of two means), calibrated or not.
 *
 * @returns NaN where scores are no probabilities; O/E NaN when all scores are 0, its interval NaN without positives; Z NaN when
 * every score is 0, 0.5 or 1. Yields progress in scores. O(k)
 * Source: Spiegelhalter, Statistics in Medicine 5 (1986), 421-433; ratio: Cochran, Sampling Techniques (1977), 6.3.
 */
export function* calibrationTestsSliced(
  ranked: RankedCounts,
): Sliced<Pick<CalibrationFigures, 'observedToExpected' | 'spiegelhalter'>> {
  const sums = runningSums(5);
  yield* overScores(ranked, (score, positives, negatives) => {
    const rows = positives + negatives;
    const lean = 1 - 2 * score;
    addCompensated(sums, 0, rows * score);
    addCompensated(sums, 1, rows * score * score);
    addCompensated(sums, 2, positives * score);
    addCompensated(sums, 3, (positives - rows * score) * lean);
    addCompensated(sums, 4, rows * lean * lean * score * (1 - score));
  });
  if (!areProbabilities(ranked)) return undefinedTests;
  const [expected, squares, scoresOfPositives, excess, variance] = [0, 1, 2, 3, 4].map((slot) =>
    compensatedTotal(sums, slot),
  ) as [number, number, number, number, number];
  const z = variance > 0 ? excess / Math.sqrt(variance) : Number.NaN;
  return {
    observedToExpected: ratioOf(ranked.tp.at(-1)!, expected, squares, scoresOfPositives),
    spiegelhalter: { z, p: normalTwoSidedP(z) },
  };
}

const undefinedTests = {
  observedToExpected: { value: Number.NaN, low: Number.NaN, high: Number.NaN },
  spiegelhalter: { z: Number.NaN, p: Number.NaN },
};

function ratioOf(
  observed: number,
  expected: number,
  squares: number,
  scoresOfPositives: number,
): CalibrationFigures['observedToExpected'] {
  if (!(expected > 0)) return undefinedTests.observedToExpected;
  const value = observed / expected;
  // (y/O - s/E)² summed; rounding may leave it just below 0 where every score equals its label.
  const spread =
    1 / observed - (2 * scoresOfPositives) / (observed * expected) + squares / (expected * expected);
  const factor = Math.exp(Z_95 * Math.sqrt(Math.max(spread, 0)));
  return observed > 0
    ? { value, low: value / factor, high: value * factor }
    : { value, low: Number.NaN, high: Number.NaN };
}
