import { describe, expect, it } from 'vitest';
import { fileHashOf } from '../src/contracts/table-id.ts';
import type { Table } from '../src/core/table/column.ts';
import { summarizeTable } from '../src/core/table/profile.ts';
import type { HeldTable } from './holds.ts';
import { retypeTable, summaryOf } from './retype-table.ts';

const FILE_HASH = 'ab'.repeat(32);

const table: Table = {
  name: 'loans',
  rowCount: 4,
  columns: [
    { kind: 'number', name: 'rooms', values: Float64Array.of(1, 2, Number.NaN, 2), spelling: 'shortest' },
    { kind: 'category', name: 'home', codes: Int32Array.of(0, 1, -1, 0), dictionary: ['rent', '12'] },
  ],
};
const unparsable = new Map<string, number>();
const asRead: HeldTable = {
  table,
  summary: summarizeTable(table, { id: FILE_HASH, byteLength: 9, notices: [], unparsable }),
  changed: new Map(),
};

const retype = (held: HeldTable, name: string, kind: 'number' | 'category' | 'text') =>
  retypeTable(held, name, kind, null);

describe('retypeTable', () => {
  it('changes one column and its summary, under an id of the same file', async () => {
    const changed = await retype(asRead, 'rooms', 'category');
    expect(changed.table.columns[0]).toMatchObject({ kind: 'category', dictionary: ['1', '2'] });
    expect(changed.table.columns[1]).toBe(table.columns[1]);
    const { id, columns } = summaryOf(changed);
    expect(columns[0]).toMatchObject({ name: 'rooms', kind: 'category', missing: 1, distinct: 2 });
    expect(id).not.toBe(FILE_HASH);
    expect(fileHashOf(id)).toBe(FILE_HASH);
  });

  it('counts what the new kind cannot hold', async () => {
    const { columns } = summaryOf(await retype(asRead, 'home', 'number'));
    expect(columns[1]).toMatchObject({ kind: 'number', unparsable: 2, missing: 3 });
  });

  it('restores everything, id included, however long the way', async () => {
    const lossy = await retype(asRead, 'home', 'number');
    const further = await retype(lossy, 'home', 'text');
    const back = await retype(further, 'home', 'category');
    expect(back).toEqual(asRead);
  });

  it('gives the same id for the same kinds, whatever the order of changes', async () => {
    const one = await retype(await retype(asRead, 'rooms', 'text'), 'home', 'number');
    const other = await retype(await retype(asRead, 'home', 'number'), 'rooms', 'text');
    expect(summaryOf(one).id).toBe(summaryOf(other).id);
  });

  it('lies where it is told to', async () => {
    const allocate = (byteLength: number) => new SharedArrayBuffer(byteLength);
    const { table: shared } = await retypeTable(asRead, 'rooms', 'category', allocate);
    const [rooms] = shared.columns;
    expect(rooms?.kind === 'category' && rooms.codes.buffer instanceof SharedArrayBuffer).toBe(true);
  });

  it('names a column that is not there', async () => {
    await expect(retype(asRead, 'garage', 'text')).rejects.toMatchObject({ code: 'column-missing' });
  });
});
