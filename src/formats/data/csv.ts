import type { Table } from '../../core/table/column.ts';
import type { Allocate } from '../../core/table/place-column.ts';
import type { Notice } from '../../core/table/summary.ts';
import { CsvParser } from './csv-parser.ts';
import { type ReadProgress, readText } from './text-parser.ts';

export interface CsvOptions {
  /** File name: the table's name, and the place in messages. */
  readonly name: string;
  /** One ASCII character; guessed when absent. */
  readonly delimiter?: string;
  /** Where the final arrays shall lie; plain ArrayBuffers when absent. */
  readonly allocate?: Allocate;
  /** Called after each chunk, and at the end after each finished column; what it awaits is awaited, what it throws ends the reading (a worker yields here, and cancels). */
  readonly onChunk?: (progress: ReadProgress) => Promise<void> | void;
  /** Size of the file, when known: a table that is not gzipped then takes its final memory at once, and no more. */
  readonly sourceBytes?: number;
  /** Most bytes of typed arrays that the table may take; 2 GB when absent. */
  readonly maxTableBytes?: number;
  /** Only these columns, in the file's order; null or absent = all. */
  readonly columns?: readonly string[] | null;
}

/** A table read from a file. */
export interface CsvRead {
  readonly table: Table;
  readonly notices: readonly Notice[];
  /** Cells by column name that held text which the column's kind could not read; missing in the table. */
  readonly unparsable: ReadonlyMap<string, number>;
  readonly delimiter: string;
  readonly encoding: 'utf-8';
  readonly byteOrderMark: boolean;
  readonly compression: 'gzip' | null;
  /** Bytes of the file (compressed bytes of an archive). */
  readonly byteLength: number;
}

/**
 * Reads delimited text, gzipped or not, into typed columns in one streaming pass.
 *
 * Cells: RFC 4180 quoting, line ends LF, CRLF or CR, blank lines skipped, header required (trimmed; empty and repeated names are
 * replaced, with notices). Text after a closing quote, and quotes within an unquoted cell, are taken as they stand. Encoding: strict UTF-8, with or
 * without byte order mark. Kinds: see `ColumnBuilder`; missing cells: `MISSING_TOKENS` and `NUMERIC_MISSING_TOKENS`. The result does
 * not depend on how the bytes are cut into chunks. Memory: with `sourceBytes`, the
 * final arrays (their buffers may end in a few unused bytes) plus one byte per number cell and about 20 MB; else up to twice that.
 *
 * @throws {FormatError} `empty-file` | `no-rows` | `not-a-table` | `ragged-row` | `unterminated-quote` | `invalid-utf8` |
 *   `too-many-columns` (above 20,000) | `too-large` (a cell above 8 MB, or the table above `maxTableBytes`, which is estimated after 64 MB) | `corrupt-gzip`
 * @throws {DataError} `column-missing` | `invalid-argument`: see `chooseColumns`
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, options: CsvOptions): Promise<CsvRead> {
  const parser = new CsvParser({
    name: options.name,
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter.charCodeAt(0) }),
    ...(options.allocate === undefined ? {} : { allocate: options.allocate }),
    ...(options.maxTableBytes === undefined ? {} : { maxTableBytes: options.maxTableBytes }),
    columns: options.columns ?? null,
  });
  const { parsed, compression, byteLength } = await readText(chunks, parser, options);
  const { table, notices, unparsable, dialect } = parsed;
  return {
    table,
    notices,
    unparsable,
    delimiter: String.fromCharCode(dialect.delimiter),
    encoding: 'utf-8',
    byteOrderMark: dialect.byteOrderMark,
    compression,
    byteLength,
  };
}
