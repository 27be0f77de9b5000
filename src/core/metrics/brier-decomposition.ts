import { type Sliced, stage } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { CalibrationFigures } from './calibration-figures.ts';
import { fitIsotonicSliced, isotonicAt } from './isotonic-regression.ts';
import { areProbabilities, overScores, type RankedCounts, scoredRows } from './ranked-counts.ts';

/**
 * The Brier score and its parts over the scored rows, exactly brier = reliability - resolution + uncertainty:
 *
 *     uncertainty = p(1 - p)                                the Brier score of the base rate p
 *     resolution  = uncertainty - brier(isotonic fit)       what ranking gains over the base rate
 *     reliability = brier - brier(isotonic fit)             what wrong probabilities lose (miscalibration)
 *     skill       = 1 - brier / uncertainty
 *
 * The groups are the levels of the isotonic fit. Where observed rates rise with the score this is Murphy's decomposition over
 * distinct scores; over distinct scores that mostly occur once, Murphy's resolution is the uncertainty whatever the model.
 *
 * @returns NaN throughout when scores are no probabilities; skill NaN with one class. Yields progress in scores. O(k log k)
 * Source: A. H. Murphy, J. Appl. Meteor. 12 (1973), 595-600; Dimitriadis, Gneiting & Jordan, PNAS 118 (2021), e2016191118.
 */
export function* brierDecompositionSliced(ranked: RankedCounts): Sliced<CalibrationFigures['brier']> {
  const total = ranked.threshold.length;
  if (!areProbabilities(ranked)) {
    const none = Number.NaN;
    return { value: none, reliability: none, resolution: none, uncertainty: none, skill: none };
  }
  const fit = yield* stage(fitIsotonicSliced(ranked), 0, 0.4 * total, total);
  const sums = runningSums(2);
  const pass = overScores(ranked, (score, positives, negatives) => {
    addCompensated(sums, 0, squaredErrors(score, positives, negatives));
    addCompensated(sums, 1, squaredErrors(isotonicAt(fit, score), positives, negatives));
  });
  yield* stage(pass, 0.4 * total, total, total);
  const rows = scoredRows(ranked);
  const share = ranked.tp.at(-1)! / rows;
  const uncertainty = share * (1 - share);
  const value = compensatedTotal(sums, 0) / rows;
  const recalibrated = compensatedTotal(sums, 1) / rows;
  return {
    value,
    reliability: value - recalibrated,
    resolution: uncertainty - recalibrated,
    uncertainty,
    skill: uncertainty > 0 ? 1 - value / uncertainty : Number.NaN,
  };
}

function squaredErrors(probability: number, positives: number, negatives: number): number {
  return positives * (1 - probability) ** 2 + negatives * probability ** 2;
}
