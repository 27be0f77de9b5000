/** The sanity checks of a model, and how long it takes, as query results (see queries.ts). */
import { queryOptions } from '@tanstack/react-query';
import type { TaskArgs } from '../contracts/tasks.ts';
import type { LatencyReport, ModelCheck } from '../core/sanity/model-check.ts';
import { computed, RESULT_GC_MS } from './queries.ts';
import { type Compute, defaultCompute } from './run.ts';

/** All sanity checks of a model on a table that it has scored, in the order in which they are shown. */
export function modelChecksQuery(args: TaskArgs<'model/check'>, compute?: Compute) {
  return queryOptions<readonly ModelCheck[]>({
    ...computed,
    gcTime: RESULT_GC_MS,
    queryKey: ['model/check', args.tableId, args],
    queryFn: async ({ signal }) =>
      (await (compute ?? defaultCompute()).run('model/check', args, { signal })).checks,
  });
}

/**
 * Times a model for about two seconds: to be enabled on demand, never again for the same model and table. It runs in a
 * scoring worker where there is one, so that the page's questions do not wait behind it.
 */
export function latencyQuery(args: TaskArgs<'model/latency'>, compute?: Compute) {
  return queryOptions<LatencyReport>({
    ...computed,
    // A measurement differs each time: the one that was shown stays until the page is closed.
    gcTime: Number.POSITIVE_INFINITY,
    queryKey: ['model/latency', args.tableId, args],
    queryFn: ({ signal }) => {
      const own = compute ?? defaultCompute();
      return own.runOn(own.pool.scoringSlots()[0] ?? 'home', 'model/latency', args, { signal });
    },
  });
}
