import { useCallback } from 'react';
import { PictureSource } from '../../charts/picture-source.tsx';
import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdsView } from '../../contracts/saved-state.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { AnswerLine } from './AnswerLine.tsx';
import { activeStrategies } from './active-strategy.ts';
import { bestOffer } from './best-offer.ts';
import { DecisionPictures } from './DecisionPictures.tsx';
import { DistributionPanel } from './DistributionPanel.tsx';
import { GoToBest } from './GoToBest.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { countedApart, judgedAndNot, judgedRows, pageNotices } from './rows-caption.ts';
import { ScenarioPanel } from './ScenarioPanel.tsx';
import { StrategyPanel } from './StrategyPanel.tsx';
import { TheoryCheck } from './sensitivity/TheoryCheck.tsx';
import { WhatMoves } from './sensitivity/WhatMoves.tsx';
import { sourceLine } from './source-line.ts';
import type { CapacityPer } from './strategy-label.ts';
import { ThresholdsTabs, useThresholdsView } from './ThresholdsTabs.tsx';
import { type UncertaintyState, useUncertainty } from './use-uncertainty.ts';
import type { VersusAnswer } from './versus.ts';
import { outcomeWords } from './words.ts';

/** What the page shows: answers about the judged rows at the current threshold, as the frame has them. */
export interface ThresholdsPageProps {
  readonly spec: JudgementSpec;
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

/** Parts about the scores themselves, not the money: they have their distribution beside them. */
const showsScores: ReadonlySet<ThresholdsView> = new Set(['ranking', 'calibration']);

/** Where to draw the line: the answer, what every threshold is worth, and what it does to whom. */
export function ThresholdsPage(props: ThresholdsPageProps) {
  const { spec, summary, answer, decision, threshold, versus } = props;
  const view = useThresholdsView();
  const parameters = useWorkspace((state) => state.choices.strategies);
  const uncertainty = useUncertainty(summary.id, answer.scenario, parameters);
  const split = useWorkspace((state) => state.choices.split);
  const choose = useWorkspace((state) => state.choose);
  const apply = useCallback((chosen: number) => choose({ threshold: chosen }), [choose]);
  const rows = judgedRows(summary, split);
  const apart = countedApart(summary, answer.scenario);
  const notices = pageNotices(summary);
  const offer = decision === null ? null : bestOffer(answer, decision, summary);
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
            <AnswerLine
              summary={summary}
              answer={answer}
              decision={decision}
              versus={versus}
              uncertainty={uncertainty.current}
              plateauShare={parameters.plateauShare}
            />
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
          <ThresholdsTabs
            summary={summary}
            answer={answer}
            spec={spec}
            threshold={threshold}
            decision={decision}
            rows={rows}
            decisionView={
              <DecisionView
                {...props}
                rows={rows}
                uncertainty={uncertainty}
                per={parameters.capacityPer}
                onApply={apply}
              />
            }
          />
        </main>
        <aside
          aria-label="Scenario and scores"
          className="grid grid-cols-[minmax(0,1fr)] content-start gap-2 border-line bg-raise p-4 pt-3 pb-2 max-desk:border-t desk:border-l"
        >
          <ScenarioPanel scenario={answer.scenario} meanAmount={summary.meanAmount} />
          {answer.scenario !== null && (
            <GoToBest
              label={offer?.label ?? null}
              threshold={offer?.threshold ?? Number.NaN}
              onApply={apply}
            />
          )}
          {view === 'decision' && answer.scenario !== null && (
            <>
              <WhatMoves judgementId={summary.id} scenario={answer.scenario} threshold={threshold} />
              <TheoryCheck spec={spec} scenario={answer.scenario} />
            </>
          )}
          {showsScores.has(view) && (
            <DistributionPanel
              summary={summary}
              words={outcomeWords(answer.scenario)}
              threshold={threshold}
              rows={judgedAndNot(summary, split)}
            />
          )}
        </aside>
      </div>
    </PictureSource>
  );
}

interface DecisionViewProps extends ThresholdsPageProps {
  readonly rows: string;
  readonly uncertainty: UncertaintyState;
  readonly per: CapacityPer;
  readonly onApply: (threshold: number) => void;
}

/** The decision itself: what every threshold is worth, what this one does to whom, and what the rules would choose. */
function DecisionView(props: DecisionViewProps) {
  const { summary, answer, decision, answerLate, decisionLate, threshold, pinned, versus, rows } = props;
  return (
    <>
      <DecisionPictures {...props} />
      <div className="mt-1.5 grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-4 border-t border-line pt-1.5 desk:grid-cols-[264px_minmax(0,1fr)]">
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
          uncertainty={props.uncertainty}
          per={props.per}
          onApply={props.onApply}
          isStale={answerLate}
        />
      </div>
    </>
  );
}
