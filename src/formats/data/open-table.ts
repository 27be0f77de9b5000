import type { Table } from '../../core/table/column.ts';
import type { Notice } from '../../core/table/summary.ts';
import { chunksOf, type SlicedBytes } from './chunks.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { fileKind, isGzip } from './file-kind.ts';

/** What every table format's reader answers. */
export interface TableRead {
  readonly table: Table;
  readonly notices: readonly Notice[];
  /** Cells by column name that held a value which the column's kind could not hold; missing in the table. */
  readonly unparsable: ReadonlyMap<string, number>;
  /** As shown to the user: `CSV (semicolon)`, `CSV, gzip`. */
  readonly format: string;
  readonly byteLength: number;
}

/** Options that every format understands. */
export type TableOptions = Omit<CsvOptions, 'delimiter' | 'sourceBytes'>;

/** One table format: `match` is cheap and never throws, `open` throws FormatError. */
interface TableFormat {
  readonly name: string;
  match(head: Uint8Array): boolean;
  open(source: SlicedBytes, options: TableOptions): Promise<TableRead>;
}

const delimited: TableFormat = {
  name: 'CSV',
  match: (head) => head.length > 0 && (isGzip(head) || (fileKind(head) === null && !head.includes(0))),
  open: openDelimited,
};

/** In order of asking. Delimited text is last: it is whatever has no magic bytes. */
const FORMATS: readonly TableFormat[] = [delimited];

/** As much of a file as the formats' marks need. */
const HEAD_BYTES = 4096;

/** Name of the table format that the file's first bytes (4 KB are plenty) suggest, or null when it is none that Cutline opens. Never throws. */
export function matchTable(head: Uint8Array): string | null {
  return FORMATS.find((format) => format.match(head))?.name ?? null;
}

/**
 * Opens a file as a table, whatever its format.
 *
 * A file that no format claims goes to the delimited reader, whose refusal says what the file is.
 *
 * @throws {FormatError} as `readCsv`
 */
export async function openTable(source: SlicedBytes, options: TableOptions): Promise<TableRead> {
  const head = new Uint8Array(await source.slice(0, Math.min(source.size, HEAD_BYTES)).arrayBuffer());
  const format = FORMATS.find((candidate) => candidate.match(head)) ?? delimited;
  return format.open(source, options);
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

async function openDelimited(source: SlicedBytes, options: TableOptions): Promise<TableRead> {
  const { table, notices, unparsable, delimiter, compression, byteLength } = await readCsv(chunksOf(source), {
    ...options,
    sourceBytes: source.size,
  });
  const format = `CSV (${DELIMITER_NAMES[delimiter] ?? delimiter}${compression === null ? '' : ', gzip'})`;
  return { table, notices, unparsable, format, byteLength };
}
