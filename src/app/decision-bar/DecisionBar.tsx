import { memo, useMemo, useRef, useState } from 'react';
import { OutcomeSlider } from '../../charts/OutcomeSlider.tsx';
import { stepThreshold } from '../../compute/queries.ts';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatThreshold, formatValue } from '../../design/format.ts';
import { NumberField } from '../../design/NumberField.tsx';
import { Tile } from '../../design/Tile.tsx';
import { activeStrategies } from '../../features/thresholds/active-strategy.ts';
import { knownDecisions, thresholdShown, thresholdText } from '../../features/thresholds/display-text.ts';
import { draggedThreshold } from '../../features/thresholds/dragged-threshold.ts';
import { strategyNames } from '../../features/thresholds/strategy-label.ts';
import { outcomeWords } from '../../features/thresholds/words.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import type { Analysis } from '../analysis/use-analysis.ts';
import { PinButton } from './PinButton.tsx';
import { createThresholdStepper } from './threshold-stepper.ts';
import { tilesView } from './tiles.view-model.ts';
import { typedThreshold } from './typed-threshold.ts';

/**
 * The threshold and what it does, in sight on every analysis page: number, slider over the scores of both outcomes,
 * six figures with their change against the pinned baseline. On narrow screens the slider stays, the figures scroll.
 */
export function DecisionBar({ analysis }: { readonly analysis: Analysis }) {
  const { summary, answer, threshold, pinned, decision, pinnedDecision, decisionLate } = analysis;
  const known = knownDecisions(answer.strategies, decision, pinnedDecision);
  const { value, digits } = thresholdShown(threshold, known);
  return (
    <section
      aria-label="Decision bar"
      className={classNames(
        'contents border-line bg-surface wide:sticky wide:top-0 wide:z-10 wide:grid wide:border-b wide:pl-5 print:hidden',
        'wide:grid-cols-[124px_minmax(0,1fr)] desk:h-[92px] desk:grid-cols-[124px_minmax(200px,416px)_minmax(568px,1fr)]',
      )}
    >
      <div className="sticky top-0 z-10 border-b border-line bg-surface px-4 py-2 wide:contents">
        <ThresholdValue
          summary={summary}
          answer={answer}
          threshold={threshold}
          pinned={pinned}
          shown={value}
          digits={digits}
        />
        <ThresholdSlider analysis={analysis} known={known} />
      </div>
      <Tiles
        decision={decision}
        pinnedDecision={pinnedDecision}
        decisionLate={decisionLate}
        isYear={answer.scenario !== null && answer.scenario.rowsPerYear !== null}
      />
    </section>
  );
}

/** "0.3605" fits the field in its large figure; a million different scores may take six decimals. */
const MOST_LARGE_DECIMALS = 4;

/** Scores below this are written without thousands separators: a comma in them is a decimal mark. */
const LEAST_GROUPED = 1000;

/** Digits that a typed threshold keeps: more than any table of scores is written with is noise. */
const MOST_TYPED_DIGITS = 12;

interface ThresholdValueProps extends Pick<Analysis, 'summary' | 'answer' | 'threshold' | 'pinned'> {
  /** What the field holds and shows: leaving it unchanged is then no new threshold, however many digits a score has. */
  readonly shown: number;
  readonly digits: number;
}

const ThresholdValue = memo(function ThresholdValue(props: ThresholdValueProps) {
  const { summary, answer, threshold, pinned, shown, digits } = props;
  const choose = useWorkspace((state) => state.choose);
  const per = useWorkspace((state) => state.choices.strategies.capacityPer);
  const active = strategyNames(activeStrategies(answer.strategies, threshold), 2, per);
  const { low, high } = summary.histogram;
  // Kept as it is: a new format object would make the field build its number parser anew on each frame of a drag.
  const format = useMemo(
    () => ({
      minimumFractionDigits: digits,
      maximumFractionDigits: Math.max(digits, MOST_TYPED_DIGITS),
      useGrouping: Math.max(Math.abs(low), Math.abs(high)) >= LEAST_GROUPED,
    }),
    [digits, low, high],
  );
  const [refused, setRefused] = useState<{ readonly text: string; readonly at: number } | null>(null);
  // What was refused at another threshold is history.
  const refusal = refused !== null && Object.is(refused.at, shown) ? refused.text : null;
  // Below the lowest score lies the short decimal that stands for it.
  const least = Math.min(low, shown);
  const take = (typed: number) => {
    if (Number.isNaN(typed) || typed === shown) return;
    const taken = typedThreshold(typed, [least, high]);
    if ('refusal' in taken) setRefused({ text: taken.refusal, at: shown });
    else {
      setRefused(null);
      choose({ threshold: Math.max(taken.threshold, low) });
    }
  };
  return (
    <div className="flex items-center gap-2 wide:flex-col wide:items-start wide:justify-center wide:gap-0.5">
      <div className="flex w-full items-center justify-between gap-1 max-wide:w-auto wide:max-w-[104px]">
        <span className="text-caption text-text-3" aria-hidden="true">
          Threshold
        </span>
        <PinButton
          summary={summary}
          scenario={answer.scenario}
          threshold={threshold}
          pinned={pinned}
          shown={formatThreshold(shown, digits)}
        />
      </div>
      <NumberField
        label="Threshold"
        layout="bare"
        size={digits > MOST_LARGE_DECIMALS ? 'threshold-long' : 'threshold'}
        value={shown}
        onCommit={take}
        min={least}
        max={high}
        step={0.001}
        format={format}
        className="max-wide:order-3 max-wide:ml-auto"
      />
      {refusal === null && (
        <span className="max-w-[112px] min-w-0 truncate text-caption text-text-3" title={active}>
          {active || '\u00A0'}
        </span>
      )}
      <p
        role="status"
        className={refusal === null ? 'sr-only' : 'max-w-[116px] text-caption leading-[15px] text-warn'}
      >
        {refusal}
      </p>
    </div>
  );
});

interface ThresholdSliderProps {
  readonly analysis: Analysis;
  readonly known: ReturnType<typeof knownDecisions>;
}

function ThresholdSlider({ analysis, known }: ThresholdSliderProps) {
  const choose = useWorkspace((state) => state.choose);
  const { summary, answer, threshold, decision, pinned } = analysis;
  const { histogram, id } = summary;
  const words = outcomeWords(answer.scenario);
  const shown = useRef(threshold);
  shown.current = threshold;
  const step = useMemo(
    () =>
      createThresholdStepper({
        step: (from, { direction, size }) => stepThreshold(id, from, direction, size),
        current: () => useWorkspace.getState().choices.threshold ?? shown.current,
        set: (next) => choose({ threshold: next }),
      }),
    [id, choose],
  );
  const flags =
    decision === null ? '' : `, flags ${formatCount(decision.flagged)} of ${formatCount(decision.rows)} rows`;
  return (
    <div className="min-w-0">
      <OutcomeSlider
        histogram={histogram}
        positiveLabel={`${words.positive} ${formatCount(summary.positives)}`}
        negativeLabel={`${words.negative} ${formatCount(summary.negatives)}`}
        threshold={threshold}
        pinned={
          pinned === null ? null : { threshold: pinned, label: `pinned ${thresholdText(pinned, known)}` }
        }
        formatScore={(score) => formatValue(score)}
        valueText={thresholdText(threshold, known) + flags}
        onThreshold={(next) => choose({ threshold: draggedThreshold(next, [histogram.low, histogram.high]) })}
        onStep={(direction, size) => void step({ direction, size })}
      />
    </div>
  );
}

interface TilesProps extends Pick<Analysis, 'decision' | 'pinnedDecision' | 'decisionLate'> {
  readonly isYear: boolean;
}

const Tiles = memo(function Tiles({ decision, pinnedDecision, decisionLate, isYear }: TilesProps) {
  return (
    <div
      aria-busy={decisionLate}
      className={classNames(
        'grid grid-cols-3 border-b border-line transition-opacity duration-150',
        'wide:col-span-2 wide:-ml-5 wide:grid-cols-6 wide:border-t wide:border-b-0 desk:col-span-1 desk:ml-4 desk:border-t-0 desk:border-l',
        '*:border-line max-wide:*:nth-[3n+2]:border-l max-wide:*:nth-[3n]:border-l max-wide:*:nth-[n+4]:border-t wide:*:not-first:border-l',
        decisionLate && 'opacity-50',
      )}
    >
      {tilesView(decision, pinnedDecision, isYear).map((tile) => (
        <Tile key={tile.id} label={tile.label} value={tile.value} exact={tile.exact} change={tile.change} />
      ))}
    </div>
  );
});
