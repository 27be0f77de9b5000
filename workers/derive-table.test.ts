import { describe, expect, it } from 'vitest';
import { baseIdOf } from '../src/contracts/table-id.ts';
import type { TableRecipe } from '../src/contracts/tasks.ts';
import { CanceledError, DataError } from '../src/core/errors.ts';
import { drain, type Sliced } from '../src/core/sliced.ts';
import type { Column, Table } from '../src/core/table/column.ts';
import { summarizeTable } from '../src/core/table/profile.ts';
import { type DeriveContext, deriveTable } from './derive-table.ts';
import { baseTable, type HeldTable, summaryOf } from './holds.ts';

const BASE_ID = 'ab'.repeat(32);
const table: Table = {
  name: 'loans',
  rowCount: 4,
  columns: [
    { kind: 'number', name: 'rooms', values: Float64Array.of(1, 2, Number.NaN, 2), spelling: 'shortest' },
    { kind: 'category', name: 'home', codes: Int32Array.of(0, 1, -1, 0), dictionary: ['rent', '12'] },
    { kind: 'number', name: 'key', values: Float64Array.of(7, 8, 9, 7), spelling: 'shortest' },
  ],
};
const payments: Table = {
  name: 'payments',
  rowCount: 3,
  columns: [
    { kind: 'number', name: 'loan', values: Float64Array.of(7, 7, 8), spelling: 'shortest' },
    { kind: 'number', name: 'paid', values: Float64Array.of(10, 5, 3), spelling: 'shortest' },
  ],
};
const base = baseTable(
  table,
  summarizeTable(table, { id: BASE_ID, byteLength: 9, notices: [], unparsable: new Map() }),
);
const job = {
  turn: () => Promise.resolve(),
  drain: (slices: Sliced<unknown>) => Promise.resolve(drain(slices)),
} as DeriveContext['job'];
const context: DeriveContext = {
  known: new Map(),
  tableOf: (id) => {
    if (id === 'payments') return payments;
    throw new DataError('unknown-handle', id);
  },
  allocate: null,
  job,
};
const none: TableRecipe = { readings: {}, joins: [] };
const paid: TableRecipe['joins'][number] = {
  tableId: 'payments',
  leftKey: 'key',
  rightKey: 'loan',
  orderBy: null,
  columns: [{ column: 'paid', aggregate: 'sum', as: 'paid' }],
};
const derive = (recipe: Partial<TableRecipe>, more: Partial<DeriveContext> = {}) =>
  deriveTable(base, { ...none, ...recipe }, { ...context, ...more });
const idOf = (held: HeldTable) => summaryOf(held).id;
const column = (held: HeldTable, name: string): Column | undefined =>
  held.table.columns.find((each) => each.name === name);

describe('deriveTable', () => {
  it('gives the base for the empty recipe and for readings that change nothing', async () => {
    for (const reading of [{}, { kind: 'number' as const }, { missing: [] }, { missing: ['999'] }])
      expect(await derive({ readings: { rooms: reading } })).toBe(base);
  });

  it('reads one column in another way; all others are the same arrays', async () => {
    const derived = await derive({ readings: { rooms: { kind: 'category' } } });
    expect(column(derived, 'rooms')).toMatchObject({ kind: 'category', dictionary: ['1', '2'] });
    expect(column(derived, 'home')).toBe(table.columns[1]);
    const { id, columns } = summaryOf(derived);
    expect(columns[0]).toMatchObject({ name: 'rooms', kind: 'category', missing: 1, distinct: 2 });
    expect(id).toMatch(/^(ab){32}\+[0-9a-f]{16}$/);
    expect(baseIdOf(id)).toBe(BASE_ID);
    expect(Object.keys(derived.made)).toEqual(['rooms']);
  });

  it('counts what a reading cannot hold', async () => {
    const { columns } = summaryOf(await derive({ readings: { home: { kind: 'number' } } }));
    expect(columns[1]).toMatchObject({ kind: 'number', unparsable: 2, missing: 3 });
  });

  it('joins: keys by hand, summaries and notices of the new column', async () => {
    const derived = await derive({ joins: [paid] });
    expect(column(derived, 'paid')).toMatchObject({ values: Float64Array.of(15, 3, Number.NaN, 15) });
    const { columns, notices } = summaryOf(derived);
    expect(columns.at(-1)).toMatchObject({ name: 'paid', missing: 1, max: 15 });
    expect(notices.map(({ code }) => code)).toEqual(['join-unmatched']);
  });

  it('gives one id for one recipe, however it was written', async () => {
    const readings = { rooms: { kind: 'text' as const }, home: { missing: ['12', 'rent'] } };
    const same = {
      home: { missing: ['rent', '12', '12'] },
      key: {},
      rooms: { missing: [], kind: 'text' as const },
    };
    expect(idOf(await derive({ readings: same, joins: [paid] }))).toBe(
      idOf(await derive({ readings, joins: [paid] })),
    );
  });

  it('gives other ids for other recipes, and for joins in another order', async () => {
    const count = { ...paid, columns: [{ column: '', aggregate: 'count' as const, as: 'payments' }] };
    const recipes: Partial<TableRecipe>[] = [
      { readings: { rooms: { kind: 'text' } } },
      { readings: { rooms: { kind: 'category' } } },
      { readings: { rooms: { missing: ['2'] } } },
      { joins: [paid] },
      { joins: [paid, count] },
      { joins: [count, paid] },
      { joins: [{ ...paid, columns: [{ ...paid.columns[0]!, aggregate: 'mean' }] }] },
    ];
    const ids = await Promise.all(recipes.map(async (recipe) => idOf(await derive(recipe))));
    expect(new Set(ids).size).toBe(recipes.length);
  });

  it('takes columns from other recipes of the base, and only those that fit', async () => {
    const readings = { rooms: { kind: 'text' as const } };
    const first = await derive({ readings, joins: [paid] });
    const unread: DeriveContext['tableOf'] = () => {
      throw new Error('joined again');
    };
    const known = first.parts;
    const more = { ...readings, home: { kind: 'text' as const } };
    const second = await derive({ readings: more, joins: [paid] }, { known, tableOf: unread });
    expect(column(second, 'rooms')).toBe(column(first, 'rooms'));
    expect(column(second, 'paid')).toBe(column(first, 'paid'));
    // Another key, another join: it must be made anew.
    const rekeyed = { ...more, key: { kind: 'text' as const } };
    await expect(derive({ readings: rekeyed, joins: [paid] }, { known, tableOf: unread })).rejects.toThrow(
      'again',
    );
  });

  it('says how columns were made, a joined one by its key too', async () => {
    const plain = (await derive({ joins: [paid] })).made;
    const beside = (await derive({ readings: { rooms: { kind: 'text' } }, joins: [paid] })).made;
    const rekeyed = (await derive({ readings: { key: { missing: ['9'] } }, joins: [paid] })).made;
    expect(beside.paid).toBe(plain.paid);
    expect(rekeyed.paid).not.toBe(plain.paid);
  });

  it('names a joined column anew when its name is taken', async () => {
    const again = { ...paid, columns: [{ ...paid.columns[0]!, as: 'rooms' }] };
    const derived = await derive({ joins: [again] });
    expect(derived.table.columns.map(({ name }) => name)).toEqual(['rooms', 'home', 'key', 'rooms (2)']);
  });

  it('lies where it is told to', async () => {
    const allocate = (byteLength: number) => new SharedArrayBuffer(byteLength);
    const { table: shared } = await derive(
      { readings: { rooms: { kind: 'category' } }, joins: [paid] },
      { allocate },
    );
    const [rooms] = shared.columns;
    const joined = shared.columns.at(-1);
    expect(rooms?.kind === 'category' && rooms.codes.buffer instanceof SharedArrayBuffer).toBe(true);
    expect(joined?.kind === 'number' && joined.values.buffer instanceof SharedArrayBuffer).toBe(true);
  });

  it('names a column that is not there, a table that is not open, and hears a cancel', async () => {
    const wrong = derive({ readings: { garage: { kind: 'text' } } });
    await expect(wrong).rejects.toMatchObject({ code: 'column-missing' });
    const closed = derive({ joins: [{ ...paid, tableId: 'none' }] });
    await expect(closed).rejects.toMatchObject({ code: 'unknown-handle' });
    const canceled = { ...job, turn: () => Promise.reject(new CanceledError()) };
    const stopped = derive({ readings: { rooms: { kind: 'text' } } }, { job: canceled });
    await expect(stopped).rejects.toBeInstanceOf(CanceledError);
  });
});
