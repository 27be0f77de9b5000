import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import type { ThresholdHandler } from '../../charts/use-threshold-drag.ts';
import { XyChart } from '../../charts/XyChart.tsx';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import { hasTooFewRows } from '../../core/metrics/few-rows.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { formatMetric, formatRate } from '../../design/format.ts';
import { prPoint, rocPoint } from './curve-points.view-model.ts';
import { definitions } from './definitions.ts';
import { bracketText } from './display-text.ts';
import { prTwin, rocTwin } from './twins.view-model.ts';
import { type PictureSize, pictureHeights } from './use-picture-size.ts';

export interface CurvePanelProps {
  readonly summary: JudgementSummary;
  readonly decision: ThresholdDecision | null;
  readonly pinnedDecision: ThresholdDecision | null;
  readonly formatThreshold: (threshold: number) => string;
  readonly onThreshold: ThresholdHandler;
  readonly size: PictureSize;
}

const format = (value: number) => formatMetric(value);

/** ROC with AUC and its DeLong interval. */
export const RocPanel = memo(function RocPanel({
  summary,
  decision,
  pinnedDecision,
  ...rest
}: CurvePanelProps) {
  const { roc } = summary.curves;
  const twin = useMemo(() => rocTwin(roc), [roc]);
  const auc = formatMetric(summary.metrics.rocAuc);
  const caption = `AUC ${auc} ${hasTooFewRows(summary) ? '(too few rows for an interval)' : `${bracketText(summary.rocAucInterval)}, DeLong`}`;
  return (
    <ChartFrame
      title="ROC"
      caption={caption}
      message={`ROC curve with the current threshold. ${caption}.`}
      twin={twin}
      {...(decision === null ? {} : { threshold: decision.threshold })}
      definition={definitions.roc}
      height={pictureHeights[rest.size].curve}
    >
      <XyChart
        x={roc.fpr}
        y={roc.tpr}
        threshold={roc.threshold}
        xTitle="False-positive rate"
        yTitle="True-positive rate"
        reference="diagonal"
        current={rocPoint(decision)}
        pinned={rocPoint(pinnedDecision, 'pinned')}
        height={pictureHeights[rest.size].curve}
        formatThreshold={rest.formatThreshold}
        formatX={format}
        formatY={format}
        onThreshold={rest.onThreshold}
      />
    </ChartFrame>
  );
});

/** Precision against recall, with the base rate. */
export const PrPanel = memo(function PrPanel({
  summary,
  decision,
  pinnedDecision,
  ...rest
}: CurvePanelProps) {
  const { pr } = summary.curves;
  const twin = useMemo(() => prTwin(pr), [pr]);
  const baseRate = summary.positives / summary.rows;
  const average = `Average precision ${formatMetric(summary.metrics.averagePrecision)}`;
  return (
    <ChartFrame
      title="Precision and recall"
      caption={average}
      message={`Precision-recall curve with the current threshold. ${average}.`}
      twin={twin}
      {...(decision === null ? {} : { threshold: decision.threshold })}
      definition={definitions.pr}
      height={pictureHeights[rest.size].curve}
    >
      <XyChart
        x={pr.recall}
        y={pr.precision}
        threshold={pr.threshold}
        xTitle="Recall"
        yTitle="Precision"
        reference={{ y: baseRate, label: `base rate ${formatRate(baseRate)}` }}
        current={prPoint(decision)}
        pinned={prPoint(pinnedDecision, 'pinned')}
        height={pictureHeights[rest.size].curve}
        formatThreshold={rest.formatThreshold}
        formatX={format}
        formatY={format}
        onThreshold={rest.onThreshold}
      />
    </ChartFrame>
  );
});
