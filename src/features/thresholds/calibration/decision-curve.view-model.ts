import type { Domain } from '../../../charts/plot-frame.ts';
import type { Series } from '../../../charts/series.ts';
import type { TableTwin } from '../../../charts/table-twin.ts';
import type { CalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import { formatMetric, formatThreshold } from '../../../design/format.ts';

type DecisionCurve = CalibrationFigures['decisionCurve'];

const metric = (value: number) => formatMetric(value);

/** Net benefit of these scores and of flagging everybody; flagging nobody is the zero line. */
export function decisionSeries({ netBenefit, flagAll }: DecisionCurve): readonly Series[] {
  return [
    { key: 'model', label: 'these scores', values: netBenefit, colour: 'c1', format: metric },
    { key: 'all', label: 'flag everybody', values: flagAll, colour: 'ref', isDashed: true, format: metric },
  ];
}

/** Share of the best net benefit that the axis goes below zero: beyond, both lines only fall. */
const BELOW_ZERO = 0.35;

/** From a little below zero to the best net benefit: flagging everybody falls without end towards 1. */
export function benefitDomain({ netBenefit, flagAll }: DecisionCurve): Domain {
  const finite = [...netBenefit, ...flagAll].filter(Number.isFinite);
  const best = Math.max(0, ...finite);
  return best === 0 ? [-1, 1] : [-BELOW_ZERO * best, 1.08 * best];
}

export function decisionTwin({ threshold, netBenefit, flagAll }: DecisionCurve): TableTwin {
  return {
    columns: [
      { name: 'Threshold probability', values: threshold, format: (value) => formatThreshold(value) },
      { name: 'Net benefit', values: netBenefit, format: metric },
      { name: 'Flag everybody', values: flagAll, format: metric },
    ],
  };
}

/**
 * Where acting on the scores is better than both flagging everybody and nobody: the longest unbroken run of threshold
 * probabilities; null when there is none.
 */
export function usefulRange({ threshold, netBenefit, flagAll }: DecisionCurve): Domain | null {
  let best: Domain | null = null;
  let start = -1;
  for (let i = 0; i <= threshold.length; i += 1) {
    const isUseful = i < threshold.length && netBenefit[i]! > Math.max(0, flagAll[i]!);
    if (isUseful && start < 0) start = i;
    if (isUseful || start < 0) continue;
    const run: Domain = [threshold[start]!, threshold[i - 1]!];
    if (best === null || run[1] - run[0] > best[1] - best[0]) best = run;
    start = -1;
  }
  return best;
}
