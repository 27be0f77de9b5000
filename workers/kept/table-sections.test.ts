import { describe, expect, it } from 'vitest';
import { CanceledError } from '../../src/core/errors.ts';
import { categoryColumn, textColumn } from '../../src/core/table/build-column.ts';
import type { Column, Table } from '../../src/core/table/column.ts';
import type { ColumnReading } from '../../src/core/table/column-reading.ts';
import { placeColumn } from '../../src/core/table/place-column.ts';
import { summarizeTable } from '../../src/core/table/profile.ts';
import { readColumn } from '../../src/core/table/read-column.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { openKeptFile, writeKeptFile } from './kept-file.ts';
import type { KeptLabel } from './kept-label.ts';
import { readTableSections, tableSections } from './table-sections.ts';

const columns: Column[] = [
  {
    kind: 'number',
    name: 'x',
    values: Float64Array.of(1.5, Number.NaN, -Infinity),
    spelling: 'mixed',
    decimal: ',',
  },
  {
    kind: 'date',
    name: 'day',
    values: Float64Array.of(0, 864e5, Number.NaN),
    written: { order: 'day-first', shortYears: true },
  },
  { ...categoryColumn('home', ['rent', null, 'own \ud800'], 3), codes: Int32Array.of(0, -4, 1) },
  textColumn('note', ['ä', null, 'same'], 3),
];
const tableOf = (parts: readonly Column[]): Table => ({ name: 'loans', rowCount: 3, columns: parts });
const summaryOf = (table: Table) =>
  summarizeTable(table, { id: 'ab~12', byteLength: 99, notices: [], unparsable: new Map([['x', 2]]) });
const go = () => Promise.resolve();

async function fileOf(table: Table): Promise<Uint8Array<ArrayBuffer>> {
  const summary = summaryOf(table);
  const label: KeptLabel = {
    kind: 'table',
    id: summary.id,
    name: 'loans',
    shape: { rowCount: 3, columnCount: 4 },
  };
  const parts: { bytes: Uint8Array; at: number }[] = [];
  const sink = { write: (bytes: Uint8Array, at: number) => void parts.push({ bytes, at }) };
  await writeKeptFile(sink, label, tableSections(table, summary), 1, go);
  const file = new Uint8Array(Math.max(...parts.map(({ bytes, at }) => at + bytes.length)));
  for (const { bytes, at } of parts) file.set(bytes, at);
  return file;
}

async function readBack(file: Uint8Array<ArrayBuffer>, allocate: (n: number) => ArrayBufferLike) {
  const reader = await openKeptFile(new Blob([file]));
  if (reader === null) throw new Error('not whole');
  return readTableSections(reader, allocate, go);
}

describe('a kept table', () => {
  it('comes back with every kind of column and its summary', async () => {
    const table = tableOf(columns);
    const back = await readBack(await fileOf(table), (n) => new ArrayBuffer(n));
    expect(back).toEqual({ table, summary: summaryOf(table) });
  });

  it('can be read anew as the table that was kept', async () => {
    const text = 'day,pay,zone\n03/04/24,"1,5",NA\n05/06/24,"2,25",EU\n,,\n';
    const { table } = await openTable(new Blob([text]), { name: 'loans' });
    const back = await readBack(await fileOf(table), (n) => new ArrayBuffer(n));
    const readings: readonly ColumnReading[] = [
      { dateOrder: 'month-first' },
      { decimal: '.' },
      { values: ['NA'] },
    ];
    for (const [i, reading] of readings.entries()) {
      const anew = readColumn(table.columns[i]!, reading);
      expect(anew.column).not.toEqual(table.columns[i]);
      expect(readColumn(back!.table.columns[i]!, reading)).toEqual(anew);
    }
  });

  it('goes from shared memory into shared memory', async () => {
    const shared = (n: number) => new SharedArrayBuffer(n);
    const back = await readBack(
      await fileOf(tableOf(columns.map((column) => placeColumn(column, shared)))),
      shared,
    );
    const [number] = back?.table.columns ?? [];
    expect(number?.kind === 'number' && number.values.buffer instanceof SharedArrayBuffer).toBe(true);
    expect(number).toEqual(placeColumn(columns[0]!, shared));
  });

  it('keeps views that do not begin where their buffer does', async () => {
    const values = new Float64Array([9, 1, 2, 3]).subarray(1);
    const table = tableOf([{ kind: 'number', name: 'x', values, spelling: 'shortest' }]);
    const back = await readBack(await fileOf(table), (n) => new ArrayBuffer(n));
    expect(back?.table.columns[0]).toMatchObject({ values: Float64Array.of(1, 2, 3) });
  });

  it('is null when a section is damaged, and stops when it is told to', async () => {
    const file = await fileOf(tableOf(columns));
    const damaged = file.slice();
    damaged[file.length - 1]! ^= 1;
    expect(await readBack(damaged, (n) => new ArrayBuffer(n))).toBeNull();
    const reader = await openKeptFile(new Blob([file]));
    const stopped = readTableSections(
      reader!,
      (n) => new ArrayBuffer(n),
      () => Promise.reject(new CanceledError()),
    );
    await expect(stopped).rejects.toBeInstanceOf(CanceledError);
  });
});
