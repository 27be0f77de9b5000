/**
 * The registry's answers as React Query options. Lists are asked again when they are shown again; what can never change
 * (a version's files, a decision, a revision) is asked once. Nothing is retried by itself: useRegistryStatus asks again
 * for what failed once the registry is back.
 */
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { DocumentKind } from '../contracts/registry/documents.ts';
import type { Page, PageQuery } from '../contracts/registry/primitives.ts';
import { RegistryError } from '../core/errors.ts';
import type { RegistryClient } from './client.ts';
import { registryKeys } from './keys.ts';
import { browserOutbox } from './outbox.ts';
import { registryClient } from './registry-client.ts';

/** Two components that show the same list at once ask once. */
const LIST_STALE_MS = 2000;

const answered = {
  retry: false,
  // Loopback answers without a network.
  networkMode: 'always',
} as const;
const fixed = { ...answered, staleTime: Number.POSITIVE_INFINITY } as const;
const listed = { ...answered, staleTime: LIST_STALE_MS, refetchOnWindowFocus: true } as const;

type Call<T> = (client: RegistryClient, signal: AbortSignal) => Promise<T>;

/** When there is no answer, whether the registry is there is asked too: the page then says so, and asks again by itself. */
async function answerOf<T>(queries: QueryClient, call: (client: RegistryClient) => Promise<T>): Promise<T> {
  try {
    return await call(await registryClient());
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'unreachable') {
      void queries.invalidateQueries({ queryKey: registryKeys.status }, { cancelRefetch: false });
    }
    throw error;
  }
}

interface Request {
  readonly client: QueryClient;
  readonly signal: AbortSignal;
}

function ask<T>(call: Call<T>) {
  return ({ client, signal }: Request): Promise<T> => answerOf(client, (registry) => call(registry, signal));
}

type PageCall<T> = (client: RegistryClient, page: PageQuery, signal: AbortSignal) => Promise<Page<T>>;

interface PageRequest extends Request {
  readonly pageParam: string | null;
}

/** For `useInfiniteQuery`: 100 entries a page, newest first; `data.pages.flatMap((page) => page.items)`. */
function paged<T>(queryKey: readonly unknown[], call: PageCall<T>) {
  return infiniteQueryOptions({
    ...listed,
    queryKey,
    queryFn: ({ client, signal, pageParam }: PageRequest): Promise<Page<T>> =>
      answerOf(client, (registry) => call(registry, { cursor: pageParam ?? undefined }, signal)),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.nextCursor,
  });
}

export const modelsQuery = () =>
  paged(registryKeys.models, (client, page, signal) => client.models(page, { signal }));

export const versionsQuery = (name: string) =>
  paged(registryKeys.versions(name), (client, page, signal) => client.versions(name, page, { signal }));

export const datasetsQuery = () =>
  paged(registryKeys.datasets, (client, page, signal) => client.datasets(page, { signal }));

export const decisionsQuery = () =>
  paged(registryKeys.decisions, (client, page, signal) => client.decisions(page, { signal }));

/** @param kind null = of every kind */
export const documentsQuery = (kind: DocumentKind | null) =>
  paged(registryKeys.documents(kind), (client, page, signal) => client.documents(kind, page, { signal }));

export const documentQuery = (kind: DocumentKind, name: string) =>
  queryOptions({
    ...listed,
    queryKey: registryKeys.document(kind, name),
    queryFn: ask((client, signal) => client.document(kind, name, { signal })),
  });

export const revisionsQuery = (kind: DocumentKind, name: string) =>
  paged(registryKeys.revisions(kind, name), (client, page, signal) =>
    client.documentRevisions(kind, name, page, { signal }),
  );

export const revisionQuery = (kind: DocumentKind, name: string, revision: number) =>
  queryOptions({
    ...fixed,
    queryKey: [...registryKeys.revisions(kind, name), revision],
    queryFn: ask((client, signal) => client.documentRevision(kind, name, revision, { signal })),
  });

export const auditQuery = () =>
  paged(registryKeys.audit, (client, page, signal) => client.audit(page, { signal }));

/** Recomputes the whole chain on the server: ask for it by a button, not with the page. */
export const auditVerdictQuery = () =>
  queryOptions({
    ...answered,
    queryKey: [...registryKeys.audit, 'verdict'],
    queryFn: ask((client, signal) => client.verifyAudit({ signal })),
    staleTime: 0,
  });

/** Decisions pinned in this browser that the registry does not have yet. */
export const waitingQuery = () =>
  queryOptions({
    ...listed,
    queryKey: registryKeys.waiting,
    queryFn: () => browserOutbox().list(),
    // Another tab may have pinned or sent some.
    refetchOnWindowFocus: 'always',
  });
