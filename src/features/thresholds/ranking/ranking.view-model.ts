/** What the pictures of the ranking draw, from the figures of the worker. */
import { niceTicks } from '../../../charts/axis-ticks.ts';
import type { Domain } from '../../../charts/plot-frame.ts';
import type { Series } from '../../../charts/series.ts';
import { decidingRow, type TableTwin } from '../../../charts/table-twin.ts';
import type { CurvePoint } from '../../../charts/XyChart.tsx';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import type { ThresholdDecision } from '../../../core/threshold/decision.ts';
import { formatMetric, formatRate, formatRatio } from '../../../design/format.ts';
import { thresholdColumn } from '../threshold-column.ts';
import type { OutcomeWords } from '../words.ts';

const metric = (value: number) => formatMetric(value);
const rate = (value: number) => formatRate(value);

/** Where the decision stands on the gains curve; null where it is not defined. */
export function gainsPoint(decision: ThresholdDecision | null): CurvePoint | null {
  if (decision === null || Number.isNaN(decision.recall)) return null;
  const { flaggedShare, recall } = decision;
  return { x: flaggedShare, y: recall, label: `${formatRate(recall)} in ${formatRate(flaggedShare)}` };
}

/** Where the decision stands on the lift curve: null where nobody is flagged. */
export function liftPoint(decision: ThresholdDecision | null): CurvePoint | null {
  if (decision === null) return null;
  const lift = liftOf(decision);
  return Number.isFinite(lift) ? { x: decision.flaggedShare, y: lift, label: formatRatio(lift) } : null;
}

/** Precision over the base rate; NaN where nobody is flagged or there are no positives. */
export function liftOf({ recall, flaggedShare }: ThresholdDecision): number {
  return recall / flaggedShare;
}

/** The lift axis: from 0 to a round number that holds the curve and 1. */
export function liftDomain(lift: ArrayLike<number>): Domain {
  const finite = Array.from(lift).filter(Number.isFinite);
  return niceTicks(0, Math.max(1, ...finite), 4).domain;
}

/** The drawn points of both curves, one table. */
export function gainsTwin({ gainsCurve }: RankingFigures): TableTwin {
  const { threshold, flaggedShare, recall, lift } = gainsCurve;
  return {
    rowAt: (at) => decidingRow(threshold, at),
    columns: [
      thresholdColumn(threshold),
      { name: 'Flagged', values: flaggedShare, format: rate },
      { name: 'Positives caught', values: recall, format: rate },
      { name: 'Lift', values: lift, format: (value) => formatRatio(value) },
    ],
  };
}

/** The two distribution functions in the outcomes' colours. */
export function ksSeries({ ks }: RankingFigures, words: OutcomeWords): readonly Series[] {
  return [
    { key: 'negatives', label: words.negative, values: ks.negatives, colour: 'neg', format: rate },
    { key: 'positives', label: words.positive, values: ks.positives, colour: 'pos', format: rate },
  ];
}

/** Where the distance is greatest: the score and both shares, as they are drawn; null where KS is not defined. */
export function ksGap({ ks }: RankingFigures): { x: number; low: number; high: number } | null {
  if (!Number.isFinite(ks.statistic) || !Number.isFinite(ks.threshold)) return null;
  const at = decidingRow(ks.score, ks.threshold);
  if (at < 0) return null;
  const [a, b] = [ks.positives[at]!, ks.negatives[at]!];
  return { x: ks.threshold, low: Math.min(a, b), high: Math.max(a, b) };
}

/** Both distribution functions and their distance at each drawn score. */
export function ksTwin({ ks }: RankingFigures, words: OutcomeWords): TableTwin {
  const distance = Float64Array.from(ks.score, (_, i) => Math.abs(ks.positives[i]! - ks.negatives[i]!));
  return {
    rowAt: (at) => decidingRow(ks.score, at),
    columns: [
      thresholdColumn(ks.score),
      { name: `${words.positive} below`, values: ks.positives, format: rate },
      { name: `${words.negative} below`, values: ks.negatives, format: rate },
      { name: 'Distance', values: distance, format: metric },
    ],
  };
}

/** The envelope, and deciding without a score. */
export function costSeries({ costCurve }: RankingFigures): readonly Series[] {
  return [
    {
      key: 'envelope',
      label: 'best threshold',
      values: costCurve.expectedCost,
      colour: 'c1',
      format: metric,
    },
    {
      key: 'trivial',
      label: 'no score',
      values: withoutScore(costCurve.probabilityCost),
      colour: 'ref',
      isDashed: true,
      format: metric,
    },
  ];
}

/** Cost of the cheaper of flagging everybody and nobody. */
function withoutScore(probabilityCost: ArrayLike<number>): Float64Array {
  return Float64Array.from(probabilityCost, (weight) => Math.min(weight, 1 - weight));
}

export function costTwin({ costCurve }: RankingFigures): TableTwin {
  const { probabilityCost, expectedCost } = costCurve;
  return {
    columns: [
      { name: 'Probability cost', values: probabilityCost, format: metric },
      { name: 'Expected cost', values: expectedCost, format: metric },
      { name: 'Without a score', values: withoutScore(probabilityCost), format: metric },
    ],
  };
}
