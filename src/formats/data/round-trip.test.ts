import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tableOfCsv } from '../../../fixtures/table-of-csv.ts';
import type { Column, Table } from '../../core/table/column.ts';
import { cellText } from '../../core/table/column-access.ts';
import { openTable } from './open-table.ts';
import { arrowOf, jsonLinesOf, parquetOf } from './table-writers.laws.ts';

const FIXTURES = ['credit_data/data_raw.csv', 'mlc_churn/data_raw.csv'].map(
  (path) => new URL(`../../../fixtures/${path}`, import.meta.url).pathname,
);
const LIMIT = process.env.CUTLINE_LANE === 'slow' ? Infinity : 1500;

/** A fixture, with a date and a column of many texts beside its own. */
async function fixture(path: string): Promise<Table> {
  const table = await tableOfCsv(path);
  const rowCount = Math.min(table.rowCount, LIMIT);
  const lines = [[...table.columns.map(({ name }) => name), 'opened', 'note'].join(',')];
  for (let row = 0; row < rowCount; row++) {
    const cells = table.columns.map((column) => cellText(column, row) ?? '');
    lines.push([...cells, `2024-0${1 + (row % 9)}-11`, row % 7 === 0 ? '' : `note é ${row}`].join(','));
  }
  return (await openTable(new Blob([lines.join('\n')]), { name: 'x' })).table;
}

/** Kind and values; a number's spelling is not kept by typed formats. */
function plain(column: Column) {
  const { name, kind } = column;
  if (kind === 'category') return { name, kind, codes: column.codes, dictionary: column.dictionary };
  if (kind === 'text') return { name, kind, bytes: column.bytes, offsets: column.offsets };
  return { name, kind, values: column.values };
}

function expectSame(read: Table, table: Table): void {
  expect(read.rowCount).toBe(table.rowCount);
  expect(read.columns.map(plain)).toEqual(table.columns.map(plain));
}

describe.each(FIXTURES)('%s, written and read again', (path) => {
  it.each([
    {},
    { codec: 'UNCOMPRESSED', rowGroupSize: 997 },
    { codec: 'GZIP', pageSize: 2000 },
    { codec: 'BROTLI', rowGroupSize: 5000 },
    { codec: 'SNAPPY', isPlain: true, rowGroupSize: 600, pageSize: 900 },
  ] as const)('as Parquet %o', async (form) => {
    const table = await fixture(path);
    const read = await openTable(new Blob([parquetOf(table, form)]), { name: 'x' });
    expect([read.format, read.notices]).toEqual(['Parquet', []]);
    expectSame(read.table, table);
  });

  it.each([
    { format: 'file' },
    { format: 'stream', batchRows: 333 },
    { format: 'file', batchRows: 700, isPlain: true },
  ] as const)('as Arrow %o', async (form) => {
    const table = await fixture(path);
    const read = await openTable(new Blob([arrowOf(table, form)]), { name: 'x' });
    expect(read.notices).toEqual([]);
    expectSame(read.table, table);
  });

  it('as JSON lines, gzipped or not', async () => {
    const table = await fixture(path);
    const text = jsonLinesOf(table);
    for (const content of [text, gzipSync(text)]) {
      const read = await openTable(new Blob([content]), { name: 'x' });
      expectSame(read.table, table);
      expect(read.table.columns).toEqual(table.columns);
    }
  });

  it('with some of its columns, in every format', async () => {
    const table = await fixture(path);
    const names = ['opened', 'row_id', 'note'];
    const wanted = { ...table, columns: table.columns.filter(({ name }) => names.includes(name)) };
    const csv = new Blob([await csvOf(table)]);
    for (const source of [
      csv,
      new Blob([parquetOf(table)]),
      new Blob([arrowOf(table)]),
      new Blob([jsonLinesOf(table)]),
    ]) {
      const read = await openTable(source, { name: 'x', columns: names });
      expectSame(read.table, wanted);
      await expect(
        openTable(source, { name: 'x', columns: ['row_id', 'nope', 'Opened'] }),
      ).rejects.toMatchObject({
        code: 'column-missing',
        message: '"x" has no columns "nope", "Opened".',
      });
    }
  });
});

async function csvOf(table: Table): Promise<string> {
  const { writeCsv } = await import('./csv-write.ts');
  return writeCsv(table);
}
