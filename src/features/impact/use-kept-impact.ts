import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import type { ImpactContext } from '../../contracts/registry/impact.ts';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
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

/** @param name the document's name; its list is asked first: a document that is not there would be an error */
export function useKeptImpact(name: string): {
  readonly kept: KeptImpact | null;
  readonly entry: DocumentEntry | null;
} {
  // With the page: by the time it is needed the server may be gone.
  useEffect(() => void keptBody().catch(() => undefined), []);
  const list = useInfiniteQuery(documentsQuery('impact'));
  const entry = list.data?.pages.flatMap(({ items }) => items).find((one) => one.name === name) ?? null;
  const client = useQueryClient();
  const read = useQuery({
    queryKey: ['impact/kept', name, entry?.revision ?? null],
    enabled: entry !== null,
    networkMode: 'always',
    retry: false,
    queryFn: async () => {
      const [{ parseImpactBody }, document] = await Promise.all([
        keptBody(),
        client.fetchQuery(documentQuery('impact', name)),
      ]);
      return parseImpactBody(document.body);
    },
  });
  const found = read.data ?? null;
  return { entry, kept: found === null || entry === null ? null : { entry, ...found } };
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
