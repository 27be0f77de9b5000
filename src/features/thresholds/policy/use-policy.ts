import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { exportPolicy } from '../../../compute/figures.ts';
import type { PolicyExport } from '../../../core/money/decision-policy.ts';
import { useWorkspace } from '../../../state/workspace-store.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import type { PolicyQuestion } from './policy.view-model.ts';

/** A question that has not changed for this long is asked: a threshold under a finger is not at rest yet. */
const REST_MS = 250;

/**
 * The policy in force with its golden rows, asked once threshold and bands have come to rest; the time of the export is when
 * it was asked.
 *
 * @param idColumn names the golden rows; null = by position alone
 */
export function usePolicy({ spec, answer, threshold }: ThresholdsViewProps, idColumn: string | null) {
  const table = useWorkspace((state) => state.table.value?.name ?? '');
  const model = useWorkspace((state) => state.model.value);
  const scoreColumn = useWorkspace((state) => state.choices.scoreColumn);
  const bands = useWorkspace((state) => state.choices.bands);
  const question: PolicyQuestion = {
    spec,
    policy: {
      dataset: { name: table, tableId: spec.tableId },
      model: scoreColumn !== null || model === null ? null : { name: model.name, modelId: model.id },
      scoreColumn,
      threshold,
      bands,
      scenario: answer.scenario,
    },
    idColumn,
  };
  const key = JSON.stringify(question);
  const asked = useRested(key);
  // Asked anew only when the question has changed: the time is that of the export that is shown.
  const args = useMemo(() => {
    if (asked === null) return null;
    const { policy, ...rest } = JSON.parse(asked) as PolicyQuestion;
    return { ...rest, policy: { ...policy, createdAt: new Date().toISOString() } };
  }, [asked]);
  const query = useQuery<PolicyExport>({
    queryKey: ['judgement/policy', args],
    queryFn: args === null ? skipToken : () => exportPolicy(args),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return { query, table };
}

function useRested(key: string): string | null {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), rested === null ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [key, rested]);
  return rested;
}
