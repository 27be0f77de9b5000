import { type Sliced, stage } from '../sliced.ts';
import type { Notice } from '../table/summary.ts';
import { rankScoresSliced } from '../threshold/ranked-scores.ts';
import { brierScoreSliced } from './brier-score.ts';
import type { RecalibrationFigures, RecalibrationMethod } from './calibration-figures.ts';
import { areProbabilities } from './ranked-counts.ts';
import type { Recalibration } from './recalibration.ts';
import { equalMassEdges, expectedCalibrationError, reliabilitySliced } from './reliability.ts';

/**
 * What a recalibration did to judged rows: equal-mass calibration error and Brier score before and after, and what the user
 * should know about the fit. The rows it was fitted on are others.
 *
 * @param rawScores one per judged row, NaN = none
 * @param scores the same rows recalibrated
 * @param labels 1 = positive, 0 = negative
 * @returns `Before` figures are NaN when the raw scores are no probabilities. Yields progress in rows. O(n)
 */
export function* recalibrationFiguresSliced(
  { method, fittedRows, fittedPositives, from, to }: Recalibration,
  rawScores: Float64Array,
  scores: Float64Array,
  labels: Uint8Array,
): Sliced<{ readonly figures: RecalibrationFigures; readonly notices: readonly Notice[] }> {
  const rows = rawScores.length;
  const before = yield* stage(errorsOf(rawScores, labels), 0, 0.5 * rows, rows);
  const after = yield* stage(errorsOf(scores, labels), 0.5 * rows, rows, rows);
  const figures: RecalibrationFigures = {
    method,
    fittedRows,
    fittedPositives,
    from,
    to,
    eceBefore: before.ece,
    eceAfter: after.ece,
    brierBefore: before.brier,
    brierAfter: after.brier,
  };
  return { figures, notices: noticesOf(figures) };
}

function* errorsOf(
  scores: Float64Array,
  labels: Uint8Array,
): Sliced<{ readonly ece: number; readonly brier: number }> {
  const rows = scores.length;
  const ranked = yield* stage(rankScoresSliced(scores, labels), 0, 0.7 * rows, rows);
  const bins = yield* stage(reliabilitySliced(ranked, equalMassEdges(ranked)), 0.7 * rows, 0.8 * rows, rows);
  const brier = yield* stage(brierScoreSliced(scores, labels, null), 0.8 * rows, rows, rows);
  return { ece: areProbabilities(ranked) ? expectedCalibrationError(bins) : Number.NaN, brier };
}

const methodWords: Readonly<Record<RecalibrationMethod, string>> = {
  isotonic: 'isotonic regression',
  platt: 'Platt scaling',
  intercept: 'a shift of the log-odds',
};

function noticesOf(figures: RecalibrationFigures): readonly Notice[] {
  const { method, fittedRows, to, eceBefore, eceAfter } = figures;
  const notices: Notice[] = [
    {
      code: 'recalibrated',
      message: `Scores are recalibrated by ${methodWords[method]} on ${fittedRows} labelled rows outside the split. These are usually the rows that the model was trained on: it fits them better than new ones, so the recalibrated probabilities tend to be too extreme. Rows that the model has never seen are better to fit on.`,
      count: fittedRows,
    },
  ];
  if (to[0] === to.at(-1)) {
    notices.push({
      code: 'recalibration-flat',
      message: `Recalibration found no rise: where it was fitted, higher scores do not go with the positive outcome. Every row now has the score ${to[0]!.toPrecision(3)}.`,
    });
  }
  if (eceAfter > eceBefore) {
    notices.push({
      code: 'recalibration-worse',
      message: `On the judged rows the calibration error rose from ${eceBefore.toFixed(4)} to ${eceAfter.toFixed(4)}: the scores as they were are closer to the observed rates.`,
    });
  }
  return notices;
}
