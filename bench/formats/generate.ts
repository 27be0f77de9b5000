/** The same seeded table as CSV, gzipped CSV, Parquet, Arrow and JSON lines. */
import { once } from 'node:events';
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { fileWriter } from 'hyparquet-writer/src/node.js';
import type { Column, Table } from '../../src/core/table/column.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { arrowOf, jsonLine, parquetColumns } from '../../src/formats/data/table-writers.laws.ts';
import { writeMixedCsv } from '../csv/generate.ts';

/** Rows of a row group or record batch: the default of pyarrow's writer is 1 M for Parquet and 64 K for Arrow. */
const GROUP_ROWS = 125_000;
const BATCH_ROWS = 65_536;

/** The files by the name of their format, in the order to be read in. */
export type FormatFiles = readonly (readonly [name: string, path: string])[];

/** Writes the table of `bench/csv` (30 mixed columns, 2 % missing) in each format into a folder. */
export async function writeFormats(folder: string, rowCount: number): Promise<FormatFiles> {
  const files = [
    ['csv', join(folder, 'table.csv')],
    ['csv.gz', join(folder, 'table.csv.gz')],
    ['parquet', join(folder, 'table.parquet')],
    ['arrow', join(folder, 'table.arrow')],
    ['jsonl', join(folder, 'table.jsonl')],
  ] as const;
  const [csv, gzip, parquet, arrow, json] = files.map(([, path]) => path) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await writeMixedCsv(csv, rowCount);
  await pipeline(createReadStream(csv), createGzip(), createWriteStream(gzip));
  const { table } = await openTable(await openAsBlob(csv), { name: 'table' });
  await writeParquet(table, parquet);
  await writeFile(arrow, arrowOf(table, { batchRows: BATCH_ROWS }));
  await writeJsonLines(table, json);
  return files;
}

async function writeParquet(table: Table, path: string): Promise<void> {
  let writer: ParquetWriter | null = null;
  for (let start = 0; start < table.rowCount; start += GROUP_ROWS) {
    const columnData = parquetColumns(rowsOf(table, start, Math.min(table.rowCount, start + GROUP_ROWS)));
    // Which numbers are integers the first group shows well enough: the generator mixes them in no column.
    writer ??= new ParquetWriter({
      writer: fileWriter(path),
      schema: schemaFromColumnData({ columnData }),
      codec: 'SNAPPY',
    });
    await writer.write({
      columnData: columnData.map(({ name, data }) => ({ name, data })),
      rowGroupSize: GROUP_ROWS,
    });
  }
  await writer?.finish();
}

/** Rows [start, end) as views of the table's arrays. */
function rowsOf(table: Table, start: number, end: number): Table {
  const columns = table.columns.map((column): Column => {
    if (column.kind === 'category') return { ...column, codes: column.codes.subarray(start, end) };
    if (column.kind === 'text') return { ...column, offsets: column.offsets.subarray(start, end + 1) };
    return { ...column, values: column.values.subarray(start, end) };
  });
  return { name: table.name, rowCount: end - start, columns };
}

async function writeJsonLines(table: Table, path: string): Promise<void> {
  const out = createWriteStream(path);
  let piece = '';
  for (let row = 0; row < table.rowCount; row++) {
    piece += jsonLine(table, row);
    if (piece.length < 1 << 20) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'close');
}
