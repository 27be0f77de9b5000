import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { ScoreLineChart } from '../../charts/ScoreLineChart.tsx';
import type { ThresholdHandler } from '../../charts/use-threshold-drag.ts';
import type { Curves } from '../../core/threshold/decision.ts';
import { formatPercentTick } from '../../design/format.ts';
import { definitions } from './definitions.ts';
import { rateSeries } from './rates.view-model.ts';
import { thresholdsDrawn } from './rows-caption.ts';
import { ratesTwin } from './twins.view-model.ts';
import { type PictureSize, pictureHeights } from './use-picture-size.ts';

export interface RatesPanelProps {
  readonly rates: Curves['rates'];
  readonly axis: readonly [number, number];
  readonly plateau: readonly [number, number] | null;
  readonly threshold: number;
  readonly pinned: { readonly threshold: number; readonly label: string } | null;
  readonly formatThreshold: (threshold: number) => string;
  readonly onThreshold: ThresholdHandler;
  readonly rows: string;
  /** Distinct thresholds there are; the picture draws some of them. */
  readonly distinctScores: number;
  /** It is the main picture while there is no scenario. */
  readonly isMain: boolean;
  readonly size: PictureSize;
}

const share: readonly [number, number] = [0, 1];

/** Precision, recall and flagged share over the same score axis as the net value. */
export const RatesPanel = memo(function RatesPanel(props: RatesPanelProps) {
  const { rates, isMain, size } = props;
  const series = useMemo(() => rateSeries(rates), [rates]);
  const twin = useMemo(() => ratesTwin(rates), [rates]);
  const drawn = thresholdsDrawn(rates.threshold.length, props.distinctScores);
  const height = pictureHeights[size][isMain ? 'ratesAlone' : 'rates'];
  return (
    <ChartFrame
      title="Precision, recall and flagged share"
      {...(isMain ? { caption: `${props.rows}; ${drawn}` } : {})}
      message="Precision, recall and flagged share by threshold: recall and flagged share fall as the threshold rises."
      twin={twin}
      threshold={props.threshold}
      definition={definitions.rates}
      height={height}
    >
      <ScoreLineChart
        x={rates.threshold}
        series={series}
        plateau={props.plateau}
        xDomain={props.axis}
        yDomain={share}
        formatY={formatPercentTick}
        xTitle="Score threshold"
        height={height}
        threshold={props.threshold}
        formatThreshold={props.formatThreshold}
        showPill={isMain}
        pinned={isMain ? props.pinned : null}
        onThreshold={props.onThreshold}
      />
    </ChartFrame>
  );
});
