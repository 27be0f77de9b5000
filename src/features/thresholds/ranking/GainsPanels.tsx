import { memo, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { type CurvePoint, XyChart, type XyChartProps } from '../../../charts/XyChart.tsx';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import type { ThresholdDecision } from '../../../core/threshold/decision.ts';
import { formatPercentTick, formatRate, formatRatio } from '../../../design/format.ts';
import { thresholdsDrawn } from '../rows-caption.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import type { ScoreAxis } from '../use-score-axis.ts';
import { rankingDefinitions } from './definitions.ts';
import { gainsPoint, gainsTwin, liftDomain, liftPoint } from './ranking.view-model.ts';

export interface GainsPanelProps {
  readonly figures: RankingFigures;
  readonly axis: ScoreAxis;
  readonly decision: ThresholdDecision | null;
  readonly rows: string;
  readonly distinctScores: number;
  readonly size: PictureSize;
}

const rate = (value: number) => formatRate(value);
const ratio = (value: number) => formatRatio(value);

/** Share of the positives caught by share flagged. */
export const GainsPanel = memo(function GainsPanel(props: GainsPanelProps) {
  const { decision, figures } = props;
  const point = gainsPoint(decision);
  return (
    <CurveFrame
      {...props}
      title="Cumulative gains"
      message={`Cumulative gains.${point === null ? '' : ` Now ${point.label} flagged.`}`}
      definition={rankingDefinitions.gains}
      y={figures.gainsCurve.recall}
      yTitle="Positives caught"
      reference="diagonal"
      current={point}
      formatY={rate}
      formatYTick={formatPercentTick}
    />
  );
});

const byChance = { y: 1, label: 'by chance' };

/** Lift by share flagged. */
export const LiftPanel = memo(function LiftPanel(props: GainsPanelProps) {
  const { lift } = props.figures.gainsCurve;
  const domain = useMemo(() => liftDomain(lift), [lift]);
  const point = liftPoint(props.decision);
  return (
    <CurveFrame
      {...props}
      title="Lift"
      message={`Lift by share flagged.${point === null ? '' : ` Now ${point.label}.`}`}
      definition={rankingDefinitions.lift}
      y={lift}
      yTitle="Lift"
      yDomain={domain}
      reference={byChance}
      current={point}
      formatY={ratio}
    />
  );
});

type CurveFrameProps = GainsPanelProps &
  Pick<XyChartProps, 'y' | 'yTitle' | 'yDomain' | 'reference' | 'formatY' | 'formatYTick'> & {
    readonly title: string;
    readonly message: string;
    readonly definition: { readonly text: string; readonly formula: string };
    readonly current: CurvePoint | null;
  };

function CurveFrame({
  figures,
  axis,
  decision,
  rows,
  distinctScores,
  size,
  title,
  message,
  definition,
  ...curve
}: CurveFrameProps) {
  const { flaggedShare, threshold } = figures.gainsCurve;
  const twin = useMemo(() => gainsTwin(figures), [figures]);
  const height = pictureHeights[size].part;
  return (
    <ChartFrame
      title={title}
      // The first point of the curve flags nobody: it is no threshold.
      caption={`${rows}; ${thresholdsDrawn(threshold.length - 1, distinctScores)}`}
      message={message}
      twin={twin}
      {...(decision === null ? {} : { threshold: decision.threshold })}
      definition={definition}
      height={height}
    >
      <XyChart
        {...curve}
        x={flaggedShare}
        threshold={threshold}
        xTitle="Flagged"
        height={height}
        formatThreshold={axis.formatHovered}
        formatX={rate}
        formatXTick={formatPercentTick}
        onThreshold={axis.onCurve}
      />
    </ChartFrame>
  );
}
