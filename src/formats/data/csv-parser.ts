import type { FormatError } from '../../core/errors.ts';
import type { Column } from '../../core/table/column.ts';
import type { Allocate } from '../../core/table/place-column.ts';
import type { Notice } from '../../core/table/summary.ts';
import { decodeUtf8 } from '../../core/table/utf8.ts';
import { CellFinder, endOfPlain, LONGEST_CELL, TOO_LONG } from './cell-finder.ts';
import { chooseColumns } from './choose-columns.ts';
import { ColumnBuilder } from './column-builder.ts';
import { COMMA, CR, countLineEnds, LF, QUOTE, SEMICOLON, SPACE, TAB } from './csv-bytes.ts';
import { badByte, cellTooLong, noRows, raggedRow, tooManyColumns, unclosedQuote } from './csv-errors.ts';
import { columnNames } from './csv-names.ts';
import { commentsNotice, trailingNotice } from './csv-notices.ts';
import { type CsvDialect, SAMPLE_BYTES, sniffCsv } from './csv-sniff.ts';
import { hasGrownTooLarge, MOST_TABLE_BYTES } from './table-size.ts';
import { leastColumnBytes, type ParsedText, type TextParser } from './text-parser.ts';
import { firstBadByte } from './utf8-check.ts';

export interface CsvParserOptions {
  /** File name for messages. */
  readonly name: string;
  /** Delimiter byte; guessed when absent. */
  readonly delimiter?: number;
  readonly allocate?: Allocate;
  /** Most bytes of typed arrays that the table may take. */
  readonly maxTableBytes?: number;
  /** Only these columns, in the file's order; null or absent = all. */
  readonly columns?: readonly string[] | null;
  /** Bytes that are parsed at a time, and bytes that the dialect is guessed from; small values let tests see every boundary. */
  readonly sliceBytes?: number;
  readonly sampleBytes?: number;
}

export interface ParsedCsv extends ParsedText {
  readonly dialect: CsvDialect;
}

/** Far beyond any scoring table; a file with more is no table, or has the wrong line ends. */
const MOST_COLUMNS = 20_000;
/** Parsed at a time: fits the second-level cache. */
const SLICE_BYTES = 256 * 1024;
/** Lines at the beginning may be a little longer than later ones. */
const ROWS_MARGIN = 1.05;
/** A float64 and the byte that keeps its spelling. */
const BYTES_PER_CELL = 9;
/** For texts of numbers in unusual notation, over all columns: see NumberStore. */
const ASIDE_BYTES = 32 * 1024 * 1024;
const FEWEST_ASIDE_BYTES = 16 * 1024;

/**
 * A streaming parser of delimited text (RFC 4180 and what is found in the wild) on bytes: `push` chunks, then `end`.
 *
 * A cell that is cut off by the end of a chunk stays in the buffer until more comes; everything before it is done with. An error is
 * that of the first offending byte of the file, whatever the chunks: their boundaries change neither table nor error.
 */
export class CsvParser implements TextParser {
  private readonly options: CsvParserOptions;
  private readonly sliceBytes: number;
  private readonly sampleBytes: number;
  private readonly allocate: Allocate;
  private dialect: CsvDialect | null = null;
  private delimiter = COMMA;
  private header: string[] | null = [];
  /** One for each cell of a record; null for a column that is not wanted. */
  private readonly builders: (ColumnBuilder | null)[] = [];
  private readonly notices: Notice[] = [];

  private buffer = new Uint8Array(SAMPLE_BYTES + SLICE_BYTES);
  private length = 0;
  /** Bytes of the buffer known to be UTF-8 without NUL. */
  private checked = 0;
  /** Offset in the file of the buffer's first byte. */
  private fileOffset = 0;
  /** Not before the buffer holds this many bytes is it looked at again. */
  private parseAt: number;
  private lastByte = 0;

  /** Bytes that the whole file is expected to have, 0 when that is not known: arrays are then made in their final size at once. */
  expectedBytes = 0;

  private row = 0;
  /** Index of the next cell within its record. */
  private cell = 0;
  private line = 1;
  private recordLine = 1;
  private headerLine = 1;
  /** The last byte read was a CR that ended a line: an LF now belongs to it. */
  private afterCr = false;
  private readonly cells = new CellFinder();
  /** Rows with an empty cell beyond the header's, and the first one's line. */
  private trailing = 0;
  private firstTrailing = 0;

  constructor(options: CsvParserOptions) {
    this.options = options;
    this.sliceBytes = options.sliceBytes ?? SLICE_BYTES;
    this.sampleBytes = options.sampleBytes ?? SAMPLE_BYTES;
    this.allocate = options.allocate ?? ((byteLength) => new ArrayBuffer(byteLength));
    this.parseAt = this.sampleBytes;
  }

  get rows(): number {
    return this.row;
  }

  get bytesDone(): number {
    return this.fileOffset;
  }

  get leastTableBytes(): number {
    let byteLength = 0;
    for (const builder of this.builders) {
      if (builder !== null) byteLength += leastColumnBytes(builder, this.row);
    }
    return byteLength;
  }

  /** Null before anything was parsed. */
  get foundDialect(): CsvDialect | null {
    return this.dialect;
  }

  /** @throws {FormatError} see `readCsv` */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += this.sliceBytes) {
      this.append(bytes.subarray(at, at + this.sliceBytes));
      if (this.length >= this.parseAt) this.parseBuffer(false);
    }
    if (bytes.length > 0) this.lastByte = bytes[bytes.length - 1]!;
  }

  /** {@link ending} in one go. @throws {FormatError} see `readCsv` */
  end(): ParsedCsv {
    const steps = this.ending();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  /**
   * Ends the file (the last line need not end with a line end) and makes the columns, in slices:
   * a column of a million dates takes a while.
   *
   * @throws {FormatError} see `readCsv`
   */
  *ending(): Generator<unknown, ParsedCsv, void> {
    if (this.dialect === null) this.start(true);
    if (this.lastByte !== LF && this.lastByte !== CR) this.append(Uint8Array.of(LF));
    this.parseBuffer(true);
    if (this.length > 0) throw unclosedQuote(this.options.name, this.line);
    if (this.row === 0 || this.dialect === null) throw noRows(this.options.name, this.line);
    return yield* this.finish(this.dialect);
  }

  sampled(): Column[] {
    return this.builders.flatMap((builder) => (builder === null ? [] : [builder.finish().column]));
  }

  private append(bytes: Uint8Array): void {
    const needed = this.length + bytes.length;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.length);
    this.length = needed;
  }

  private start(complete: boolean): void {
    const sample = this.buffer.subarray(0, Math.min(this.length, this.sampleBytes));
    const { name, delimiter } = this.options;
    this.dialect = sniffCsv(sample, complete && this.length <= this.sampleBytes, name, delimiter);
    this.delimiter = this.dialect.delimiter;
    const { commentLines } = this.dialect;
    if (commentLines > 0) this.notices.push(commentsNotice(name, commentLines));
    this.line = this.dialect.firstLine;
    this.recordLine = this.line;
    this.discard(this.dialect.bodyStart);
  }

  /** Parses all complete cells of the buffer and keeps the rest. */
  private parseBuffer(last: boolean): void {
    if (this.dialect === null) this.start(last);
    const good = firstBadByte(this.buffer, this.checked, this.length);
    // Up to three bytes may be the beginning of a sequence whose rest is still to come.
    const bad = good < this.length && (last || this.length - good >= 4);
    this.checked = good;
    let done = this.afterCr ? this.skipLineFeed(good) : 0;
    if (this.header !== null) done = this.parseHeader(this.header, done, good);
    if (this.header === null) done = this.parseRows(done, good);
    if (bad) {
      const line = this.line + countLineEnds(this.buffer, done, good);
      throw badByte(this.options.name, line, this.fileOffset + good, this.buffer[good]!);
    }
    this.discard(done);
    this.refuseLargeTable();
    this.parseAt = Math.max(Math.min(this.sliceBytes, SLICE_BYTES / 4), this.length * 2);
  }

  private discard(count: number): void {
    this.buffer.copyWithin(0, count, this.length);
    this.length -= count;
    this.checked = Math.max(0, this.checked - count);
    this.fileOffset += count;
  }

  /** Reads header cells from `pos` until the first record ends; returns the offset of the first byte not done with. */
  private parseHeader(header: string[], pos: number, limit: number): number {
    while (pos < limit && this.header !== null) {
      const start = this.cell === 0 ? this.skipBlankLine(pos, limit) : pos;
      if (start !== pos) {
        if (start < 0) return pos;
        pos = start;
        continue;
      }
      const end = this.nextCell(pos, limit);
      if (end < 0) return pos;
      header.push(decodeUtf8(this.cells.bytes, this.cells.start, this.cells.end));
      if (header.length > MOST_COLUMNS)
        throw tooManyColumns(this.options.name, this.recordLine, MOST_COLUMNS);
      this.cell++;
      if (this.buffer[end] === this.delimiter) pos = end + 1;
      else {
        this.cell = 0;
        this.headerLine = this.recordLine;
        pos = this.nextRecord(end, limit);
        this.openColumns(header, this.expectedRows(pos, limit));
      }
    }
    return pos;
  }

  private openColumns(header: readonly string[], rows: number): void {
    const { names, notices } = columnNames(header, this.headerLine);
    const chosen = chooseColumns(names, this.options.columns, this.options.name);
    const width = chosen.filter(Boolean).length;
    const aside = Math.max(FEWEST_ASIDE_BYTES, Math.floor(ASIDE_BYTES / width));
    const most = this.options.maxTableBytes ?? MOST_TABLE_BYTES;
    const expected = {
      rows: rows * width * BYTES_PER_CELL <= most ? rows : 0,
      allocate: this.allocate,
    };
    // Where the comma is decimal, cells are set apart by semicolons.
    const mayGroupByPoint = this.delimiter === SEMICOLON;
    names.forEach((name, i) => {
      this.builders.push(chosen[i] ? new ColumnBuilder(name, aside, expected, mayGroupByPoint) : null);
    });
    const left = new Set(names.filter((_, i) => !chosen[i]));
    this.notices.push(...notices.filter(({ column }) => column === undefined || !left.has(column)));
    this.header = null;
  }

  /** Rows of the file if all lines are as long as those in `[pos, limit)`, and some more; 0 when there is no way to tell. */
  private expectedRows(pos: number, limit: number): number {
    const lines = countLineEnds(this.buffer, pos, limit);
    if (lines === 0 || this.expectedBytes === 0) return 0;
    return Math.ceil((this.expectedBytes / (limit - pos)) * lines * ROWS_MARGIN);
  }

  /**
   * The kernel: cells of data rows from `pos`, numbers and categories straight from the bytes.
   *
   * @param limit end of the bytes known to be good
   * @returns offset of the first byte not done with: the start of a cell cut off by `limit`
   */
  private parseRows(pos: number, limit: number): number {
    const { buffer, builders, cells, delimiter } = this;
    const width = builders.length;
    let cell = this.cell;
    while (pos < limit) {
      const first = buffer[pos]!;
      if (cell === 0 && first <= SPACE) {
        const start = this.skipBlankLine(pos, limit);
        if (start < 0) break;
        if (start !== pos) {
          pos = start;
          continue;
        }
      }
      const builder = builders[cell];
      let end = -1;
      if (builder === null) {
        if (first !== QUOTE) end = endOfUnwanted(buffer, pos, limit, delimiter);
      } else if (builder !== undefined && first !== QUOTE) {
        if (builder.numbers !== null) end = builder.numbers.addPlain(buffer, pos, limit, delimiter);
        else if (builder.dictionary !== null)
          end = builder.addScanned(builder.dictionary, buffer, pos, limit, delimiter);
      }
      if (end < 0) {
        end = this.nextCell(pos, limit);
        if (end < 0) break;
        builder?.addCell(cells.bytes, cells.start, cells.end, this.recordLine);
      }
      cell++;
      if (buffer[end] === delimiter) pos = end + 1;
      else {
        if (cell !== width) this.endOddRow(cell);
        cell = 0;
        this.row++;
        pos = this.nextRecord(end, limit);
      }
    }
    this.cell = cell;
    return pos;
  }

  /** Steps over the line end at `pos` that ends a record. */
  private nextRecord(pos: number, limit: number): number {
    this.line++;
    this.recordLine = this.line;
    if (this.buffer[pos] !== CR) return pos + 1;
    if (pos + 1 === limit) {
      this.afterCr = true;
      return limit;
    }
    return this.buffer[pos + 1] === LF ? pos + 2 : pos + 1;
  }

  private skipLineFeed(limit: number): number {
    if (limit === 0) return 0;
    this.afterCr = false;
    return this.buffer[0] === LF ? 1 : 0;
  }

  /**
   * Steps over a line without a cell at the beginning of a record: empty, or (where a record has several cells) only blanks.
   *
   * @returns offset of the next line; `pos` when the line is not blank; -1 when `limit` comes too early to tell
   */
  private skipBlankLine(pos: number, limit: number): number {
    const { buffer, delimiter } = this;
    let at = pos;
    if (this.builders.length !== 1) {
      while (at < limit && (buffer[at] === SPACE || buffer[at] === TAB) && buffer[at] !== delimiter) at++;
    }
    if (at - pos > LONGEST_CELL) throw cellTooLong(this.options.name, this.line);
    if (at === limit) return -1;
    return buffer[at] === LF || buffer[at] === CR ? this.nextRecord(at, limit) : pos;
  }

  /** The next cell by `cells`; adds the line ends within it. */
  private nextCell(pos: number, limit: number): number {
    const end = this.cells.find(this.buffer, pos, limit, this.delimiter);
    if (end === TOO_LONG) {
      const { name } = this.options;
      throw this.buffer[pos] === QUOTE ? unclosedQuote(name, this.line) : cellTooLong(name, this.line);
    }
    if (end >= 0) this.line += this.cells.lineEnds;
    return end;
  }

  /** A row that ends with a delimiter has an empty cell too many, in which nothing is lost; other rows of the wrong length are refused. */
  private endOddRow(found: number): void {
    const expected = this.builders.length;
    const isEmpty = this.cells.start === this.cells.end;
    if (found !== expected + 1 || !isEmpty) throw this.raggedRow(found, expected);
    if (this.trailing++ === 0) this.firstTrailing = this.recordLine;
  }

  private raggedRow(found: number, expected: number): FormatError {
    return raggedRow(this.options.name, this.recordLine, this.row, expected, found, this.delimiter);
  }

  private refuseLargeTable(): void {
    const most = this.options.maxTableBytes ?? MOST_TABLE_BYTES;
    let byteLength = 0;
    for (const builder of this.builders) byteLength += builder?.byteLength ?? 0;
    if (byteLength > most) throw hasGrownTooLarge(this.options.name, this.row, byteLength, most, this.line);
  }

  private *finish(dialect: CsvDialect): Generator<unknown, ParsedCsv, void> {
    const columns: Column[] = [];
    const unparsable = new Map<string, number>();
    if (this.trailing > 0)
      this.notices.push(trailingNotice(this.trailing, this.firstTrailing, this.delimiter));
    this.buffer = new Uint8Array(0);
    this.builders.reverse();
    // Column by column, so that the chunks of one can be freed before the arrays of the next are made.
    for (let builder = this.builders.pop(); builder !== undefined; builder = this.builders.pop()) {
      if (builder === null) continue;
      const built = yield* builder.finishing();
      columns.push(built.column);
      this.notices.push(...built.notices);
      if (built.unparsable > 0) unparsable.set(built.column.name, built.unparsable);
      yield;
    }
    const table = { name: this.options.name, rowCount: this.row, columns };
    return { table, notices: this.notices, unparsable, dialect };
  }
}

/** As `CellFinder.find` of an unquoted cell, its content passed over; -1 also where the cell is too long. */
function endOfUnwanted(buffer: Uint8Array, pos: number, limit: number, delimiter: number): number {
  const end = endOfPlain(buffer, pos, limit, delimiter);
  return end === limit || end - pos > LONGEST_CELL ? -1 : end;
}
