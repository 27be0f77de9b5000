import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import { impactBody } from '../../contracts/registry/impact.ts';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { registryKeys } from '../../registry/keys.ts';
import { keptImpactQuery } from './use-kept-impact.ts';

afterEach(() => vi.unstubAllGlobals());

const sums = { flagged: 3, caught: 2, missedPositives: 1, prevented: 9, spent: 1, missed: 2, net: 8, roi: 8 };
const realised: RealisedImpact = {
  ...{ format: 'cutline-impact-1', outcomesName: 'paid.csv', threshold: 0.25, currency: 'EUR' },
  total: { ...sums, rows: 12, known: 10, promised: { net: 7, low: 1, high: 13 } },
  ...{ spending: [], months: [], unknownIds: 0, otherRows: 0, repeatedIds: 0, contradictions: 0 },
  ...{ repeatedDecisions: 0, withoutOutcome: 0, undated: 0, relabelled: 0 },
};
const context = {
  ...{ savedAt: 0, dataset: { name: 'loans.csv', tableId: 'ab12' }, scores: 'pd.onnx' },
  ...{ scenario: 'Base', roiFloor: 0, investment: null },
};
const entryOf = (name: string): DocumentEntry => ({
  ...{ kind: 'impact', name, revision: 3, sha256: 'a'.repeat(64) },
  ...{ createdAt: Date.UTC(2026, 10, 21), createdBy: 'Ana Lima' },
});
const bodies: Readonly<Record<string, unknown>> = {
  loans: impactBody(realised, context),
  foreign: { format: 'of other software' },
};

/** A registry whose list has one page of these names, and another page after it or not; its answers, counted by path. */
function registryWith(listed: readonly string[], nextCursor: string | null) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string | URL) => {
    const path = new URL(url, 'http://127.0.0.1').pathname;
    asked.push(path);
    if (path.endsWith('/documents'))
      return Promise.resolve(Response.json({ items: listed.map(entryOf), nextCursor }));
    const name = path.split('/').at(-1)!;
    const body = bodies[name];
    if (body === undefined) return Promise.resolve(Response.json(null, { status: 404 }));
    return Promise.resolve(Response.json({ ...entryOf(name), body }));
  });
  const queries = new QueryClient();
  queries.setQueryData(registryKeys.status, { capabilities: {}, failures: 0 });
  return { asked, kept: (name: string) => queries.fetchQuery(keptImpactQuery(name)) };
}

const many = Array.from({ length: 100 }, (_, i) => `other ${i}`);

describe('what the registry keeps of a table', () => {
  it('is found by its name, however many other tables are kept before it', async () => {
    expect(await registryWith(['loans'], null).kept('loans')).toMatchObject({
      entry: { revision: 3 },
      context,
    });
    const { kept } = registryWith(many, 'more');
    expect(await kept('loans')).toEqual({ entry: entryOf('loans'), realised, context });
  });

  it('is nothing when no page has it, and a list that ends is not followed by a request that must fail', async () => {
    const short = registryWith(['other'], null);
    expect(await short.kept('loans')).toBeNull();
    expect(short.asked.filter((path) => path.includes('/impact/'))).toEqual([]);
    expect(await registryWith(many, 'more').kept('none')).toBeNull();
  });

  it('is nothing when other software wrote it, and an error when the registry fails', async () => {
    expect(await registryWith(['foreign'], null).kept('foreign')).toBeNull();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(new QueryClient().fetchQuery(keptImpactQuery('loans'))).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
