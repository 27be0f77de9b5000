import { useQuery } from '@tanstack/react-query';
import { judgementQuery, scenarioQuery } from '../../compute/queries.ts';
import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { defaultThreshold } from '../../core/threshold/default-threshold.ts';
import type { VersusAnswer } from '../../features/thresholds/versus.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useDecision } from './use-decision.ts';
import { useLate } from './use-late.ts';
import { useVersus } from './use-versus.ts';

/** Everything an analysis page and the decision bar show of one judged set of rows. */
export interface Analysis {
  /** What is judged; while the summary is late, already the next. */
  readonly spec: JudgementSpec;
  readonly summary: JudgementSummary;
  readonly answer: ScenarioAnswer;
  /** The current threshold: the user's, else the default; NaN when there is none to choose. */
  readonly threshold: number;
  /** At (or, while late, near) the current threshold; null until the first answer. */
  readonly decision: ThresholdDecision | null;
  readonly pinned: number | null;
  readonly pinnedDecision: ThresholdDecision | null;
  /** The same rows under the second scenario; null = one scenario only. */
  readonly versus: VersusAnswer | null;
  /** Curves and strategies are for an earlier scenario, and have been for a while. */
  readonly answerLate: boolean;
  /** Figures at the threshold are for an earlier threshold or scenario, and have been for a while. */
  readonly decisionLate: boolean;
}

export interface AnalysisState {
  readonly analysis: Analysis | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * Judges the rows of `spec` under the session's scenario and threshold. Old answers stay while new ones are computed.
 *
 * The component that calls this must be remounted when the judged rows change (see `rowsKey`): within one mount only
 * amount columns, recalibration, scenario, parameters and threshold change, so an old answer is about the same rows.
 */
export function useAnalysis(spec: JudgementSpec): AnalysisState {
  const scenario = useWorkspace((state) => state.choices.scenario);
  const parameters = useWorkspace((state) => state.choices.strategies);
  const chosen = useWorkspace((state) => state.choices.threshold);
  const pinned = useWorkspace((state) => state.choices.pinned);

  const judgement = useQuery({ ...judgementQuery(spec), placeholderData: (previous) => previous });
  const summary = judgement.data;
  const judgementId = summary?.id ?? '';
  const ranked = summary !== undefined && !judgement.isPlaceholderData;
  const answered = useQuery({
    ...scenarioQuery(judgementId, scenario, parameters),
    enabled: ranked,
    placeholderData: (previous) => previous,
  });
  const answer = answered.data;
  const threshold = chosen ?? (answer === undefined ? Number.NaN : defaultThreshold(answer.strategies));
  const at = useDecision(judgementId, scenario, ranked ? threshold : Number.NaN);
  const atPinned = useDecision(judgementId, scenario, ranked && pinned !== null ? pinned : Number.NaN);

  const second = useVersus(spec, ranked ? threshold : Number.NaN);

  const behind = judgement.isPlaceholderData || answered.isPlaceholderData || second.behind;
  const answerLate = useLate(behind, answer);
  const decisionLate = useLate(at.behind || !ranked, at.decision);
  const error = judgement.error ?? answered.error ?? at.error ?? second.error;
  const retry = () => {
    for (const query of [judgement, answered]) if (query.isError) void query.refetch();
  };
  if (summary === undefined || answer === undefined) return { analysis: null, error, retry };
  const analysis: Analysis = {
    spec,
    summary,
    answer,
    threshold,
    decision: at.decision ?? null,
    pinned,
    pinnedDecision: pinned === null ? null : (atPinned.decision ?? null),
    versus: second.versus,
    answerLate,
    decisionLate,
  };
  return { analysis, error, retry };
}

/** Names the judged rows: two specs with the same key differ at most in amount columns and recalibration. */
export function rowsKey(spec: JudgementSpec): string {
  return JSON.stringify([spec.tableId, spec.scores, spec.target, spec.split]);
}
