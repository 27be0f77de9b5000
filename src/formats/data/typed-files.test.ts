import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../../core/table/column.ts';
import { cellText, columnByName } from '../../core/table/column-access.ts';
import { openTable, outlineTable } from './open-table.ts';

/** Files of `testing/`, written by pyarrow (versions.txt) through `write_typed_files.py`, whose formulas are repeated here. */
function file(name: string): Blob {
  return new Blob([readFileSync(new URL(`testing/${name}`, import.meta.url))]);
}

const N = 60;
const rows = Array.from({ length: N }, (_, i) => i);
const every = <T>(k: number, value: (i: number) => T) => rows.map((i) => (i % k === 0 ? null : value(i)));
const moment = (i: number) => Date.UTC(2024, 0, 1) + i * 3_600_000;
const NANOS = rows.map((i) => Number((1700000000000000000n + BigInt(i) * 999999n) / 1000000n));

/** Values as numbers, or texts; null where missing. */
const EXPECTED: Record<string, { kind: Column['kind']; cells: readonly (number | string | null)[] }> = {
  i8: { kind: 'number', cells: every(7, (i) => i - 30) },
  u16: { kind: 'number', cells: rows.map((i) => i * 1000) },
  u32: { kind: 'number', cells: rows.map((i) => 4294967295 - i) },
  i64: { kind: 'number', cells: every(5, (i) => i * 1000003 - 7) },
  id: { kind: 'category', cells: rows.map((i) => String(9007199254740993n + BigInt(i))) },
  u64: { kind: 'category', cells: rows.map((i) => String(18446744073709551615n - BigInt(i))) },
  f32: { kind: 'number', cells: every(4, (i) => i / 8) },
  f64: { kind: 'number', cells: rows.map((i) => (i === 3 ? null : i / 3)) },
  flag: { kind: 'category', cells: every(6, (i) => String(i % 3 === 0)) },
  text: { kind: 'category', cells: every(9, (i) => (i % 2 ? `é ${i}` : 'NA')) },
  job: { kind: 'category', cells: every(8, (i) => ['fixed', 'partime', 'none'][i % 3]!) },
  large: { kind: 'category', cells: rows.map((i) => `x${i % 4}`) },
  money: { kind: 'number', cells: rows.map((i) => (i * 101 - 50) / 100) },
  bigdec: { kind: 'category', cells: rows.map((i) => String(10n ** 24n + BigInt(i))) },
  day: { kind: 'date', cells: every(10, (i) => Date.UTC(1969, 11, 1 + i)) },
  ms: { kind: 'date', cells: rows.map(moment) },
  us: { kind: 'date', cells: rows.map(moment) },
  last: { kind: 'number', cells: rows.map((i) => i * 2) },
  ns: { kind: 'date', cells: NANOS },
};

function cellsOf(column: Column): (number | string | null)[] {
  return rows.map((row) => {
    if (column.kind === 'number' || column.kind === 'date')
      return Number.isNaN(column.values[row]!) ? null : column.values[row]!;
    return cellText(column, row);
  });
}

function expectColumns(table: Table, names: readonly string[]): void {
  expect(table.columns.map(({ name }) => name)).toEqual(names);
  for (const name of names) {
    const column = columnByName(table, name);
    expect({ name, kind: column.kind, cells: cellsOf(column) }).toEqual({ name, ...EXPECTED[name] });
  }
}

const LEFT_OUT = ['clock', 'list', 'struct', 'tags', 'blob'];

describe('files by pyarrow', () => {
  it.each([
    'none.parquet',
    'snappy.parquet',
    'gzip.parquet',
    'zstd.parquet',
    'brotli.parquet',
    'lz4.parquet',
    'v2.parquet',
    'uncompressed.feather',
    'lz4.feather',
    'zstd.feather',
  ])('%s: all types, in three row groups', async (name) => {
    const read = await openTable(file(name), { name });
    expectColumns(read.table, Object.keys(EXPECTED));
    expect(read.notices.map(({ code, column }) => [code, column]).toSorted()).toEqual(
      LEFT_OUT.map((column) => ['column-left-out', column]).toSorted(),
    );
    expect(read.notices.find(({ column }) => column === 'list')?.message).toBe(
      '"list" holds lists, which Cutline does not read; the column is left out.',
    );
  });

  it('encodings.parquet: deltas, prefixes, streams split by byte', async () => {
    const { table } = await openTable(file('encodings.parquet'), { name: 'x' });
    expectColumns(table, ['i8', 'i64', 'id', 'f32', 'f64', 'text', 'large', 'last']);
  });

  it('int96.parquet: the old timestamps', async () => {
    const { table } = await openTable(file('int96.parquet'), { name: 'x' });
    expectColumns(table, ['ms', 'us', 'ns']);
  });

  it('pandas.parquet: names the index', async () => {
    const { table, notices } = await openTable(file('pandas.parquet'), { name: 'x' });
    expect(table.columns.map((column) => [column.name, ...cellsOf(column).slice(0, 3)])).toEqual([
      ['a', null, 1.5, 2.5],
      ['c', 'y', 'x', null],
      ['__index_level_0__', 30, 10, 20],
    ]);
    expect(notices).toEqual([
      {
        code: 'pandas-index',
        message: '"__index_level_0__" is the index of the pandas table that was written, kept as a column.',
        column: '__index_level_0__',
      },
    ]);
  });

  it('views.arrows: a stream in four batches, with views and half floats', async () => {
    const read = await openTable(file('views.arrows'), { name: 'x' });
    expect(read.format).toBe('Arrow stream');
    const { table } = read;
    expectColumns(
      { ...table, columns: table.columns.slice(0, -2) },
      Object.keys(EXPECTED).filter((name) => name !== 'ns'),
    );
    expect(cellsOf(columnByName(table, 'view'))).toEqual(
      rows.map((i) => (i % 2 ? 'short' : `longer than twelve ${i}`)),
    );
    expect(cellsOf(columnByName(table, 'half'))).toEqual(rows.map((i) => i / 2));
  });

  it('version1.feather is refused by name', async () => {
    await expect(openTable(file('version1.feather'), { name: 'x.feather' })).rejects.toMatchObject({
      name: 'FormatError',
      code: 'unsupported-type',
      message: '"x.feather" is a Feather file of version 1, which Cutline does not read.',
      advice: 'Write it as Feather version 2 (Arrow IPC), or as Parquet.',
    });
  });

  it('reads some columns only, and outlines all that can be read', async () => {
    for (const name of ['zstd.parquet', 'lz4.feather', 'views.arrows']) {
      const { table, notices } = await openTable(file(name), { name, columns: ['last', 'job'] });
      expectColumns(table, ['job', 'last']);
      expect(notices.every(({ code }) => code === 'column-left-out')).toBe(true);
      const outline = await outlineTable(file(name), { name, maxTableBytes: 5e6 });
      expect(outline).toMatchObject({ rowCount: N, isRowCountExact: true, maxTableBytes: 5e6 });
      expect(outline.columns).toContainEqual({ name: 'f64', kind: 'number', byteLength: 480 });
      expect(outline.columns).toContainEqual({ name: 'job', kind: null, byteLength: 240 });
    }
  });
});
