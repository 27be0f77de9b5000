/** Whether the registry answers, asked gently; when it comes back, what waited is sent and what failed is asked again. */
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { Capabilities } from '../contracts/registry/routes.ts';
import type { RegistryClient } from './client.ts';
import { registryKeys } from './keys.ts';
import { browserOutbox } from './outbox.ts';
import { registryClient } from './registry-client.ts';

/** A registry that answers is asked again this often: it is one small request to this machine. */
const UP_INTERVAL_MS = 60_000;
/** After the first failure; doubled after each further one, up to {@link UP_INTERVAL_MS}. */
const FIRST_RETRY_MS = 2000;
/** A focused window asks at once, but not twice for two quick looks. */
const UP_STALE_MS = 10_000;

interface StatusAnswer {
  /** null when it did not answer. */
  readonly capabilities: Capabilities | null;
  /** Questions in a row without an answer. */
  readonly failures: number;
}

export interface RegistryStatus {
  /** `checking` before the first answer; `retrying` is `down` while it is being asked again. */
  readonly state: 'checking' | 'up' | 'down' | 'retrying';
  readonly capabilities: Capabilities | null;
  /** Asks now, whatever the interval. */
  readonly checkNow: () => void;
}

/** Milliseconds until the next question: a minute when up; 2 s, 4 s, 8 s... to a minute when down. */
export function nextCheckMs(failures: number): number {
  return failures === 0 ? UP_INTERVAL_MS : Math.min(UP_INTERVAL_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
}

type Connect = () => Promise<RegistryClient>;

async function checkStatus(
  queries: QueryClient,
  signal: AbortSignal,
  connect: Connect,
): Promise<StatusAnswer> {
  const before = queries.getQueryData<StatusAnswer>(registryKeys.status);
  try {
    const capabilities = await (await connect()).capabilities({ signal });
    // Not awaited: the status is known, and the sending takes as long as it takes.
    void sendWaiting(queries, connect);
    if (before?.capabilities === null) askAgain(queries);
    return { capabilities, failures: 0 };
  } catch (error) {
    if (signal.aborted) throw error;
    return { capabilities: null, failures: (before?.failures ?? 0) + 1 };
  }
}

async function sendWaiting(queries: QueryClient, connect: Connect): Promise<void> {
  const waiting = browserOutbox().list();
  if (waiting.length === 0) return;
  await browserOutbox().flush(connect);
  // Whether this tab sent them or another one, what is shown of them may be from before.
  const changed = [registryKeys.waiting, registryKeys.decisions, registryKeys.audit];
  await Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

function askAgain(queries: QueryClient): void {
  const isStatus = (key: readonly unknown[]) => key[1] === registryKeys.status[1];
  void queries.invalidateQueries({
    queryKey: registryKeys.all,
    predicate: ({ queryKey }) => !isStatus(queryKey),
  });
}

/**
 * Whether the registry answers, as a query that asks itself again: also on focus and when the network is back. Never an
 * error: no answer is an answer here.
 */
export const statusQuery = (connect: Connect = registryClient) =>
  queryOptions<StatusAnswer>({
    queryKey: registryKeys.status,
    queryFn: ({ client, signal }) => checkStatus(client, signal, connect),
    staleTime: ({ state }) => (state.data?.failures === 0 ? UP_STALE_MS : 0),
    refetchInterval: ({ state }) => nextCheckMs(state.data?.failures ?? 0),
    refetchOnWindowFocus: true,
    refetchOnReconnect: 'always',
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
    retry: false,
  });

/** Whether the registry answers. Any number of components may ask; one question at a time is sent. */
export function useRegistryStatus(): RegistryStatus {
  const { data, isFetching, refetch } = useQuery(statusQuery());
  const checkNow = () => void refetch();
  if (data === undefined) return { state: 'checking', capabilities: null, checkNow };
  const { capabilities } = data;
  if (capabilities !== null) return { state: 'up', capabilities, checkNow };
  return { state: isFetching ? 'retrying' : 'down', capabilities, checkNow };
}
