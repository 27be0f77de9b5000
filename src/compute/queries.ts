/**
 * Computed results as React Query results: key = [task, handles (content hashes), parameters]. They never go stale,
 * because a changed file, model or definition has another hash; they leave memory some time after their last view.
 */
import { queryOptions } from '@tanstack/react-query';
import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from '../contracts/judgement.ts';
import { isCutlineError } from '../core/errors.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { StrategyParameters, ThresholdDecision } from '../core/threshold/decision.ts';
import { LatestWins } from './latest-wins.ts';
import { type Compute, defaultCompute } from './run.ts';

const MINUTE_MS = 60_000;

/** A summary or a set of curves is at most about 100 kB: ten minutes keeps going back and forth instant. */
export const RESULT_GC_MS = 10 * MINUTE_MS;

/** A drag leaves hundreds of decisions (about 1 kB each) behind; half a minute bounds them. */
const DECISION_GC_MS = MINUTE_MS / 2;

/** What every computed result has in common. */
export const computed = {
  staleTime: Number.POSITIVE_INFINITY,
  // Typed arrays: comparing them member by member costs more than computing them.
  structuralSharing: false,
  // Nothing here needs a network; React Query would otherwise pause it while the browser is offline.
  networkMode: 'always',
  retry: retryAfterCrash,
  retryDelay: 0,
} as const;

/** One lane for the slider, one for the scenario's fields: a slow answer to the one never holds up the other. */
const drag = new LatestWins();
const assumptions = new LatestWins();

/** Opens a judgement: counts, metrics, curves and histogram that depend on neither threshold nor scenario. */
export function judgementQuery(spec: JudgementSpec, compute?: Compute) {
  return queryOptions<JudgementSummary>({
    ...computed,
    gcTime: RESULT_GC_MS,
    queryKey: ['judgement/open', spec.tableId, spec],
    queryFn: ({ signal }) => (compute ?? defaultCompute()).run('judgement/open', { spec }, { signal }),
  });
}

/**
 * Money curves and strategies under a scenario; `judgementId` is the `id` of the judgement's summary. While a field is
 * typed into, at most one request runs and one waits.
 */
export function scenarioQuery(
  judgementId: string,
  scenario: Scenario | null,
  parameters: StrategyParameters,
  compute?: Compute,
) {
  return queryOptions<ScenarioAnswer>({
    ...computed,
    gcTime: RESULT_GC_MS,
    queryKey: ['judgement/scenario', judgementId, scenario, parameters],
    queryFn: ({ signal }) =>
      assumptions.run(
        () => (compute ?? defaultCompute()).run('judgement/scenario', { judgementId, scenario, parameters }),
        signal,
      ),
  });
}

/**
 * Counts, rates and money at one threshold. Use with `placeholderData: keepPreviousData` while a slider moves: each
 * move aborts the request before it, and at most one of them runs and one waits.
 */
export function decisionQuery(
  judgementId: string,
  scenario: Scenario | null,
  threshold: number,
  compute?: Compute,
) {
  return queryOptions<ThresholdDecision>({
    ...computed,
    gcTime: DECISION_GC_MS,
    // As text: the key is hashed as JSON, where Infinity and NaN would both be null.
    queryKey: ['judgement/at', judgementId, scenario, String(threshold)],
    queryFn: ({ signal }) =>
      drag.run(
        () =>
          (compute ?? defaultCompute()).run(
            'judgement/at',
            { judgementId, scenario, threshold },
            { priority: 'urgent' },
          ),
        signal,
      ),
  });
}

/**
 * The next observed threshold up or down, for keyboard steps: 'decision' = the next distinct score, 'percent' = at
 * least 1 % of the rows change side. Stays where it is at either end.
 */
export async function stepThreshold(
  judgementId: string,
  threshold: number,
  direction: 1 | -1,
  size: 'decision' | 'percent',
  compute: Compute = defaultCompute(),
): Promise<number> {
  const args = { judgementId, threshold, direction, size };
  return (await compute.run('judgement/step', args, { priority: 'urgent' })).threshold;
}

/** A crashed worker comes back with all it held, so its question deserves one more try; every other error would repeat. */
function retryAfterCrash(failureCount: number, error: Error): boolean {
  return failureCount === 0 && isCutlineError(error) && error.code === 'worker-crashed';
}
