import { useCallback, useMemo, useState } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { movableAssumptions, movedValue } from '../../../core/money/moved-assumption.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import type { HeatMap, MovedAssumption } from '../../../core/money/sensitivity-figures.ts';
import { formatCountOf } from '../../../design/format.ts';
import { Select } from '../../../design/Select.tsx';
import { Skeleton } from '../../../design/Skeleton.tsx';
import {
  assumptionKind,
  assumptionLabel,
  assumptionStep,
  assumptionText,
  startingRange,
} from '../assumption-words.ts';
import { CheckedNumber } from '../CheckedNumber.tsx';
import { moneyText } from '../display-text.ts';
import { netValueTitle, scaledRows } from '../scale-words.ts';
import { useFigure } from '../use-figure.ts';
import { pictureHeights, usePictureSize } from '../use-picture-size.ts';
import { useScoreAxis } from '../use-score-axis.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { sensitivityDefinitions } from './definitions.ts';
import { FailedFigure } from './FailedFigure.tsx';
import { HeatMapPicture } from './HeatMapPicture.tsx';
import {
  boundarySentence,
  type HeatLevel,
  heatLevels,
  heatMessage,
  heatTwin,
  levelBounds,
} from './heat-map.view-model.ts';

interface Range {
  readonly assumption: MovedAssumption;
  readonly ends: readonly [number, number];
}

/** Costs of acting are what is least known and moves the threshold most: the map begins with the first there is. */
const likeliest: readonly MovedAssumption[] = ['reviewCost', 'campaignCost', 'flagNegative'];

function beginning(scenario: Scenario): Range {
  const movable = movableAssumptions(scenario);
  const assumption = likeliest.find((name) => movable.includes(name)) ?? movable[0]!;
  return { assumption, ends: startingRange(scenario, assumption) };
}

/** Net value over threshold and an assumption of the user's choice, and how the recommended threshold moves with it. */
export function HeatMapPanel(props: ThresholdsViewProps & { readonly scenario: Scenario }) {
  const { summary, scenario, rows } = props;
  const [chosen, setChosen] = useState<Range | null>(null);
  const isStillThere = chosen !== null && movableAssumptions(scenario).includes(chosen.assumption);
  const range = isStillThere ? chosen : beginning(scenario);
  const { assumption, ends } = range;
  const answer = useFigure('judgement/heat-map', {
    judgementId: summary.id,
    scenario,
    assumption,
    low: ends[0],
    high: ends[1],
  });
  const label = assumptionLabel(scenario, assumption);
  return (
    <section aria-label="Threshold and assumption" className="min-w-0">
      <RangeFields scenario={scenario} range={range} onChange={setChosen} />
      {answer.error !== null ? (
        <FailedFigure what="The map" error={answer.error} />
      ) : answer.latest === null || answer.latest.assumption !== assumption ? (
        <Skeleton className="mt-3 h-80" />
      ) : (
        <MapFrame
          {...props}
          map={answer.latest}
          label={label}
          caption={scaledRows(rows, scenario)}
          isStale={answer.current === null}
        />
      )}
    </section>
  );
}

interface MapFrameProps extends ThresholdsViewProps {
  readonly scenario: Scenario;
  readonly map: HeatMap;
  readonly label: string;
  readonly caption: string;
  readonly isStale: boolean;
}

function MapFrame(props: MapFrameProps) {
  const { map, scenario, label, caption, isStale } = props;
  const axis = useScoreAxis(props);
  const height = pictureHeights[usePictureSize()].part + 40;
  const levels = useMemo(() => heatLevels(map), [map]);
  const twin = useMemo(() => heatTwin(map, scenario), [map, scenario]);
  const formatAssumption = useCallback(
    (value: number) => assumptionText(scenario, map.assumption, value),
    [scenario, map.assumption],
  );
  const sentence = boundarySentence(map, scenario);
  return (
    <ChartFrame
      title={`${netValueTitle(scenario)} by threshold and ${label.toLowerCase()}`}
      caption={`${caption}; ${formatCountOf(map.thresholds.length, 'threshold')} by ${formatCountOf(map.values.length, 'value')}; the best is of every distinct threshold`}
      message={`${heatMessage(map, scenario)} ${sentence}`}
      twin={twin}
      definition={sensitivityDefinitions.heatMap}
      height={height}
      isStale={isStale}
      className="mt-2"
    >
      <p className="mb-1.5 max-w-[80ch] text-table text-text-2">{sentence}</p>
      <HeatMapPicture
        map={map}
        levels={levels}
        label={label}
        present={movedValue(scenario, map.assumption)}
        threshold={props.threshold}
        formatThreshold={axis.format}
        formatAssumption={formatAssumption}
        formatNet={(net) => moneyText(net, scenario.currency)}
        onThreshold={axis.onThreshold}
        height={height}
      />
      <Legend levels={levels} currency={scenario.currency} />
    </ChartFrame>
  );
}

interface RangeFieldsProps {
  readonly scenario: Scenario;
  readonly range: Range;
  readonly onChange: (range: Range) => void;
}

/** Which assumption, and from where to where. */
function RangeFields({ scenario, range, onChange }: RangeFieldsProps) {
  const { assumption, ends } = range;
  const [low, high] = ends;
  const kind = assumptionKind(scenario, assumption);
  const step = assumptionStep(scenario, assumption);
  const options = movableAssumptions(scenario).map((name) => ({
    id: name,
    label: assumptionLabel(scenario, name),
  }));
  const field = (label: string, value: number, set: (typed: number) => readonly [number, number]) => (
    <CheckedNumber
      key={`${assumption} ${label}`}
      label={label}
      layout="stack"
      kind={kind}
      step={step}
      value={value}
      onChange={(typed) => {
        if (!Number.isNaN(typed)) onChange({ assumption, ends: set(typed) });
      }}
    />
  );
  return (
    <div className="grid grid-cols-[minmax(0,200px)_minmax(0,112px)_minmax(0,112px)] gap-2.5">
      <Select<MovedAssumption>
        label="Against"
        layout="stack"
        options={options}
        value={assumption}
        onChange={(next) => onChange({ assumption: next, ends: startingRange(scenario, next) })}
      />
      {field('From', low, (typed) => [Math.min(typed, high), Math.max(typed, high)])}
      {field('To', high, (typed) => [Math.min(low, typed), Math.max(low, typed)])}
    </div>
  );
}

/** The levels with their bounds, so that colour is not all there is. */
function Legend({ levels, currency }: { readonly levels: readonly HeatLevel[]; readonly currency: string }) {
  const bounds = levelBounds(levels, currency);
  return (
    <div className="mt-1 flex justify-end" aria-hidden="true">
      <div className="grid" style={{ gridTemplateColumns: `repeat(${levels.length}, 56px)` }}>
        {levels.map((level) => (
          <span key={level.from} className="h-2.5" style={{ background: level.colour }} />
        ))}
        {bounds.slice(0, -1).map((bound, i) => (
          <span key={bound} className="text-picture whitespace-nowrap text-text-3">
            {i === 0 || i % 3 === 0 ? bound : ''}
          </span>
        ))}
      </div>
      <span className="self-end text-picture whitespace-nowrap text-text-3">{bounds.at(-1)}</span>
    </div>
  );
}
