import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isCutlineError } from '../../core/errors.ts';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';

export interface FigureStateProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPlaceholderData' | 'refetch'>;
  /** What is being computed: "The ranking". */
  readonly what: string;
  readonly children: (figures: T) => ReactNode;
}

/** Figures of the worker as a part of the page: their shape while they are computed, an error, or what they show; old ones dimmed. */
export function FigureState<T>({ query, what, children }: FigureStateProps<T>) {
  const { data, error, isPlaceholderData, refetch } = query;
  if (error !== null)
    return (
      <ErrorPanel
        title={`${what} could not be computed`}
        message={error.message}
        {...(isCutlineError(error) ? { advice: error.advice } : {})}
        details={error.stack ?? error.message}
        actions={<Button onPress={() => void refetch()}>Try again</Button>}
      />
    );
  if (data === undefined)
    return (
      <div aria-busy="true" className="grid gap-6">
        <Skeleton className="h-8 max-w-[60ch]" />
        <Skeleton className="h-72" />
        <Skeleton className="h-40" />
      </div>
    );
  return (
    <div
      aria-busy={isPlaceholderData}
      className={classNames('transition-opacity duration-150', isPlaceholderData && 'opacity-50')}
    >
      {children(data)}
    </div>
  );
}
