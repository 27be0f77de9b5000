import { useQuery } from '@tanstack/react-query';
import { judgementQuery, scenarioQuery } from '../../compute/queries.ts';
import { amountColumnsOf, type JudgementSpec, type ScenarioAnswer } from '../../contracts/judgement.ts';
import type { VersusAnswer } from '../../features/thresholds/versus.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useDecision } from './use-decision.ts';

export interface VersusState {
  /** null without a second scenario, and until its first answer. */
  readonly versus: VersusAnswer | null;
  /** The answer is for an earlier scenario or earlier parameters. */
  readonly behind: boolean;
  readonly error: Error | null;
}

/**
 * The same rows under the session's second scenario. One with other amount columns has the rows judged once more, with
 * those; constant amounts need none and share the first judgement.
 *
 * @param threshold the current one; NaN asks no decision
 */
export function useVersus(spec: JudgementSpec, threshold: number): VersusState {
  const scenario = useWorkspace((state) => state.choices.versus);
  const hasFirst = useWorkspace((state) => state.choices.scenario !== null);
  const parameters = useWorkspace((state) => state.choices.strategies);
  const isAsked = scenario !== null && hasFirst;
  const ownColumns = scenario === null ? [] : amountColumnsOf(scenario);
  const areJudged = ownColumns.every((column) => spec.amountColumns.includes(column));
  const amountColumns = areJudged ? spec.amountColumns : ownColumns;

  const judgement = useQuery({
    ...judgementQuery({ ...spec, amountColumns }),
    enabled: isAsked,
    placeholderData: (previous) => previous,
  });
  const isJudged = isAsked && judgement.data !== undefined && !judgement.isPlaceholderData;
  const judgementId = judgement.data?.id ?? '';
  const answered = useQuery({
    ...scenarioQuery(judgementId, scenario, parameters),
    enabled: isJudged,
    placeholderData: (previous) => previous,
  });
  const at = useDecision(judgementId, scenario, isJudged ? threshold : Number.NaN);
  return {
    versus: isAsked ? versusOf(answered.data, at.decision ?? null) : null,
    behind: isAsked && (judgement.isPlaceholderData || answered.isPlaceholderData),
    error: isAsked ? (judgement.error ?? answered.error ?? at.error) : null,
  };
}

/** An answer to no scenario, left from before one was chosen, is none. */
function versusOf(
  answer: ScenarioAnswer | undefined,
  decision: VersusAnswer['decision'],
): VersusAnswer | null {
  if (!answer?.scenario || answer.money === null) return null;
  const { scenario, money, strategies } = answer;
  return { answer: { scenario, money, strategies }, decision };
}
