import { useCallback, useMemo, useState } from 'react';
import { AlignedPictures } from '../../charts/picture-hover.tsx';
import { PictureSource } from '../../charts/picture-source.tsx';
import type { JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { classNames } from '../../design/class-names.ts';
import { formatThreshold } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { AnswerLine } from './AnswerLine.tsx';
import { activeStrategies } from './active-strategy.ts';
import { bestOffer } from './best-offer.ts';
import { PrPanel, RocPanel } from './CurvePanels.tsx';
import { DistributionPanel } from './DistributionPanel.tsx';
import { knownDecisions, thresholdText } from './display-text.ts';
import { axisDigits, draggedThreshold } from './dragged-threshold.ts';
import { GoToBest } from './GoToBest.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { type MoneyMeasure, MoneyPanel } from './MoneyPanel.tsx';
import { RatesPanel } from './RatesPanel.tsx';
import { countedApart, judgedAndNot, judgedRows, pageNotices } from './rows-caption.ts';
import { ScenarioPanel } from './ScenarioPanel.tsx';
import { StrategyPanel } from './StrategyPanel.tsx';
import { sourceLine } from './source-line.ts';
import { usePictureSize } from './use-picture-size.ts';
import type { VersusAnswer } from './versus.ts';
import { outcomeWords } from './words.ts';

/** What the page shows: answers about the judged rows at the current threshold, as the frame has them. */
export interface ThresholdsPageProps {
  readonly summary: JudgementSummary;
  readonly answer: ScenarioAnswer;
  /** NaN when there is none to choose (no score, no positives). */
  readonly threshold: number;
  readonly decision: ThresholdDecision | null;
  readonly pinned: number | null;
  readonly pinnedDecision: ThresholdDecision | null;
  /** The same rows under the second scenario; null = one scenario only. */
  readonly versus: VersusAnswer | null;
  readonly answerLate: boolean;
  readonly decisionLate: boolean;
}

/** Where to draw the line: the answer, what every threshold is worth, and what it does to whom. */
export function ThresholdsPage(props: ThresholdsPageProps) {
  const { summary, answer, decision, answerLate, decisionLate, threshold, pinned, versus } = props;
  const split = useWorkspace((state) => state.choices.split);
  const choose = useWorkspace((state) => state.choose);
  const apply = useCallback((chosen: number) => choose({ threshold: chosen }), [choose]);
  const rows = judgedRows(summary, split);
  const apart = countedApart(summary, answer.scenario);
  const notices = pageNotices(summary);
  const offer = decision === null ? null : bestOffer(answer, decision);
  const table = useWorkspace((state) => state.table.value?.name ?? '');
  const scoredBy = useWorkspace((state) => state.choices.scoreColumn ?? state.model.value?.name ?? '');
  const source = sourceLine({
    table,
    scoredBy,
    rows,
    scenario: answer.scenario,
    versus: versus?.answer.scenario ?? null,
  });
  return (
    <PictureSource value={source}>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_272px]">
        <main id="content" className="min-w-0 px-5 pt-2.5 pb-1.5 max-wide:px-4 max-wide:pt-3">
          <h1 className="sr-only">Thresholds</h1>
          {decision !== null && (
            <AnswerLine summary={summary} answer={answer} decision={decision} versus={versus} />
          )}
          {apart.length > 0 && (
            <p className="-mt-1 mb-3 max-w-[100ch] text-caption text-text-3">{apart.join(' ')}</p>
          )}
          {notices.length > 0 && (
            <div className="mb-3 grid max-w-[80ch] gap-2">
              {notices.map((notice) => (
                <Notice key={notice.message} tone="warn">
                  {notice.message}
                </Notice>
              ))}
            </div>
          )}
          <Pictures {...props} rows={rows} />
          <div className="mt-1.5 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 border-t border-line pt-1.5 desk:grid-cols-[264px_minmax(0,1fr)]">
            {decision !== null && (
              <MatrixPanel
                summary={summary}
                decision={decision}
                scenario={answer.scenario}
                rows={rows}
                isStale={decisionLate}
              />
            )}
            <StrategyPanel
              answer={answer}
              versus={versus?.answer ?? null}
              // Only a rule's own threshold marks a row: all others are one to the table, and a drag passes it by.
              threshold={activeStrategies(answer.strategies, threshold).length > 0 ? threshold : Number.NaN}
              pinned={pinned}
              onApply={apply}
              isStale={answerLate}
            />
          </div>
        </main>
        <aside
          aria-label="Scenario and scores"
          className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 border-line bg-raise p-4 max-desk:border-t desk:border-l"
        >
          <ScenarioPanel scenario={answer.scenario} meanAmount={summary.meanAmount} />
          {answer.scenario !== null && (
            <GoToBest
              label={offer?.label ?? null}
              threshold={offer?.threshold ?? Number.NaN}
              onApply={apply}
            />
          )}
          <DistributionPanel
            summary={summary}
            words={outcomeWords(answer.scenario)}
            threshold={threshold}
            rows={judgedAndNot(summary, split)}
          />
        </aside>
      </div>
    </PictureSource>
  );
}

/** The pictures over the score axis at the left, the two curves at the right; one marker runs through all. */
function Pictures(props: ThresholdsPageProps & { readonly rows: string }) {
  const { summary, answer, threshold, decision, pinned, pinnedDecision, rows } = props;
  const choose = useWorkspace((state) => state.choose);
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
