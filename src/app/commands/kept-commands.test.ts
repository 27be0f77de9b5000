import { afterEach, describe, expect, it } from 'vitest';
import type { KeptData } from '../../contracts/tasks.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { findCommands } from './command-search.ts';
import { keptCommands } from './kept-commands.ts';

const file = (name: string, lastUsedMs: number) => ({
  id: name,
  name,
  byteLength: 1000,
  lastUsedMs,
  shape: { rowCount: 10, columnCount: 3 },
});

const kept: KeptData = {
  tables: Array.from({ length: 25 }, (_, i) => file(`t${i}.csv`, i)),
  models: [{ ...file('m.onnx', 100), shape: null }],
  scores: { count: 0, byteLength: 0 },
  usedBytes: 26_000,
  limitBytes: 1e9,
};

afterEach(() => useWorkspace.getState().reset());

describe('keptCommands', () => {
  const labels = (data: KeptData | undefined) =>
    keptCommands(data, () => undefined).map(({ label }) => label);

  it('open the files that are kept and not open, the last used first, not more than twenty', () => {
    expect(labels(kept).slice(0, 2)).toEqual(['Open m.onnx', 'Open t24.csv']);
    expect(labels(kept)).toHaveLength(20);
    useWorkspace.setState({ models: [{ id: 'm.onnx' } as never] });
    expect(labels(kept)[0]).toBe('Open t24.csv');
    expect(labels(undefined)).toEqual([]);
  });

  it('are found by "recent files" and by a name', () => {
    const found = (query: string) =>
      findCommands(
        keptCommands(kept, () => undefined),
        query,
        [],
      ).flatMap(({ commands }) => commands);
    expect(found('recent files')).toHaveLength(20);
    expect(found('t23').map(({ label }) => label)).toEqual(['Open t23.csv']);
  });
});
