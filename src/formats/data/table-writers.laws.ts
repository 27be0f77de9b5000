/** Tables written in each format, for the laws and the bench: the writers are those of the formats' own libraries. */

import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  columnFromArray,
  dictionary,
  float64,
  int32,
  tableFromColumns,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, Table } from '../../core/table/column.ts';
import { cellText } from '../../core/table/column-access.ts';
import { spellNumber } from '../../core/table/parse-number.ts';

/** Values of a column, null where missing. */
function valuesOf(column: Column, rowCount: number): (number | string | null)[] {
  return Array.from({ length: rowCount }, (_, row) => {
    if (column.kind !== 'number' && column.kind !== 'date') return cellText(column, row);
    const value = column.values[row]!;
    return Number.isNaN(value) ? null : value;
  });
}

/** Numbers without decimals, spelled so, that fit 32 bits. */
function isInt32(column: Column): boolean {
  return (
    column.kind === 'number' &&
    column.spelling === 'shortest' &&
    column.values.every((x) => Number.isNaN(x) || (x | 0) === x)
  );
}

export interface ParquetForm {
  readonly codec?: 'SNAPPY' | 'GZIP' | 'BROTLI' | 'UNCOMPRESSED';
  readonly rowGroupSize?: number;
  readonly pageSize?: number;
  /** Texts without a dictionary. */
  readonly isPlain?: boolean;
}

/** Those that the writer does not bring along. */
const PACKERS = [
  ['GZIP', (bytes: Uint8Array) => gzipSync(bytes)],
  ['BROTLI', (bytes: Uint8Array) => brotliCompressSync(bytes)],
] as const;

export function parquetOf(table: Table, form: ParquetForm = {}): ArrayBuffer {
  const { codec = 'SNAPPY', isPlain = false, ...sizes } = form;
  const columnData = parquetColumns(table, isPlain);
  return parquetWriteBuffer({ columnData, codec, compressors: Object.fromEntries(PACKERS), ...sizes });
}

/** The columns as the writer takes them, all of them optional. */
export function parquetColumns(table: Table, isPlain = false): ColumnSource[] {
  return table.columns.map((column): ColumnSource => {
    const values = valuesOf(column, table.rowCount);
    const { name } = column;
    if (column.kind === 'date')
      return { name, data: values.map((ms) => (ms === null ? null : new Date(ms))), type: 'TIMESTAMP' };
    if (column.kind === 'number') return { name, data: values, type: isInt32(column) ? 'INT32' : 'DOUBLE' };
    return { name, data: values, type: 'STRING', ...(isPlain ? { encoding: 'PLAIN' } : {}) };
  });
}

export interface ArrowForm {
  readonly format?: 'file' | 'stream';
  readonly batchRows?: number;
  /** Texts without a dictionary. */
  readonly isPlain?: boolean;
}

export function arrowOf(table: Table, form: ArrowForm = {}): Uint8Array<ArrayBuffer> {
  const { format = 'file', batchRows = Infinity, isPlain = false } = form;
  const columns = table.columns.map((column): [string, ReturnType<typeof columnFromArray>] => {
    const values = valuesOf(column, table.rowCount);
    const maxBatchRows = Math.min(batchRows, table.rowCount);
    return [column.name, columnFromArray(values, arrowType(column, isPlain), { maxBatchRows })];
  });
  return new Uint8Array(tableToIPC(tableFromColumns(columns), { format })!);
}

function arrowType(column: Column, isPlain: boolean) {
  if (column.kind === 'date') return timestamp(1);
  if (column.kind === 'number') return isInt32(column) ? int32() : float64();
  return isPlain ? utf8() : dictionary(utf8());
}

/** Numbers are written as the column spells them, so that kind and spelling come back; missing cells as null. */
export function jsonLinesOf(table: Table): string {
  return Array.from({ length: table.rowCount }, (_, row) => jsonLine(table, row)).join('');
}

/** One row, with its line end. */
export function jsonLine(table: Table, row: number): string {
  const cells = table.columns.map((column) => `${JSON.stringify(column.name)}: ${jsonCell(column, row)}`);
  return `{${cells.join(', ')}}\n`;
}

function jsonCell(column: Column, row: number): string {
  if (column.kind !== 'number') return JSON.stringify(cellText(column, row));
  const value = column.values[row]!;
  return Number.isNaN(value) ? 'null' : spellNumber(value, column.spelling);
}
