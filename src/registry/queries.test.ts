import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registryKeys } from './keys.ts';
import { auditVerdictQuery, modelsQuery } from './queries.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page that has last seen the registry answer; `fetch` is the network. */
function pageOver(fetch: () => Promise<Response>): QueryClient {
  vi.stubGlobal('fetch', fetch);
  const queries = new QueryClient();
  queries.setQueryData(registryKeys.status, { capabilities: {}, failures: 0 });
  return queries;
}

const statusIsAsked = (queries: QueryClient) =>
  queries.getQueryState(registryKeys.status)?.isInvalidated === true;

const down = () => Promise.reject(new TypeError('Failed to fetch'));
const refuses = () => Promise.resolve(Response.json(null, { status: 404 }));
const answers = () => Promise.resolve(Response.json({ items: [], nextCursor: null }));

describe('a question that is not answered', () => {
  it('asks whether the registry is there, so that the page does not wait a minute to say so', async () => {
    const queries = pageOver(down);
    await expect(queries.fetchInfiniteQuery(modelsQuery())).rejects.toMatchObject({ code: 'unreachable' });
    expect(statusIsAsked(queries)).toBe(true);
    const others = pageOver(down);
    await expect(others.fetchQuery(auditVerdictQuery())).rejects.toMatchObject({ code: 'unreachable' });
    expect(statusIsAsked(others)).toBe(true);
  });

  it('does not when the registry is there and says no, or answers', async () => {
    const refused = pageOver(refuses);
    await expect(refused.fetchInfiniteQuery(modelsQuery())).rejects.toMatchObject({ code: 'not-found' });
    expect(statusIsAsked(refused)).toBe(false);
    const answered = pageOver(answers);
    await answered.fetchInfiniteQuery(modelsQuery());
    expect(statusIsAsked(answered)).toBe(false);
  });
});
