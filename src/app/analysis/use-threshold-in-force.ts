import { skipToken, useQuery } from '@tanstack/react-query';
import { judgementQuery, scenarioQuery } from '../../compute/queries.ts';
import type { JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import { defaultThreshold } from '../../core/threshold/default-threshold.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useJudgementSpec } from './use-judgement-spec.ts';

export interface ThresholdInForce {
  /** The user's, else the default of the Thresholds page; null when there is none to choose. */
  readonly value: number | null;
  /** The default is still being found. */
  readonly isPending: boolean;
}

const nothingJudged = { queryKey: ['judgement/open', null], queryFn: skipToken } as const;
const nothingAnswered = { queryKey: ['judgement/scenario', null], queryFn: skipToken } as const;

/** The threshold that all pages decide by, for a page without the rest of the analysis. */
export function useThresholdInForce(): ThresholdInForce {
  const { scenario, strategies, threshold } = useWorkspace((state) => state.choices);
  const spec = useJudgementSpec();
  const isAsked = threshold === null && spec !== null;
  const judgement = useQuery<JudgementSummary>(isAsked ? judgementQuery(spec) : nothingJudged);
  const id = judgement.data?.id ?? null;
  const answered = useQuery<ScenarioAnswer>(
    isAsked && id !== null ? scenarioQuery(id, scenario, strategies) : nothingAnswered,
  );
  if (!isAsked) return { value: threshold, isPending: false };
  const found = answered.data === undefined ? Number.NaN : defaultThreshold(answered.data.strategies);
  const hasFailed = judgement.isError || answered.isError;
  return {
    value: Number.isNaN(found) ? null : found,
    isPending: answered.data === undefined && !hasFailed,
  };
}
