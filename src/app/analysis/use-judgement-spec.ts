import { useMemo } from 'react';
import type { JudgementSpec } from '../../contracts/judgement.ts';
import { judgementSpecOf } from '../../state/judgement-spec.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

/**
 * What is judged right now, or null while something is missing. The same object as long as it says the same, so that
 * a moving threshold does not reach its readers.
 */
export function useJudgementSpec(): JudgementSpec | null {
  const text = useWorkspace((state) => JSON.stringify(judgementSpecOf(state)));
  return useMemo(() => JSON.parse(text) as JudgementSpec | null, [text]);
}
