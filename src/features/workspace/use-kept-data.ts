import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followKeptData, keptDataQuery } from '../../compute/kept.ts';
import type { KeptData } from '../../contracts/tasks.ts';

/** What this browser keeps, followed as it changes here or in another tab; undefined until it is known. */
export function useKeptData(): KeptData | undefined {
  const client = useQueryClient();
  useEffect(() => followKeptData(client), [client]);
  return useQuery(keptDataQuery()).data;
}
