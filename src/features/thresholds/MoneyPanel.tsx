import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { ScoreLineChart } from '../../charts/ScoreLineChart.tsx';
import type { ThresholdHandler } from '../../charts/use-threshold-drag.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyResult } from '../../core/threshold/decision.ts';
import { Chip } from '../../design/Chip.tsx';
import { netValuePicture, roiPicture } from './net-value.view-model.ts';
import { thresholdsDrawn } from './rows-caption.ts';
import { netValueTitle, scaledRows } from './scale-words.ts';
import { moneyTwin } from './twins.view-model.ts';
import { type PictureSize, pictureHeights } from './use-picture-size.ts';
import type { VersusAnswer } from './versus.ts';
import { moneyDefinitions } from './words.ts';

export interface MoneyPanelProps {
  readonly money: MoneyCurves;
  readonly scenario: Scenario;
  readonly strategies: readonly StrategyResult[];
  /** The second scenario's answer, drawn as a dashed line; null = one scenario only. */
  readonly versus: VersusAnswer['answer'] | null;
  readonly axis: readonly [number, number];
  readonly threshold: number;
  readonly pinned: { readonly threshold: number; readonly label: string } | null;
  readonly formatThreshold: (threshold: number) => string;
  readonly onThreshold: ThresholdHandler;
  /** "1,336 test rows". */
  readonly rows: string;
  /** Distinct thresholds there are; the picture draws some of them. */
  readonly distinctScores: number;
  readonly isStale: boolean;
  readonly size: PictureSize;
  /** "1 %": how much less than the best a threshold of the plateau may earn. */
  readonly plateauText: string;
  readonly shows: MoneyMeasure;
  readonly onShows: (shows: MoneyMeasure) => void;
}

/** What the main picture shows. */
export type MoneyMeasure = 'net' | 'roi';

/** The main picture: net value (or ROI) by threshold. */
export const MoneyPanel = memo(function MoneyPanel(props: MoneyPanelProps) {
  const { money, scenario, strategies, versus, axis, size, rows, plateauText, shows, onShows } = props;
  const definition = moneyDefinitions(scenario);
  const picture = useMemo(() => {
    const input = { money, scenario, strategies, versus, axis, size };
    return shows === 'net' ? netValuePicture(input) : roiPicture(input);
  }, [money, scenario, strategies, versus, axis, size, shows]);
  const twin = useMemo(() => moneyTwin(money, scenario, versus), [money, scenario, versus]);
  const height = pictureHeights[size].money;
  const isNet = shows === 'net';
  return (
    <div className="relative">
      <PictureChoice shows={shows} onChange={onShows} />
      <ChartFrame
        title={isNet ? `${netValueTitle(scenario)} by threshold` : 'ROI by threshold'}
        caption={[
          scaledRows(rows, scenario),
          thresholdsDrawn(money.threshold.length, props.distinctScores),
          isNet ? 'band: 95\u00A0% interval at each fixed threshold' : null,
          size === 'narrow' ? picture.leftOut : null,
        ]
          .filter((part) => part !== null)
          .join('; ')}
        message={picture.message}
        twin={twin}
        threshold={props.threshold}
        definition={isNet ? definition.netValue : definition.roi}
        height={height}
        isStale={props.isStale}
      >
        <ScoreLineChart
          x={picture.x}
          series={picture.series}
          band={picture.band}
          references={picture.references}
          points={picture.points}
          plateau={picture.plateau}
          plateauLabel={`within ${plateauText} of the best`}
          xDomain={axis}
          {...(picture.yDomain === null ? {} : { yDomain: picture.yDomain })}
          formatY={picture.formatY}
          yTitle={
            // Beside the axis that it is about, where there is room: in the caption it would take a line of its own.
            picture.leftOut === null || size === 'narrow'
              ? picture.yTitle
              : `${picture.yTitle}; ${picture.leftOut}`
          }
          xTitle="Score threshold"
          isUpper
          height={height}
          threshold={props.threshold}
          formatThreshold={props.formatThreshold}
          showPill
          pinned={props.pinned}
          onThreshold={props.onThreshold}
        />
      </ChartFrame>
    </div>
  );
});

interface PictureChoiceProps {
  readonly shows: MoneyMeasure;
  readonly onChange: (shows: MoneyMeasure) => void;
}

const PictureChoice = memo(function PictureChoice({ shows, onChange }: PictureChoiceProps) {
  return (
    <fieldset className="absolute -top-1.5 right-8 z-1 flex gap-1">
      <legend className="sr-only">What the picture shows</legend>
      <Chip isSelected={shows === 'net'} onChange={() => onChange('net')}>
        Net value
      </Chip>
      <Chip isSelected={shows === 'roi'} onChange={() => onChange('roi')}>
        ROI
      </Chip>
    </fieldset>
  );
});
