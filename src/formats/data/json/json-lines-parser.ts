import type { Column } from '../../../core/table/column.ts';
import type { Allocate } from '../../../core/table/place-column.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { decodeUtf8 } from '../../../core/table/utf8.ts';
import { chooseColumns } from '../choose-columns.ts';
import { COMMA, countLineEnds, LF, MINUS, QUOTE, ZERO } from '../csv-bytes.ts';
import { badByte } from '../csv-errors.ts';
import { hasGrownTooLarge, MOST_TABLE_BYTES } from '../table-size.ts';
import { leastColumnBytes, type ParsedText, type TextParser } from '../text-parser.ts';
import { allocateBuffer } from '../typed/typed-table.ts';
import { firstBadByte } from '../utf8-check.ts';
import { JsonColumn } from './json-column.ts';
import { invalidJson, lineTooLong, noObjects, tooManyKeys } from './json-errors.ts';
import { endOfNested, endOfNumber, endOfString, JsonFault, skipBlanks, stringContent } from './json-scan.ts';

export interface JsonLinesOptions {
  /** File name for messages. */
  readonly name: string;
  readonly allocate?: Allocate;
  readonly maxTableBytes?: number;
  /** Only these columns; null or absent = all. */
  readonly columns?: readonly string[] | null;
  /** Bytes that are parsed at a time; small values let tests see every boundary. */
  readonly sliceBytes?: number;
}

const MOST_COLUMNS = 20_000;
/** One object; more means that the file has no line ends. */
const MOST_LINE_BYTES = 64 * 1024 * 1024;
const SLICE_BYTES = 256 * 1024;
/** As in CSV: lines at the beginning may be a little longer than later ones. */
const ROWS_MARGIN = 1.05;
/** The shortest cell, `"k":1,`, has 6 bytes, and takes 9 in memory. */
const MEMORY_PER_BYTE = 1.5;
/** For texts of numbers in unusual notation, a column. */
const ASIDE_BYTES = 512 * 1024;
const BYTES_PER_CELL = 9;

const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const COLON = 0x3a;
/** Values without quotes that are no numbers; the last three are Python's. `null` is none. */
const WORDS = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map((word) =>
  Uint8Array.from(word, (character) => character.charCodeAt(0)),
);
const NULL = WORDS[2]!;

/**
 * A streaming parser of JSON lines: one object a line, its keys the columns. Cells are those of CSV (`ColumnBuilder`): kinds
 * are decided over all cells of a key, whether they are written as numbers or as strings.
 *
 * A key that an object lacks is missing there. Objects and lists within are kept as their text, with a notice.
 */
export class JsonLinesParser implements TextParser {
  private readonly options: JsonLinesOptions;
  private readonly wanted: ReadonlySet<string> | null;
  private readonly columns: JsonColumn[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly names = new Set<string>();

  private buffer = new Uint8Array(2 * SLICE_BYTES);
  private length = 0;
  /** Offset in the file of the buffer's first byte. */
  private fileOffset = 0;
  private row = 0;
  private line = 1;
  expectedBytes = 0;
  private expectedRows = 0;

  /** @throws {DataError} `invalid-argument`: no column is wanted */
  constructor(options: JsonLinesOptions) {
    this.options = options;
    const { columns = null, name } = options;
    if (columns !== null && columns.length === 0) chooseColumns([], columns, name);
    this.wanted = columns === null ? null : new Set(columns);
  }

  get rows(): number {
    return this.row;
  }

  get bytesDone(): number {
    return this.fileOffset;
  }

  get leastTableBytes(): number {
    let byteLength = 0;
    for (const { builder } of this.columns)
      if (builder !== null) byteLength += leastColumnBytes(builder, this.row);
    return byteLength;
  }

  push(bytes: Uint8Array): void {
    const { sliceBytes = SLICE_BYTES } = this.options;
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      this.append(bytes.subarray(at, at + sliceBytes));
      const lastEnd = this.buffer.lastIndexOf(LF, this.length - 1);
      if (lastEnd >= 0) this.parseLines(lastEnd + 1);
      else if (this.length > MOST_LINE_BYTES)
        throw lineTooLong(this.options.name, this.line, MOST_LINE_BYTES);
    }
  }

  *ending(): Generator<unknown, ParsedText, void> {
    const { name } = this.options;
    if (this.length > 0) {
      this.append(Uint8Array.of(LF));
      this.parseLines(this.length);
    }
    if (this.row === 0) throw noObjects(name);
    chooseColumns(
      this.columns.map((column) => column.name),
      this.options.columns,
      name,
    );
    const columns: Column[] = [];
    const notices: Notice[] = [];
    const unparsable = new Map<string, number>();
    this.buffer = new Uint8Array(0);
    this.columns.reverse();
    // Column by column, so that the chunks of one can be freed before the arrays of the next are made.
    for (let column = this.columns.pop(); column !== undefined; column = this.columns.pop()) {
      if (column.builder === null) continue;
      const built = yield* column.builder.finishing();
      columns.push(built.column);
      notices.push(...column.notices(), ...built.notices);
      if (built.unparsable > 0) unparsable.set(column.name, built.unparsable);
      yield;
    }
    return { table: { name, rowCount: this.row, columns }, notices, unparsable };
  }

  sampled(): Column[] {
    return this.columns.flatMap(({ builder }) => (builder === null ? [] : [builder.finish().column]));
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

  /** Parses the lines of `buffer[0, end)`, each ended by a line feed, and drops them. */
  private parseLines(end: number): void {
    const { buffer } = this;
    const { name } = this.options;
    const bad = firstBadByte(buffer, 0, end);
    let at = this.fileOffset === 0 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
    if (this.row === 0) this.expectRows(end);
    while (at < bad) {
      const lineEnd = buffer.indexOf(LF, at);
      if (lineEnd >= bad) break;
      this.parseLine(at, lineEnd);
      at = lineEnd + 1;
      this.line++;
    }
    if (bad < end) {
      const line = this.line + countLineEnds(buffer, at, bad);
      throw buffer[bad] === 0
        ? invalidJson(name, line, this.row, bad - at + 1, 'it holds a NUL byte')
        : badByte(name, line, this.fileOffset + bad, buffer[bad]!);
    }
    buffer.copyWithin(0, end, this.length);
    this.length -= end;
    this.fileOffset += end;
    this.refuseLargeTable();
  }

  /** Rows of the file if all lines are as long as these, and some more; 0 when there is no way to tell, or no room. */
  private expectRows(end: number): void {
    const { maxTableBytes = MOST_TABLE_BYTES } = this.options;
    if (this.expectedBytes === 0 || this.expectedBytes * MEMORY_PER_BYTE > maxTableBytes) return;
    const lines = countLineEnds(this.buffer, 0, end);
    this.expectedRows = Math.ceil((this.expectedBytes / end) * lines * ROWS_MARGIN);
  }

  private parseLine(start: number, end: number): void {
    const at = skipBlanks(this.buffer, start, end);
    if (at === end) return;
    try {
      this.parseObject(at, end);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      const column = [...decodeUtf8(this.buffer, start, error.at)].length + 1;
      throw invalidJson(this.options.name, this.line, this.row, column, error.message);
    }
    this.row++;
  }

  private parseObject(start: number, end: number): void {
    const { buffer } = this;
    if (buffer[start] !== OPEN) throw new JsonFault(start, 'it begins with something else');
    let at = skipBlanks(buffer, start + 1, end);
    let seen = 0;
    let expected = 0;
    if (buffer[at] === CLOSE) at++;
    else {
      for (;;) {
        if (at >= end || buffer[at] !== QUOTE) throw new JsonFault(at, 'a key in quotes is missing');
        const keyEnd = endOfString(buffer, at, end);
        const index = this.columnOf(at + 1, keyEnd, expected);
        at = skipBlanks(buffer, keyEnd + 1, end);
        if (at >= end || buffer[at] !== COLON) throw new JsonFault(at, 'a colon is missing');
        at = this.parseValue(skipBlanks(buffer, at + 1, end), end, index);
        at = skipBlanks(buffer, at, end);
        seen++;
        expected = index + 1;
        if (at < end && buffer[at] === COMMA) at = skipBlanks(buffer, at + 1, end);
        else break;
      }
      if (at >= end || buffer[at] !== CLOSE)
        throw new JsonFault(at, 'a comma or the closing brace is missing');
      at++;
    }
    at = skipBlanks(buffer, at, end);
    if (at < end) throw new JsonFault(at, 'more follows the object');
    if (seen < this.columns.length) for (const column of this.columns) column.fillTo(this.row + 1);
  }

  /** Index of the column whose key stands at `[start, end)`: most often the one after the last. */
  private columnOf(start: number, end: number, expected: number): number {
    const { buffer, columns } = this;
    const guess = columns[expected];
    const isGuessed = guess?.isKey(buffer, start, end) ?? false;
    const index = isGuessed ? expected : this.lookUp(start, end);
    if (columns[index]!.rows > this.row)
      throw new JsonFault(start, `the key "${columns[index]!.name}" comes twice`);
    return index;
  }

  private lookUp(start: number, end: number): number {
    const content = stringContent(this.buffer, start, end);
    const key = decodeUtf8(content.bytes, content.start, content.end);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.columns.length === MOST_COLUMNS) throw tooManyKeys(this.options.name, this.line, MOST_COLUMNS);
    const name = this.freeName(key === '' ? `column ${this.columns.length + 1}` : key);
    const { allocate = allocateBuffer, maxTableBytes: most = MOST_TABLE_BYTES } = this.options;
    const isWanted = this.wanted?.has(name) ?? true;
    // Keys that come later are often rare: they get no room in advance.
    const rows = this.row === 0 ? this.expectedRows : 0;
    if (this.row * (this.columns.length + 1) * BYTES_PER_CELL > most && isWanted) {
      const width = this.columns.filter(({ builder }) => builder !== null).length + 1;
      const byteLength = this.row * width * BYTES_PER_CELL;
      if (byteLength > most) throw hasGrownTooLarge(this.options.name, this.row, byteLength, most, this.line);
    }
    const column = new JsonColumn(name, isWanted, ASIDE_BYTES, { rows, allocate });
    column.fillTo(this.row);
    this.names.add(name);
    this.byKey.set(key, this.columns.length);
    return this.columns.push(column) - 1;
  }

  private freeName(name: string): string {
    if (!this.names.has(name)) return name;
    for (let i = 2; ; i++) if (!this.names.has(`${name} (${i})`)) return `${name} (${i})`;
  }

  /** Adds the value at `at` to a column; returns the offset after it. */
  private parseValue(at: number, end: number, index: number): number {
    const { buffer, line } = this;
    if (at >= end) throw new JsonFault(at, 'a value is missing');
    const column = this.columns[index]!;
    const first = buffer[at]!;
    if (first === QUOTE) {
      const close = endOfString(buffer, at, end);
      const content = stringContent(buffer, at + 1, close);
      column.add(content.bytes, content.start, content.end, line);
      return close + 1;
    }
    if (first === OPEN || first === OPEN_LIST) {
      const after = endOfNested(buffer, at, end);
      column.addNested(buffer, at, after, line);
      return after;
    }
    const word = first > ZERO + 9 || first === MINUS ? wordAt(buffer, at, end) : null;
    if (word !== null) {
      if (word === NULL) column.fillTo(this.row + 1);
      else column.add(word, 0, word.length, line);
      return at + word.length;
    }
    if (first !== MINUS && (first < ZERO || first > ZERO + 9)) throw new JsonFault(at, 'a value is wrong');
    return this.parseNumber(column, at, end, index);
  }

  private parseNumber(column: JsonColumn, at: number, end: number, index: number): number {
    const { buffer } = this;
    const numbers = column.builder?.numbers;
    if (numbers) {
      const delimiter = index === this.columns.length - 1 ? CLOSE : COMMA;
      const after = numbers.addPlain(buffer, at, end, delimiter);
      if (after >= 0) {
        column.rows++;
        return after;
      }
    }
    const after = endOfNumber(buffer, at, end);
    column.add(buffer, at, after, this.line);
    return after;
  }

  private refuseLargeTable(): void {
    const { name, maxTableBytes: most = MOST_TABLE_BYTES } = this.options;
    let byteLength = 0;
    for (const { builder } of this.columns) byteLength += builder?.byteLength ?? 0;
    if (byteLength > most) throw hasGrownTooLarge(name, this.row, byteLength, most, this.line);
  }
}

function wordAt(buffer: Uint8Array, at: number, end: number): Uint8Array | null {
  return (
    WORDS.find((word) => at + word.length <= end && word.every((byte, i) => buffer[at + i] === byte)) ?? null
  );
}
