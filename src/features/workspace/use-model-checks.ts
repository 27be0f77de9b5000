import { skipToken, useQuery } from '@tanstack/react-query';
import { modelChecksQuery } from '../../compute/model-checks.ts';
import type { ModelCheck } from '../../core/sanity/model-check.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { checksArgs } from './model-findings.ts';

const nothingToCheck = { queryKey: ['model/check', null], queryFn: skipToken } as const;

/** The checks of the current model, asked at once when it has scored the table; the same answer on every page. */
export function useModelChecks(): {
  readonly checks: readonly ModelCheck[] | null;
  readonly error: Error | null;
  readonly isAsked: boolean;
  readonly retry: () => void;
} {
  const args = checksArgs(useWorkspace());
  const { data, error, refetch } = useQuery<readonly ModelCheck[]>(
    args === null ? nothingToCheck : modelChecksQuery(args),
  );
  return {
    checks: args === null ? null : (data ?? null),
    error: args === null ? null : error,
    isAsked: args !== null,
    retry: () => void refetch(),
  };
}
