import { memo, useCallback, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { xOf, yOf } from '../../../charts/plot-frame.ts';
import { type PlotPlace, ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { formatMetric, formatPercentTick } from '../../../design/format.ts';
import { thresholdsDrawn } from '../rows-caption.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import type { ScoreAxis } from '../use-score-axis.ts';
import type { OutcomeWords } from '../words.ts';
import { rankingDefinitions } from './definitions.ts';
import { ksGap, ksSeries, ksTwin } from './ranking.view-model.ts';

export interface KsPanelProps {
  readonly figures: RankingFigures;
  readonly axis: ScoreAxis;
  readonly threshold: number;
  readonly rows: string;
  readonly distinctScores: number;
  readonly size: PictureSize;
  readonly words: OutcomeWords;
}

const unit: readonly [number, number] = [0, 1];

/** Both distribution functions over the score, and where they are farthest apart. */
export const KsPanel = memo(function KsPanel(props: KsPanelProps) {
  const { figures, axis, threshold, rows, distinctScores, size, words } = props;
  const { ks } = figures;
  const series = useMemo(() => ksSeries(figures, words), [figures, words]);
  const twin = useMemo(() => ksTwin(figures, words), [figures, words]);
  const gap = useMemo(() => ksGap(figures), [figures]);
  const label = `KS ${formatMetric(ks.statistic)} at ${axis.formatHovered(ks.threshold)}`;
  const points = useMemo(() => (gap === null ? [] : [{ threshold: gap.x, label }]), [gap, label]);
  const marks = useCallback(
    ({ frame, xDomain, yDomain }: PlotPlace) =>
      gap === null ? null : (
        <path
          d={`M${xOf(gap.x, xDomain, frame)} ${yOf(gap.low, yDomain, frame)}V${yOf(gap.high, yDomain, frame)}`}
          stroke="var(--text)"
          strokeWidth={1.5}
          pointerEvents="none"
        />
      ),
    [gap],
  );
  const height = pictureHeights[size].part;
  return (
    <ChartFrame
      title="Distance of the outcomes (KS)"
      caption={`${rows}; ${thresholdsDrawn(ks.score.length, distinctScores)}`}
      message={`Shares of ${words.positive} and ${words.negative} rows below each score. ${label}.`}
      twin={twin}
      threshold={threshold}
      definition={rankingDefinitions.ks}
      height={height}
    >
      <ScoreLineChart
        x={ks.score}
        series={series}
        points={points}
        marks={marks}
        xDomain={axis.domain}
        yDomain={unit}
        formatY={formatPercentTick}
        yTitle="Share below the score"
        xTitle="Score threshold"
        height={height}
        threshold={Number.isNaN(threshold) ? null : threshold}
        formatThreshold={axis.format}
        showPill
        onThreshold={axis.onThreshold}
      />
    </ChartFrame>
  );
});
