import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';

/** What every part of the Thresholds page gets: answers about the judged rows at the threshold in force. */
export interface ThresholdsViewProps {
  readonly summary: JudgementSummary;
  /** Under the scenario in force; money is null without one. */
  readonly answer: ScenarioAnswer;
  /** What is judged, for tasks that read rows again; `summary.id` is the handle for those that do not. */
  readonly spec: JudgementSpec;
  /** NaN when there is none to choose (no score, no positives). */
  readonly threshold: number;
  /** At, or while late near, the threshold; null until the first answer. */
  readonly decision: ThresholdDecision | null;
  /** "1,336 test rows", for captions: n and which. */
  readonly rows: string;
}
