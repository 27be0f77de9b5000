import { keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { figureQuery } from '../../compute/figures.ts';
import type { TaskArgs, TaskResult } from '../../contracts/tasks.ts';

type FigureTask = Parameters<typeof figureQuery>[0];

export interface FigureAnswer<T> {
  /** The answer to the question as it stands; null while it is under way. */
  readonly current: T | null;
  /** The last answer; it may be to an earlier question. */
  readonly latest: T | null;
  readonly error: Error | null;
}

/** A question that has not changed for this long is asked: a value that is being typed, stepped or dragged is not at rest yet. */
const REST_MS = 400;

const moving = { queryKey: ['figure', 'moving'], queryFn: skipToken } as const;

/**
 * What stands behind the decision, asked once its question has come to rest: what moves a slider goes first, and a
 * question that is overtaken is cancelled. One that was answered before is answered at once.
 *
 * @param args null asks nothing
 */
export function useFigure<T extends FigureTask>(
  task: T,
  args: TaskArgs<T> | null,
): FigureAnswer<TaskResult<T>> {
  const client = useQueryClient();
  const asked = args === null ? null : figureQuery(task, args);
  const isAtRest = useAtRest(JSON.stringify(asked?.queryKey ?? null));
  const isKnown = asked !== null && client.getQueryData(asked.queryKey) !== undefined;
  const query = useQuery<TaskResult<T>>({
    ...(asked !== null && (isKnown || isAtRest) ? asked : moving),
    placeholderData: keepPreviousData,
  });
  const latest = args === null ? null : (query.data ?? null);
  const { isPlaceholderData, error } = query;
  // The same object while it says the same: a drag renders its readers 60 times a second.
  return useMemo(
    () => ({ current: isPlaceholderData ? null : latest, latest, error }),
    [isPlaceholderData, latest, error],
  );
}

function useAtRest(key: string): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return rested === key;
}
