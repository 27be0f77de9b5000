import { memo, useCallback, useMemo, useState } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { IntervalBars } from '../../../charts/IntervalBars.tsx';
import { OutcomeHistogram } from '../../../charts/OutcomeHistogram.tsx';
import { narrowWidth, scoreGutter } from '../../../charts/plot-frame.ts';
import { type PlotPlace, ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import { useElementWidth } from '../../../charts/use-element-width.ts';
import type { JudgementSummary } from '../../../contracts/judgement.ts';
import type { CalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import { ChoiceChips } from '../../../design/ChoiceChips.tsx';
import {
  formatCount,
  formatCountOf,
  formatPercentTick,
  formatRate,
  formatValue,
} from '../../../design/format.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import type { ScoreAxis } from '../use-score-axis.ts';
import type { OutcomeWords } from '../words.ts';
import { calibrationDefinitions } from './definitions.ts';
import { type Binning, binRows, reliabilityBars, reliabilityTwin } from './reliability.view-model.ts';

export interface ReliabilityPanelProps {
  readonly summary: JudgementSummary;
  readonly figures: CalibrationFigures;
  /** Of the scores as they were; null when they are not recalibrated. */
  readonly before: CalibrationFigures | null;
  readonly axis: ScoreAxis;
  readonly threshold: number;
  readonly rows: string;
  readonly size: PictureSize;
  readonly words: OutcomeWords;
}

const unit: readonly [number, number] = [0, 1];
const binnings = [
  { id: 'equalMass', label: 'Equal mass' },
  { id: 'equalWidth', label: 'Equal width' },
] as const;
const histogramHeight = 96;

/** What the scores said against what happened, with the distribution of the scores under it on the same axis. */
export const ReliabilityPanel = memo(function ReliabilityPanel(props: ReliabilityPanelProps) {
  const { summary, figures, before, axis, threshold, rows, size, words } = props;
  const [binning, setBinning] = useState<Binning>('equalMass');
  const bins = figures[binning];
  const beforeBins = before === null ? null : before[binning];
  const twin = useMemo(() => reliabilityTwin(bins, beforeBins, words), [bins, beforeBins, words]);
  const x = useMemo(() => bins.map(({ meanScore }) => meanScore), [bins]);
  const series = useMemo(
    () => [
      {
        key: 'observed',
        label: 'observed',
        values: bins.map(({ observedRate }) => observedRate),
        colour: 'c1' as const,
        format: (value: number) => formatRate(value),
      },
    ],
    [bins],
  );
  const marks = useCallback(
    (place: PlotPlace) => (
      <>
        {beforeBins !== null && <IntervalBars bars={reliabilityBars(beforeBins)} {...place} isReference />}
        <IntervalBars bars={reliabilityBars(bins)} {...place} />
      </>
    ),
    [bins, beforeBins],
  );
  const hoverRows = useCallback((index: number) => binRows(bins[index]!), [bins]);
  const height = pictureHeights[size].part;
  const compared = before === null ? '' : '; hollow: before recalibration';
  return (
    <div className="relative">
      <div className="absolute -top-1 right-8 z-1">
        <ChoiceChips label="Bins" isBare options={binnings} value={binning} onChange={setBinning} />
      </div>
      <ChartFrame
        title="Reliability"
        caption={`${rows} in ${formatCountOf(bins.length, 'bin')}; 95\u00A0% Wilson intervals${compared}`}
        message={`Observed share of ${words.positive} rows by mean score in ${formatCountOf(bins.length, 'bin')}, against the diagonal of scores that are right.`}
        twin={twin}
        definition={calibrationDefinitions.reliability}
        height={height + histogramHeight}
      >
        <ScoreLineChart
          x={x}
          series={series}
          marks={marks}
          diagonal
          xDomain={axis.domain}
          yDomain={unit}
          formatY={formatPercentTick}
          yTitle={`Turned out ${words.positive}`}
          xTitle="Score"
          height={height}
          threshold={Number.isNaN(threshold) ? null : threshold}
          formatThreshold={axis.format}
          hoverRows={hoverRows}
          showPill
          onThreshold={axis.onThreshold}
        />
        <ScoresUnder summary={summary} threshold={threshold} words={words} />
      </ChartFrame>
    </div>
  );
});

type ScoresUnderProps = Pick<ReliabilityPanelProps, 'summary' | 'threshold' | 'words'>;

/** The scores by outcome, bar under dot. */
function ScoresUnder({ summary, threshold, words }: ScoresUnderProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const left = width < narrowWidth ? scoreGutter.narrow : scoreGutter.wide;
  return (
    <div ref={ref} style={{ height: histogramHeight }}>
      {width > 0 && (
        <OutcomeHistogram
          histogram={summary.histogram}
          width={width}
          height={histogramHeight}
          edges={[left, width - scoreGutter.right]}
          positiveLabel={`${words.positive} ${formatCount(summary.positives)}`}
          negativeLabel={`${words.negative} ${formatCount(summary.negatives)}`}
          threshold={Number.isNaN(threshold) ? null : threshold}
          formatScore={(score) => formatValue(score)}
        />
      )}
    </div>
  );
}
