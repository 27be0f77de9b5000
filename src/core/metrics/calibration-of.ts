import { drain, type Sliced, stage } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { brierDecompositionSliced } from './brier-decomposition.ts';
import type { CalibrationFigures } from './calibration-figures.ts';
import { calibrationSlopeSliced } from './calibration-slope.ts';
import { calibrationTestsSliced } from './calibration-tests.ts';
import { decisionCurve } from './decision-curve.ts';
import { areProbabilities } from './ranked-counts.ts';
import {
  equalMassEdges,
  equalWidthEdges,
  expectedCalibrationError,
  maximumCalibrationError,
  reliabilitySliced,
} from './reliability.ts';

/**
 * Calibration of judged scores (DEFINITIONS "Calibration"): how far they can be read as probabilities. Over the rows that have a
 * score, the decision curve over all judged rows. Everything is NaN, lists are empty, when scores leave [0, 1].
 *
 * @returns freshly allocated arrays; yields progress in distinct scores. O(k log k) for k distinct scores
 */
export function* calibrationFiguresSliced(ranked: RankedScores): Sliced<CalibrationFigures> {
  const total = ranked.threshold.length;
  const bins = areProbabilities(ranked)
    ? {
        equalMass: yield* stage(reliabilitySliced(ranked, equalMassEdges(ranked)), 0, 0.1 * total, total),
        equalWidth: yield* stage(reliabilitySliced(ranked, equalWidthEdges), 0.1 * total, 0.2 * total, total),
      }
    : { equalMass: [], equalWidth: [] };
  const brier = yield* stage(brierDecompositionSliced(ranked), 0.2 * total, 0.5 * total, total);
  const tests = yield* stage(calibrationTestsSliced(ranked), 0.5 * total, 0.6 * total, total);
  const slope = yield* stage(calibrationSlopeSliced(ranked), 0.6 * total, total, total);
  return {
    ...bins,
    eceQuantile10: expectedCalibrationError(bins.equalMass),
    eceUniform10: expectedCalibrationError(bins.equalWidth),
    mceUniform10: maximumCalibrationError(bins.equalWidth),
    brier,
    ...slope,
    ...tests,
    decisionCurve: decisionCurve(ranked),
  };
}

/** `calibrationFiguresSliced` in one go. */
export function calibrationFiguresOf(ranked: RankedScores): CalibrationFigures {
  return drain(calibrationFiguresSliced(ranked));
}
