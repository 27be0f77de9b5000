import type { Sliced } from '../sliced.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import type { Estimate } from '../threshold/uncertainty.ts';
import type { CalibrationFigures } from './calibration-figures.ts';
import { fitLogisticSliced } from './logistic-fit.ts';
import { areProbabilities, type RankedCounts } from './ranked-counts.ts';

/** 95 % normal interval around an estimate. */
function estimateOf(value: number, standardError: number): Estimate {
  return { value, low: value - Z_95 * standardError, high: value + Z_95 * standardError };
}

const outcomes = { positive: 1, negative: 0 };

/**
 * Calibration slope and intercept: logistic regression of the label on logit(score), each with its 95 % Wald interval; beside
 * it the intercept with the slope held at 1 (calibration in the large). Slope below 1: scores too extreme; intercept at
 * slope 1 above 0: scores too low on the whole.
 *
 * @returns NaN where scores are no probabilities, with one class, and (slope, intercept) where the classes do not overlap:
 * the fit then has no finite maximum. Yields without progress. O(k) a step of Newton's method
 * Source: D. R. Cox, Biometrika 45 (1958), 562-565; Van Calster et al., BMC Medicine 17 (2019), 230; checked against
 * statsmodels 0.13.5 `Logit`.
 */
export function* calibrationSlopeSliced(
  ranked: RankedCounts,
): Sliced<Pick<CalibrationFigures, 'slope' | 'intercept' | 'interceptAtSlope1'>> {
  if (!areProbabilities(ranked)) {
    const none = estimateOf(Number.NaN, Number.NaN);
    return { slope: none, intercept: none, interceptAtSlope1: none };
  }
  const free = yield* fitLogisticSliced(ranked, outcomes, null);
  const held = yield* fitLogisticSliced(ranked, outcomes, 1);
  return {
    slope: estimateOf(free.slope, free.slopeError),
    intercept: estimateOf(free.intercept, free.interceptError),
    interceptAtSlope1: estimateOf(held.intercept, held.interceptError),
  };
}
