import { skipToken, useQuery } from '@tanstack/react-query';
import { judgementQuery } from '../../compute/queries.ts';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import { judgementSpecOf } from '../../state/judgement-spec.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

const nothingToJudge = { queryKey: ['judgement/open', null], queryFn: skipToken } as const;

/** The judgement of what is chosen now: its summary, or why there is none; idle while something is still missing. */
export function useJudgement(): {
  readonly summary: JudgementSummary | undefined;
  readonly error: Error | null;
} {
  const spec = judgementSpecOf(useWorkspace());
  const { data, error } = useQuery<JudgementSummary>(spec === null ? nothingToJudge : judgementQuery(spec));
  return { summary: spec === null ? undefined : data, error: spec === null ? null : error };
}
