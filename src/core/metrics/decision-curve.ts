import { flaggedThresholds, type RankedScores } from '../threshold/ranked-scores.ts';
import type { CalibrationFigures } from './calibration-figures.ts';
import { areProbabilities } from './ranked-counts.ts';

/**
 * Decision curve (DEFINITIONS C17): net benefit of flagging the rows with score >= t by the threshold probability t at
 * which flagging and passing are worth the same, beside that of flagging everyone. Flagging nobody is 0.
 *
 *     NB(t) = TP/n - FP/n · t/(1 - t)        all: p - (1 - p) · t/(1 - t)        p = share of positives of the n judged rows
 *
 * Rows without a score are never flagged and counted in n. Points are 0.01 ... 0.99, and 0.1 p, 0.2 p ... 2 p, so that a
 * rare outcome is drawn where its decisions lie.
 *
 * @returns at most 119 points by rising threshold; no points when scores are no probabilities. O(log k) a point
 * Source: Vickers & Elkin, Medical Decision Making 26 (2006), 565-574.
 */
export function decisionCurve(ranked: RankedScores): CalibrationFigures['decisionCurve'] {
  const { rows, positives, negatives } = ranked;
  const threshold = areProbabilities(ranked) ? gridOf(positives / rows) : new Float64Array(0);
  const netBenefit = threshold.map((t) => {
    const flagged = flaggedThresholds(ranked, t);
    const tp = flagged === 0 ? 0 : ranked.tp[flagged - 1]!;
    const fp = flagged === 0 ? 0 : ranked.fp[flagged - 1]!;
    return (tp - (fp * t) / (1 - t)) / rows;
  });
  const flagAll = threshold.map((t) => (positives - (negatives * t) / (1 - t)) / rows);
  return { threshold, netBenefit, flagAll };
}

function gridOf(share: number): Float64Array {
  const points = new Set<number>();
  for (let i = 1; i < 100; i++) points.add(i / 100);
  for (let i = 1; i <= 20; i++) if (share > 0 && (share * i) / 10 < 0.99) points.add((share * i) / 10);
  return Float64Array.from(points).sort();
}
