import type { CurvePoint } from '../../charts/XyChart.tsx';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { formatMetric } from '../../design/format.ts';

/** Where a decision stands on the ROC curve; null where a rate is not defined (one outcome only). */
export function rocPoint(decision: ThresholdDecision | null, label?: string): CurvePoint | null {
  return decision === null ? null : curvePoint(decision.fpr, decision.recall, label);
}

/** Where a decision stands on the precision-recall curve; null where nothing is flagged. */
export function prPoint(decision: ThresholdDecision | null, label?: string): CurvePoint | null {
  return decision === null ? null : curvePoint(decision.recall, decision.precision, label);
}

function curvePoint(x: number, y: number, label?: string): CurvePoint | null {
  if (Number.isNaN(x) || Number.isNaN(y)) return null;
  return { x, y, label: label ?? `${formatMetric(x)}, ${formatMetric(y)}` };
}
