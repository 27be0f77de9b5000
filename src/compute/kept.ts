/** What this browser keeps of the user's files: shown, followed, forgotten. */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { KeptData } from '../contracts/tasks.ts';
import { onKeptChange } from './kept-changes.ts';
import { type Compute, defaultCompute } from './run.ts';

/** Lists kept tables and models, the most recently used first, with the room they and the kept scores take. */
export function keptData(compute: Compute = defaultCompute()): Promise<KeptData> {
  return compute.run('kept/list', {});
}

/**
 * Deletes kept tables (with the scores of their rows) and models by id, or everything; answers how many files there were.
 * What is open stays open; what was just being kept is not. Another tab that reads a file finishes first.
 * @throws {DataError} `unexpected` when the browser does not let go of one
 */
export async function forgetKept(
  ids: readonly string[] | 'all',
  compute: Compute = defaultCompute(),
): Promise<number> {
  compute.keeping.stop(ids);
  return (await compute.run('kept/forget', { ids })).files;
}

const KEPT_KEY = ['kept/list'] as const;

/** {@link keptData} as a query; fresh as long as {@link followKeptData} runs on the same client. */
export function keptDataQuery(compute?: Compute) {
  return queryOptions<KeptData>({
    queryKey: KEPT_KEY,
    queryFn: () => keptData(compute),
    // Nothing here needs a network; React Query would otherwise pause it while the browser is offline.
    networkMode: 'always',
  });
}

/** Has the query asked again after every change of what is kept, here or in another tab; answers a function that stops it. */
export function followKeptData(client: QueryClient): () => void {
  return onKeptChange(() => void client.invalidateQueries({ queryKey: KEPT_KEY }));
}
