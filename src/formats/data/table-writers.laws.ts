/** Tables written in each format, for the laws and the bench: the writers are those of the formats' own libraries. */

import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  bool,
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
  const columnData = table.columns.map((column): ColumnSource => {
    const values = valuesOf(column, table.rowCount);
    const nullable = values.includes(null);
    const { name } = column;
    if (column.kind === 'date') {
      const dates = values.map((ms) => (ms === null ? null : new Date(ms)));
      return { name, data: dates, type: 'TIMESTAMP', nullable };
    }
    if (column.kind === 'number')
      return { name, data: values, type: isInt32(column) ? 'INT32' : 'DOUBLE', nullable };
    return { name, data: values, type: 'STRING', nullable, ...(isPlain ? { encoding: 'PLAIN' } : {}) };
  });
  return parquetWriteBuffer({ columnData, codec, compressors: Object.fromEntries(PACKERS), ...sizes });
}

export interface ArrowForm {
  readonly format?: 'file' | 'stream';
  readonly batchRows?: number;
  /** Texts without a dictionary. */
  readonly isPlain?: boolean;
}

export function arrowOf(table: Table, form: ArrowForm = {}): Uint8Array {
  const { format = 'file', batchRows = Infinity, isPlain = false } = form;
  const columns = table.columns.map((column): [string, ReturnType<typeof columnFromArray>] => {
    const values = valuesOf(column, table.rowCount);
    const maxBatchRows = Math.min(batchRows, table.rowCount);
    return [column.name, columnFromArray(values, arrowType(column, isPlain), { maxBatchRows })];
  });
  return tableToIPC(tableFromColumns(columns), { format })!;
}

function arrowType(column: Column, isPlain: boolean) {
  if (column.kind === 'date') return timestamp(1);
  if (column.kind === 'number') return isInt32(column) ? int32() : float64();
  return isPlain ? utf8() : dictionary(utf8());
}

/** A column of booleans, which no column of ours is. */
export function arrowOfBooleans(name: string, values: readonly (boolean | null)[]): Uint8Array {
  return tableToIPC(tableFromColumns([[name, columnFromArray([...values], bool())]]), { format: 'file' })!;
}

/** Numbers as the column spells them, so that their kind and spelling come back; missing cells as null. */
export function jsonLinesOf(table: Table): string {
  const lines: string[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const cells = table.columns.map((column) => `${JSON.stringify(column.name)}: ${jsonCell(column, row)}`);
    lines.push(`{${cells.join(', ')}}\n`);
  }
  return lines.join('');
}

function jsonCell(column: Column, row: number): string {
  if (column.kind !== 'number') return JSON.stringify(cellText(column, row));
  const value = column.values[row]!;
  return Number.isNaN(value) ? 'null' : spellNumber(value, column.spelling);
}
