import { QueryClient } from '@tanstack/react-query';

/**
 * The cache of computed results. Results are keyed by content hashes and never go stale (compute/queries.ts), so
 * nothing is asked again because a window was focused or a network came back; an error is shown at once, not retried.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
    },
  });
}
