/** What stands behind a decision, as query results (see queries.ts): one query a task, keyed by all that it is about. */
import { queryOptions } from '@tanstack/react-query';
import type { TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { computed, RESULT_GC_MS } from './queries.ts';
import { type Compute, defaultCompute } from './run.ts';

/** Tasks whose answer depends on nothing but their arguments, which name data by content hash. */
type FigureTask = Extract<
  TaskName,
  | 'judgement/uncertainty'
  | 'judgement/ranking'
  | 'judgement/calibration'
  | 'judgement/tornado'
  | 'judgement/heat-map'
  | 'judgement/theory'
  | 'judgement/bands'
  | 'judgement/cascade'
  | 'impact/predicted'
  | 'impact/realised'
>;

/**
 * The answer of one of these tasks. Use with `placeholderData: keepPreviousData` where an old picture should stay, dimmed,
 * while a new one is computed; an abandoned question is cancelled.
 */
export function figureQuery<T extends FigureTask>(task: T, args: TaskArgs<T>, compute?: Compute) {
  return queryOptions<TaskResult<T>>({
    ...computed,
    gcTime: RESULT_GC_MS,
    queryKey: [task, keyOfArgs(args)],
    queryFn: ({ signal }) => (compute ?? defaultCompute()).run(task, args, { signal }),
  });
}

/** As text: the key is hashed as JSON, where Infinity and NaN would both be null. */
function keyOfArgs(args: object): string {
  return JSON.stringify(args, (_, value: unknown) =>
    Number.isFinite(value) || typeof value !== 'number' ? value : String(value),
  );
}

/** The policy with its golden rows, for the user's file. */
export function exportPolicy(
  args: TaskArgs<'judgement/policy'>,
  compute: Compute = defaultCompute(),
): Promise<TaskResult<'judgement/policy'>> {
  return compute.run('judgement/policy', args);
}
