import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialChoices, useWorkspace } from '../../state/workspace-store.ts';
import { type BesideTable, rememberBeside, rememberedBeside } from './beside-memory.ts';
import { followBeside } from './bring-back-beside.ts';
import { named } from './open-decision.ts';
import { adoptTable, closeTable, switchTable } from './open-tables.ts';
import { loans } from './sample-table.laws.ts';

const march = { ...loans, id: 'a1'.repeat(32), name: 'march.csv' };
const april = { ...loans, id: 'a2'.repeat(32), name: 'april.csv' };
const may = { ...loans, id: 'a3'.repeat(32), name: 'may.csv' };
const choicesOf = (table: typeof loans, threshold: number) => ({
  ...initialChoices,
  table: named(table),
  threshold,
});
const beside = (table: typeof loans, change: Partial<BesideTable> = {}): BesideTable => ({
  id: table.id,
  name: table.name,
  choices: null,
  isConfirmed: false,
  ...change,
});
const names = () => useWorkspace.getState().tables.map(({ name }) => name);
const remembered = () => rememberedBeside().map(({ name }) => name);
let stop: () => void = () => undefined;
let stored = new Map<string, string>();

beforeAll(() => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  stored = new Map();
});
afterEach(() => {
  stop();
  useWorkspace.getState().reset();
});

const open = (table: typeof loans) => adoptTable(table, { choices: choicesOf(table, 0.2), confirmed: true });

describe('rememberedBeside', () => {
  it('reads back what was remembered, and nothing from what is damaged', () => {
    const tables = [beside(march, { choices: choicesOf(march, 0.4), isConfirmed: true }), beside(april)];
    rememberBeside(tables);
    expect(rememberedBeside()).toEqual(tables);
    for (const text of ['{', '7', '[null, 3, {"id": 1, "name": "x"}]']) {
      stored.set([...stored.keys()][0] as string, text);
      expect(rememberedBeside()).toEqual([]);
    }
  });
});

describe('followBeside', () => {
  it('remembers the open tables but the current one, as they are opened, switched and closed', () => {
    stop = followBeside(true, async () => null);
    open(march);
    open(april);
    expect(remembered()).toEqual(['march.csv']);
    expect(rememberedBeside()[0]).toMatchObject({ choices: { threshold: 0.2 }, isConfirmed: true });
    switchTable(march.id);
    expect(remembered()).toEqual(['april.csv']);
    closeTable(april.id);
    expect(remembered()).toEqual([]);
  });

  it('brings nothing back beside a table that is opened from nothing', async () => {
    rememberBeside([beside(march)]);
    stop = followBeside(false, async () => march);
    open(loans);
    await Promise.resolve();
    expect(names()).toEqual(['loans.csv']);
    expect(remembered()).toEqual([]);
  });

  it('brings them back with their choices once a table is there, and drops what is not kept', async () => {
    rememberBeside([
      beside(march, { choices: choicesOf(march, 0.4), isConfirmed: true }),
      beside(may),
      beside(april),
    ]);
    const asked: string[] = [];
    stop = followBeside(true, async (id) => {
      asked.push(id);
      if (id === may.id) throw new Error('damaged');
      return id === march.id ? march : null;
    });
    expect(asked).toEqual([]);
    open(loans);
    expect(remembered()).toEqual(['march.csv', 'may.csv', 'april.csv']);
    await vi.waitFor(() => expect(remembered()).toEqual(['march.csv']));
    expect(asked).toEqual([march.id, may.id, april.id]);
    expect(names()).toEqual(['loans.csv', 'march.csv']);
    expect(useWorkspace.getState()).toMatchObject({ base: loans, notices: [], table: { error: null } });
    switchTable(march.id);
    expect(useWorkspace.getState()).toMatchObject({ confirmed: true, choices: { threshold: 0.4 } });
  });
});
