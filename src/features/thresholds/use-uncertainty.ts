import { keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { figureQuery } from '../../compute/figures.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyParameters } from '../../core/threshold/decision.ts';
import type { Uncertainty } from '../../core/threshold/uncertainty.ts';

/** Replicates and seed of the bootstrap (C13), said in captions. */
export const bootstrap = { replicates: 1000, seed: 20240501 } as const;

/** A question that has not changed for this long is asked: a value that is being typed or stepped is not at rest yet. */
const REST_MS = 400;

export interface UncertaintyState {
  /** The answer to the question as it stands; null while it is under way. */
  readonly current: Uncertainty | null;
  /** The last answer; it may be to an earlier question. */
  readonly latest: Uncertainty | null;
  readonly error: Error | null;
}

const moving = { queryKey: ['judgement/uncertainty', 'moving'], queryFn: skipToken } as const;

/**
 * The bootstrap of every strategy, asked once scenario and parameters have come to rest: what moves a slider goes
 * first, and a question that is overtaken is cancelled.
 *
 * @param judgementId handle of the open judgement
 */
export function useUncertainty(
  judgementId: string,
  scenario: Scenario | null,
  parameters: StrategyParameters,
): UncertaintyState {
  const client = useQueryClient();
  const asked = figureQuery('judgement/uncertainty', {
    judgementId,
    scenario,
    parameters,
    threshold: null,
    ...bootstrap,
  });
  const isKnown = client.getQueryData<Uncertainty>(asked.queryKey) !== undefined;
  const isAtRest = useAtRest(JSON.stringify(asked.queryKey));
  const query = useQuery<Uncertainty>({
    ...(isKnown || isAtRest ? asked : moving),
    placeholderData: keepPreviousData,
  });
  const latest = query.data ?? null;
  return { current: query.isPlaceholderData ? null : latest, latest, error: query.error };
}

function useAtRest(key: string): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return rested === key;
}
