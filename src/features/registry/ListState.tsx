import type { ReactNode } from 'react';
import { asCutlineError } from '../../contracts/error-data.ts';
import { Button } from '../../design/Button.tsx';
import { Notice } from '../../design/Notice.tsx';
import { Skeleton } from '../../design/Skeleton.tsx';

export interface ListStateProps {
  readonly query: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly hasNextPage?: boolean;
    readonly isFetchingNextPage?: boolean;
    readonly fetchNextPage?: () => unknown;
  };
  readonly isEmpty: boolean;
  /** What will stand here, while there is nothing. */
  readonly empty: string;
  readonly children: ReactNode;
}

/** A list of the registry in each of its states: on its way, empty, out of reach, there, with more to come. */
export function ListState({ query, isEmpty, empty, children }: ListStateProps) {
  if (query.isPending && query.error === null) return <Skeleton className="h-16" />;
  const error = query.error === null ? null : asCutlineError(query.error);
  return (
    <>
      {error !== null && error.code !== 'unreachable' && (
        <Notice tone="fail">
          {error.message} {error.advice}
        </Notice>
      )}
      {error?.code === 'unreachable' && isEmpty && (
        <p className="text-table text-text-3">Not in sight while the registry does not answer.</p>
      )}
      {error === null && isEmpty && <p className="max-w-[80ch] text-table text-text-3">{empty}</p>}
      {!isEmpty && children}
      {query.hasNextPage === true && (
        <div className="pt-2">
          <Button onPress={() => query.fetchNextPage?.()} isDisabled={query.isFetchingNextPage ?? false}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
