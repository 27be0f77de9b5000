import { memo, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import type { CalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import { formatThreshold, formatValue } from '../../../design/format.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import type { ScoreAxis } from '../use-score-axis.ts';
import { benefitDomain, decisionSeries, decisionTwin, usefulRange } from './decision-curve.view-model.ts';
import { calibrationDefinitions } from './definitions.ts';

export interface DecisionCurvePanelProps {
  readonly figures: CalibrationFigures;
  readonly axis: ScoreAxis;
  readonly threshold: number;
  readonly rows: string;
  readonly size: PictureSize;
}

const plain = (value: number) => formatValue(value);

/** Net benefit by threshold probability, beside flagging everybody and nobody. */
export const DecisionCurvePanel = memo(function DecisionCurvePanel(props: DecisionCurvePanelProps) {
  const { figures, axis, threshold, rows, size } = props;
  const { decisionCurve } = figures;
  const series = useMemo(() => decisionSeries(decisionCurve), [decisionCurve]);
  const twin = useMemo(() => decisionTwin(decisionCurve), [decisionCurve]);
  const domain = useMemo(() => benefitDomain(decisionCurve), [decisionCurve]);
  const useful = useMemo(() => usefulText(decisionCurve), [decisionCurve]);
  const height = pictureHeights[size].part - 40;
  return (
    <ChartFrame
      title="Decision curve"
      caption={`${rows}; ${useful} Net benefit is no money: it is not net value`}
      message={`Net benefit by threshold probability, these scores against flagging everybody and nobody. ${useful}`}
      twin={twin}
      definition={calibrationDefinitions.decisionCurve}
      height={height}
      ruled
    >
      <ScoreLineChart
        x={decisionCurve.threshold}
        series={series}
        references={nobody}
        xDomain={axis.domain}
        yDomain={domain}
        formatY={plain}
        yTitle="Net benefit, true positives per row"
        xTitle="Threshold probability"
        height={height}
        threshold={Number.isNaN(threshold) ? null : threshold}
        formatThreshold={axis.format}
        showPill
        onThreshold={axis.onThreshold}
      />
    </ChartFrame>
  );
});

const nobody = [{ y: 0, label: 'flag nobody' }];

function usefulText(curve: CalibrationFigures['decisionCurve']): string {
  const range = usefulRange(curve);
  if (range === null) return 'these scores beat flagging everybody or nobody nowhere.';
  const [from, to] = range.map((end) => formatThreshold(end, 2));
  return `these scores beat flagging everybody and nobody from ${from} to ${to}.`;
}
