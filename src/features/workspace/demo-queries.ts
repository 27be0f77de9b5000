import { queryOptions, skipToken } from '@tanstack/react-query';
import type { DemoManifest } from '../../contracts/demo-manifest.ts';
import { fetchDemoManifest, fetchDemoNames } from './open-demo.ts';

const unchanging = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

/** The demos of this build, by folder name. */
export function demoNamesQuery() {
  return queryOptions<readonly string[]>({
    ...unchanging,
    queryKey: ['demo-names'],
    queryFn: ({ signal }) => fetchDemoNames(signal),
  });
}

/** What a demo says of itself; idle without one. */
export function demoManifestQuery(name: string | null) {
  return queryOptions<DemoManifest>({
    ...unchanging,
    queryKey: ['demo-manifest', name],
    queryFn: name === null ? skipToken : ({ signal }) => fetchDemoManifest(name, signal),
  });
}
