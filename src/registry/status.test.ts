import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { startTestRegistry } from '../../server/review/testing/test-registry.ts';
import { createRegistryClient } from './client.ts';
import { registryKeys } from './keys.ts';
import { nextCheckMs, statusQuery } from './status.ts';

describe('nextCheckMs', () => {
  it('asks each minute while up, soon after a failure, then ever less often', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map(nextCheckMs)).toEqual([
      60_000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });
});

describe('statusQuery', () => {
  it('counts failures, and asks again for everything once the registry is back', async () => {
    const queries = new QueryClient();
    let origin = 'http://127.0.0.1:1';
    const connect = async () => createRegistryClient(origin);
    const ask = () => queries.fetchQuery({ ...statusQuery(connect), staleTime: 0 });
    expect(await ask()).toEqual({ capabilities: null, failures: 1 });
    expect(await ask()).toEqual({ capabilities: null, failures: 2 });
    queries.setQueryData(registryKeys.models, { pages: [], pageParams: [] });
    const registry = await startTestRegistry();
    origin = await registry.listen();
    expect(await ask()).toMatchObject({ capabilities: { name: 'cutline' }, failures: 0 });
    expect(queries.getQueryState(registryKeys.models)?.isInvalidated).toBe(true);
    expect(queries.getQueryState(registryKeys.status)?.isInvalidated).toBe(false);
    await registry.close();
    expect(await ask()).toEqual({ capabilities: null, failures: 1 });
    queries.clear();
  });
});
