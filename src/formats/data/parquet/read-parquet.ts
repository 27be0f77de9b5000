import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { ByteWindow } from '../byte-window.ts';
import { chooseColumns } from '../choose-columns.ts';
import type { SlicedBytes } from '../chunks.ts';
import type { OutlineOptions, TableOptions, TableRead } from '../table-format.ts';
import type { TableOutline } from '../table-outline.ts';
import { hasGrownTooLarge, MOST_TABLE_BYTES, wouldNotFit } from '../table-size.ts';
import { NotUtf8 } from '../typed/text-sink.ts';
import { columnLeftOut, nothingLeft } from '../typed/typed-notices.ts';
import { allocateBuffer, finishTable } from '../typed/typed-table.ts';
import type { ColumnReader } from './column-plan.ts';
import { type PageContext, readDataPage, readDictionaryPage } from './data-page.ts';
import { HEADER_BYTES, readPageHeader } from './page-header.ts';
import type { PhysicalValues } from './page-values.ts';
import { corruptParquet } from './parquet-errors.ts';
import { type ColumnChunk, type ParquetColumn, type ParquetFile, readParquetFile } from './parquet-file.ts';

/** Rows between two calls of `onChunk` at the most: some 20 ms of decoding. */
const TURN_ROWS = 250_000;

/** One column while it is read. */
interface OpenColumn {
  readonly column: ParquetColumn;
  readonly reader: ColumnReader;
}

/**
 * Reads a Parquet file row group by row group, and in each column by column, page by page, into the final arrays; in memory
 * are those and the pages at hand.
 *
 * Kinds follow the file's types (docs/formats.md). Columns that Cutline does not read are left out, with a notice.
 *
 * @throws {FormatError} `corrupt-parquet` | `unsupported-type` | `no-rows` | `too-large` (before anything is read, or by the
 *   length of its texts while it is) | `invalid-utf8`
 * @throws {DataError} `column-missing` | `invalid-argument`: see `chooseColumns`
 */
export async function readParquet(source: SlicedBytes, options: TableOptions): Promise<TableRead> {
  const { name, maxTableBytes: most = MOST_TABLE_BYTES } = options;
  const file = await readParquetFile(source, name);
  const names = file.columns.map((column) => column.name);
  const chosen = chooseColumns(names, options.columns, name);
  const columns = file.columns.filter((_, i) => chosen[i]);
  const least = columns.reduce((sum, column) => sum + leastBytes(column, file.rowCount), 0);
  if (least > most)
    throw wouldNotFit(
      name,
      least,
      columns.every(({ plan }) => plan.kind !== null),
      most,
    );
  const notices = file.notices.filter(
    ({ column, code }) => code === 'column-left-out' || column === undefined || chosen[names.indexOf(column)],
  );
  const read = new ParquetRead(source, file, columns, options);
  await read.readGroups();
  const table = read.finish();
  return {
    table: { name, rowCount: file.rowCount, columns: table.columns },
    notices: [...notices, ...table.notices],
    unparsable: table.unparsable,
    format: 'Parquet',
    byteLength: source.size,
  };
}

/**
 * What a Parquet file holds, from its metadata alone.
 *
 * @throws {FormatError} `corrupt-parquet` | `unsupported-type` | `no-rows`
 */
export async function outlineParquet(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline> {
  const { rowCount, columns } = await readParquetFile(source, options.name);
  return {
    format: 'Parquet',
    rowCount,
    isRowCountExact: true,
    columns: columns.map((column) => ({
      name: column.name,
      kind: column.plan.kind,
      byteLength: leastBytes(column, rowCount) + textBytes(column),
    })),
    maxTableBytes: options.maxTableBytes ?? MOST_TABLE_BYTES,
  };
}

/** Bytes of a column's typed arrays without the bytes of texts. */
function leastBytes({ plan }: ParquetColumn, rowCount: number): number {
  return rowCount * (plan.kind === 'number' || plan.kind === 'date' ? 8 : 4);
}

/** Bytes of texts that the file holds one by one, without a dictionary. */
function textBytes({ plan, chunks }: ParquetColumn): number {
  if (plan.kind !== null) return 0;
  return chunks.reduce((sum, chunk) => sum + (chunk.hasDictionary ? 0 : chunk.unpackedBytes), 0);
}

/** One run of {@link readParquet} from the first row group to the last. */
class ParquetRead {
  private readonly source: SlicedBytes;
  private readonly file: ParquetFile;
  private readonly options: TableOptions;
  private open: OpenColumn[];
  private readonly leftOut: Notice[] = [];
  private bytesDone = 0;
  private rowsDone = 0;
  /** Rows of the group at hand, as the share of its columns that are read. */
  private rowsInGroup = 0;
  private rowsSinceTurn = 0;

  constructor(
    source: SlicedBytes,
    file: ParquetFile,
    columns: readonly ParquetColumn[],
    options: TableOptions,
  ) {
    this.source = source;
    this.file = file;
    this.options = options;
    const { allocate = allocateBuffer } = options;
    const { rowCount } = file;
    this.open = columns.map((column) => ({
      column,
      reader: column.plan.open({ name: column.name, rowCount, allocate }),
    }));
  }

  async readGroups(): Promise<void> {
    for (let group = 0; group < this.file.groupRows.length; group++) {
      const rows = this.file.groupRows[group]!;
      const columns = this.open;
      for (const [i, open] of columns.entries()) {
        const chunk = open.column.chunks[group]!;
        await this.readChunk(open, chunk, group, rows);
        this.bytesDone += chunk.end - chunk.start;
        this.refuseLargeTable();
        this.rowsInGroup = Math.floor((rows * (i + 1)) / columns.length);
        await this.turn();
      }
      this.rowsDone += rows;
      this.rowsInGroup = 0;
    }
  }

  finish() {
    const table = this.guarded({}, 'it lacks values', () =>
      finishTable(this.open.map(({ reader }) => reader.sink)),
    );
    return { ...table, notices: [...this.leftOut, ...table.notices] };
  }

  private async readChunk(open: OpenColumn, chunk: ColumnChunk, group: number, rows: number): Promise<void> {
    const { column, reader } = open;
    const window = new ByteWindow(this.source, chunk.start, chunk.end);
    const { plan, isOptional } = column;
    const context: PageContext = { codec: chunk.codec, physical: plan.physical, isOptional };
    let dictionary: PhysicalValues | null = null;
    let filled = 0;
    const where = () => ({ column: column.name, byteOffset: window.offset });
    const what = `row group ${group + 1} of column "${column.name}" is damaged`;
    while (filled < rows) {
      const head = await window.peek(HEADER_BYTES);
      const parse = (bytes: Uint8Array) => readPageHeader(bytes, window.remaining);
      const first = attempt(() => parse(head));
      // The header may be longer than what was looked at; a damaged one is read twice for that.
      const whole =
        first === null && window.remaining > head.length ? await window.peek(MOST_HEADER_BYTES) : head;
      const { header, length } = first ?? this.guarded(where(), what, () => parse(whole));
      await window.take(length);
      const bytes = await window.take(header.compressed_page_size);
      const done = this.readPage(open, () =>
        this.guarded(where(), what, () => {
          if (header.type === 'DICTIONARY_PAGE') dictionary = readDictionaryPage(header, bytes, context);
          else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2')
            return readDataPage(header, bytes, context, dictionary, reader, rows - filled);
          return 0;
        }),
      );
      if (done === null) return;
      filled += done;
      this.rowsSinceTurn += done;
      if (this.rowsSinceTurn >= TURN_ROWS) await this.turn();
    }
  }

  /** Rows of the page; null when the column turned out to hold no text, and is left out from here on. */
  private readPage({ column }: OpenColumn, read: () => number): number | null {
    try {
      return read();
    } catch (error) {
      const isBinary = error instanceof FormatError && error.code === 'invalid-utf8';
      if (!isBinary || !column.plan.isMaybeBinary) throw error;
      this.leftOut.push(columnLeftOut(column.name, 'holds binary data'));
      this.open = this.open.filter((other) => other.column !== column);
      if (this.open.length === 0) throw nothingLeft(this.options.name, this.leftOut);
      return null;
    }
  }

  private async turn(): Promise<void> {
    this.rowsSinceTurn = 0;
    await this.options.onChunk?.({ bytes: this.bytesDone, rows: this.rowsDone + this.rowsInGroup });
  }

  private refuseLargeTable(): void {
    const { name, maxTableBytes: most = MOST_TABLE_BYTES } = this.options;
    const byteLength = this.open.reduce((sum, { reader }) => sum + reader.sink.byteLength, 0);
    if (byteLength > most) throw hasGrownTooLarge(name, this.rowsDone, byteLength, most);
  }

  /** What the bytes make the decoders throw, as an error of ours. */
  private guarded<T>(place: { column?: string; byteOffset?: number }, what: string, decode: () => T): T {
    const { name } = this.options;
    try {
      return decode();
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      if (cause instanceof NotUtf8) {
        throw new FormatError(
          'invalid-utf8',
          `"${place.column}" in "${name}" holds bytes that are no UTF-8 text.`,
          {
            place: { file: name, ...place },
            advice: 'Open the file without this column, or write it anew with the texts in UTF-8.',
            cause,
          },
        );
      }
      const why = cause instanceof Error ? cause.message : String(cause);
      throw corruptParquet(name, `${what} (${why})`, place, cause);
    }
  }
}

/** Longer than any header: statistics of long texts are cut by their writers. */
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
