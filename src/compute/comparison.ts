/** Two forms of one model side by side, as a query result (see queries.ts). */
import { queryOptions } from '@tanstack/react-query';
import type { TaskArgs } from '../contracts/tasks.ts';
import type { FormComparison } from '../core/parity/form-comparison.ts';
import { computed, RESULT_GC_MS } from './queries.ts';
import { type Compute, defaultCompute } from './run.ts';

/**
 * Compares two forms row by row and names the likely causes of what differs. Both must have been scored on the table; a
 * form that is a column of the table needs no scoring.
 */
export function comparisonQuery(args: TaskArgs<'scores/compare'>, compute?: Compute) {
  return queryOptions<FormComparison>({
    ...computed,
    gcTime: RESULT_GC_MS,
    // The threshold as text: the key is hashed as JSON, where Infinity and NaN would both be null.
    queryKey: ['scores/compare', args.tableId, args.left, args.right, String(args.threshold)],
    queryFn: ({ signal }) => (compute ?? defaultCompute()).run('scores/compare', args, { signal }),
  });
}
