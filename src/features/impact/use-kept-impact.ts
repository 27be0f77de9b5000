import { type QueryClient, queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DocumentEntry, RegistryDocument } from '../../contracts/registry/documents.ts';
import type { ImpactContext } from '../../contracts/registry/impact.ts';
import { RegistryError } from '../../core/errors.ts';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { registryKeys } from '../../registry/keys.ts';
import { putDocument } from '../../registry/mutations.ts';
import { documentQuery, documentsQuery } from '../../registry/queries.ts';
import { useProfile } from '../../state/profile.ts';
import { keptBody } from './kept-body.ts';

/** What the registry keeps of the decisions of this table. */
export interface KeptImpact {
  readonly entry: DocumentEntry;
  readonly realised: RealisedImpact;
  readonly context: ImpactContext;
}

export function useKeptImpact(name: string): { readonly kept: KeptImpact | null } {
  // With the page: by the time it is needed the server may be gone.
  useEffect(() => void keptBody().catch(() => undefined), []);
  const { data } = useQuery(keptImpactQuery(name));
  return { kept: data ?? null };
}

/** The document of a name, read; null when there is none, or one of another form. Asked again when a document has changed. */
export const keptImpactQuery = (name: string) =>
  queryOptions({
    queryKey: [...registryKeys.document('impact', name), 'kept'],
    networkMode: 'always',
    retry: false,
    refetchOnWindowFocus: true,
    queryFn: async ({ client }): Promise<KeptImpact | null> => {
      const document = await keptDocument(client, name);
      if (document === null) return null;
      const { body, ...entry } = document;
      const found = (await keptBody()).parseImpactBody(body);
      return found === null ? null : { entry, ...found };
    },
  });

/**
 * The first page of the list says of a registry with few documents that one is not there, without the error that asking for
 * it by name would leave in the console. With more documents than a page holds, only its name tells.
 */
async function keptDocument(client: QueryClient, name: string): Promise<RegistryDocument | null> {
  const { pages } = await client.fetchInfiniteQuery(documentsQuery('impact'));
  const isListed = pages.some(({ items }) => items.some((item) => item.name === name));
  if (!isListed && pages.at(-1)?.nextCursor === null) return null;
  try {
    return await client.fetchQuery(documentQuery('impact', name));
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Keeps monthly aggregates under a name; another revision where there is one. */
export function useKeepImpact(name: string, entry: DocumentEntry | null) {
  const profile = useProfile((state) => state.name);
  const put = useMutation(putDocument());
  const prepare = useMutation({
    networkMode: 'always',
    retry: false,
    mutationFn: async ({
      realised,
      context,
    }: {
      readonly realised: RealisedImpact;
      readonly context: Omit<ImpactContext, 'savedAt'>;
    }) => {
      const { impactBody } = await keptBody();
      const body = impactBody(realised, { ...context, savedAt: Date.now() });
      return put.mutateAsync({ profile, kind: 'impact', name, body, expected: entry?.revision ?? 'absent' });
    },
  });
  return prepare;
}
