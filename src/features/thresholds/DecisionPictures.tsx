import { useCallback, useMemo, useState } from 'react';
import { AlignedPictures } from '../../charts/picture-hover.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatThreshold } from '../../design/format.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { PrPanel, RocPanel } from './CurvePanels.tsx';
import { knownDecisions, thresholdText } from './display-text.ts';
import { axisDigits, draggedThreshold } from './dragged-threshold.ts';
import { type MoneyMeasure, MoneyPanel } from './MoneyPanel.tsx';
import { RatesPanel } from './RatesPanel.tsx';
import { percentText } from './scale-words.ts';
import type { ThresholdsPageProps } from './ThresholdsPage.tsx';
import { usePictureSize } from './use-picture-size.ts';

export interface DecisionPicturesProps
  extends Pick<
    ThresholdsPageProps,
    'summary' | 'answer' | 'threshold' | 'decision' | 'pinned' | 'pinnedDecision' | 'versus' | 'answerLate'
  > {
  readonly rows: string;
}

/** The pictures over the score axis at the left, the two curves at the right; one marker runs through all. */
export function DecisionPictures(props: DecisionPicturesProps) {
  const { summary, answer, threshold, decision, pinned, pinnedDecision, rows } = props;
  const choose = useWorkspace((state) => state.choose);
  const plateauShare = useWorkspace((state) => state.choices.strategies.plateauShare);
  const size = usePictureSize();
  const [shows, setShows] = useState<MoneyMeasure>('net');
  const { low, high } = summary.histogram;
  const axis = useMemo<readonly [number, number]>(() => [low, high], [low, high]);
  // Texts, not decisions, are handed on: a decision that changes nothing to be seen draws no picture anew.
  const known = knownDecisions(answer.strategies, decision, pinnedDecision);
  const shown = thresholdText(threshold, known);
  const pinnedLabel = pinned === null ? '' : `pinned ${thresholdText(pinned, known)}`;
  const pinnedMark = useMemo(
    () => (pinned === null ? null : { threshold: pinned, label: pinnedLabel }),
    [pinned, pinnedLabel],
  );
  const onThreshold = useCallback(
    (dragged: number) => choose({ threshold: draggedThreshold(dragged, axis) }),
    [choose, axis],
  );
  const onCurve = useCallback(
    // A point of a curve is an observed score, taken as it is; the ROC's origin flags nobody.
    (chosen: number) => choose({ threshold: Number.isFinite(chosen) ? chosen : axis[1] }),
    [choose, axis],
  );
  const formatHovered = useCallback((value: number) => formatThreshold(value, axisDigits(axis)), [axis]);
  const formatOnAxis = useCallback(
    // Under a finger or a pointer a pixel's worth of digits; at rest the threshold's own.
    (value: number) => (value === threshold ? shown : formatHovered(value)),
    [threshold, shown, formatHovered],
  );
  const onAxis = {
    size,
    axis,
    threshold,
    rows,
    distinctScores: summary.distinctScores,
    pinned: pinnedMark,
    onThreshold,
    formatThreshold: formatOnAxis,
  };
  const onCurves = {
    size,
    summary,
    decision,
    pinnedDecision,
    onThreshold: onCurve,
    formatThreshold: formatHovered,
  };
  const { money } = answer;
  return (
    <AlignedPictures>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 desk:grid-cols-[minmax(0,1fr)_minmax(288px,24%)]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-1.5">
          {money !== null && answer.scenario !== null && (
            <MoneyPanel
              {...onAxis}
              money={money}
              scenario={answer.scenario}
              strategies={answer.strategies}
              versus={props.versus?.answer ?? null}
              isStale={props.answerLate}
              plateauText={percentText(plateauShare)}
              shows={shows}
              onShows={setShows}
            />
          )}
          <RatesPanel
            {...onAxis}
            rates={summary.curves.rates}
            // Thresholds near the best net value: no run of the ROI.
            plateau={shows === 'net' ? (money?.plateau ?? null) : null}
            isMain={money === null}
          />
        </div>
        <div
          className={classNames(
            'grid grid-cols-[minmax(0,1fr)] content-start gap-4',
            'max-desk:wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]',
          )}
        >
          <RocPanel {...onCurves} />
          <PrPanel {...onCurves} />
        </div>
      </div>
    </AlignedPictures>
  );
}
