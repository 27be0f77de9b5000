import { FormatError } from '../../core/errors.ts';
import { COMMA, CR, LF, PIPE, QUOTE, SEMICOLON, SPACE, TAB } from './csv-bytes.ts';
import { leadingComments } from './csv-comments.ts';
import { fileKind } from './file-kind.ts';
import { jsonDocument } from './json/json-errors.ts';

/** What the first bytes say about the file. */
export interface CsvDialect {
  /** Byte that separates cells. A file of one column has none; it is read with a comma, which then never occurs unquoted. */
  readonly delimiter: number;
  /** Offset of the header: after a byte order mark, Excel's `sep=;` line and comments. */
  readonly bodyStart: number;
  readonly byteOrderMark: boolean;
  /** Line of the file, from 1, at `bodyStart`. */
  readonly firstLine: number;
  /** Lines above the header that begin with `#` and are no part of the table. */
  readonly commentLines: number;
}

/** Bytes looked at: some hundred records of a wide table. */
export const SAMPLE_BYTES = 65_536;
const MOST_SAMPLE_RECORDS = 500;
const DELIMITERS = [COMMA, TAB, SEMICOLON, PIPE];
/** Text files hardly hold control characters; other files are full of them. */
const MOST_CONTROL_SHARE = 0.01;
/** A name or a category has few words; a line of prose has many. */
const MOST_WORDS_PER_CELL = 4;

const ADVICE =
  'Cutline opens delimited text with a header line (CSV, TSV), JSON lines (both also gzipped), Parquet and Arrow. Export the table as CSV and open that.';

/**
 * Delimiter and start of a delimited text file, from its first `SAMPLE_BYTES` (or the whole file when shorter).
 *
 * The delimiter is the one of comma, tab, semicolon, pipe that occurs in the header (outside quotes) and gives the largest share
 * of sample records as many cells as the header; ties go to more cells, then to the order named. A file without any is a table
 * of one column if its lines look like values; prose, HTML and JSON are refused.
 * Lines above the header that begin with `#` are comments when none of them has as many cells as the line after them.
 *
 * @param complete the sample is the whole file
 * @throws {FormatError} `empty-file` | `not-a-table`
 */
export function sniffCsv(
  sample: Uint8Array,
  complete: boolean,
  file: string,
  delimiter?: number,
): CsvDialect {
  if (sample.length === 0) throw emptyFile(file);
  refuseKnownKinds(sample, file);
  const byteOrderMark = sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf;
  const start = byteOrderMark ? 3 : 0;
  refuseBinary(sample, file);
  const hint = separatorHint(sample, start);
  const bodyStart = hint?.bodyStart ?? start;
  refuseEmptyAndMarkup(sample, bodyStart, complete, file);
  const firstLine = hint === null ? 1 : 2;
  const delimiterFrom = (at: number) =>
    delimiter ?? hint?.delimiter ?? bestDelimiter(sample, at, complete, file);
  const comments = leadingComments(sample, bodyStart);
  if (comments !== null) {
    const found = delimiterFrom(comments.end);
    const { fields } = judge(sample, comments.end, complete, found);
    if (comments.lines.every((line) => judge(line, 0, false, found).fields !== fields)) {
      const commentLines = comments.lines.length;
      return {
        ...{ delimiter: found, bodyStart: comments.end, byteOrderMark },
        ...{ firstLine: firstLine + commentLines, commentLines },
      };
    }
  }
  return { delimiter: delimiterFrom(bodyStart), bodyStart, byteOrderMark, firstLine, commentLines: 0 };
}

function emptyFile(file: string): FormatError {
  return new FormatError('empty-file', `The file "${file}" is empty.`, {
    place: { file },
    advice: 'Open a file with a header line and at least one row.',
  });
}

function notATable(file: string, message: string, advice = ADVICE): FormatError {
  return new FormatError('not-a-table', message, { place: { file, line: 1 }, advice });
}

function refuseKnownKinds(sample: Uint8Array, file: string): void {
  const kind = fileKind(sample);
  if (kind !== null) throw notATable(file, `"${file}" is ${kind}, not a delimited text table.`);
  const mark = (sample[0] ?? 0) * 256 + (sample[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return;
  const order = mark === 0xfffe ? 'little' : 'big';
  throw notATable(
    file,
    `"${file}" is UTF-16 text (${order}-endian byte order mark), not UTF-8.`,
    'Save it again as UTF-8 (in Excel: "CSV UTF-8").',
  );
}

function refuseBinary(sample: Uint8Array, file: string): void {
  let control = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte === 0) throw nulByte(file, at);
    if (byte < SPACE && (byte < TAB || byte > CR)) control++;
  }
  if (control > Math.max(4, sample.length * MOST_CONTROL_SHARE)) {
    throw notATable(
      file,
      `"${file}" holds binary data (${control} control characters at its start), not text.`,
    );
  }
}

/** NUL never occurs in text, but in nearly every binary file, and in UTF-16. */
export function nulByte(file: string, byteOffset: number, line?: number): FormatError {
  return new FormatError(
    'not-a-table',
    `"${file}" holds a NUL byte at offset ${byteOffset}: it is binary data or UTF-16 text, not a delimited UTF-8 table.`,
    { place: { file, byteOffset, ...(line === undefined ? {} : { line }) }, advice: ADVICE },
  );
}

/** Excel writes and reads a first line `sep=;` that names the delimiter. */
function separatorHint(sample: Uint8Array, start: number): { delimiter: number; bodyStart: number } | null {
  const says = [0x73, 0x65, 0x70, 0x3d];
  if (!says.every((byte, i) => (sample[start + i]! | 0x20) === (byte | 0x20))) return null;
  const delimiter = sample[start + 4]!;
  let at = start + 5;
  if (!DELIMITERS.includes(delimiter) || (sample[at] !== LF && sample[at] !== CR)) return null;
  if (sample[at] === CR && sample[at + 1] === LF) at++;
  return { delimiter, bodyStart: at + 1 };
}

function refuseEmptyAndMarkup(sample: Uint8Array, start: number, complete: boolean, file: string): void {
  let at = start;
  while (at < sample.length && (sample[at] === SPACE || (sample[at]! >= TAB && sample[at]! <= CR))) at++;
  if (at === sample.length) {
    if (complete) throw emptyFile(file);
    throw notATable(file, `"${file}" begins with ${sample.length} bytes of white space.`);
  }
  let next = at + 1;
  while (next < sample.length && sample[next]! <= SPACE) next++;
  const pair = String.fromCharCode(sample[at]!, sample[next] ?? SPACE);
  if (/^<[!?a-zA-Z]/.test(pair))
    throw notATable(file, `"${file}" is an HTML or XML document, not a delimited table.`);
  if (/^(\{["}]|\[[[{"\]\d-])/.test(pair)) throw jsonDocument(file);
}

interface Candidate {
  readonly delimiter: number;
  readonly fields: number;
  /** Share of the sample's records (after the header) with as many fields as the header; 1 when there is none. */
  readonly share: number;
}

function bestDelimiter(sample: Uint8Array, start: number, complete: boolean, file: string): number {
  const candidates = DELIMITERS.map((delimiter) => judge(sample, start, complete, delimiter)).filter(
    ({ fields }) => fields > 1,
  );
  const best = candidates.toSorted((a, b) => b.share - a.share || b.fields - a.fields)[0];
  const words = wordsPerCell(sample, start, best?.delimiter ?? -1);
  const prose = words.cells > 0 && words.words / words.cells > MOST_WORDS_PER_CELL;
  if (best === undefined) {
    if (prose) throw looksLikeProse(file, 'has no delimiter, and its lines are sentences');
    return COMMA;
  }
  if (prose && best.share < 0.5)
    throw looksLikeProse(file, 'has lines that do not split into the same number of cells');
  return best.delimiter;
}

function looksLikeProse(file: string, why: string): FormatError {
  return notATable(file, `"${file}" looks like plain text, not a table: it ${why}.`);
}

/** Counts the cells of the sample's records; the last record counts only when the sample is the whole file. */
function judge(sample: Uint8Array, start: number, complete: boolean, delimiter: number): Candidate {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let cellStart = start;
  for (let at = start; at < sample.length && counts.length < MOST_SAMPLE_RECORDS; at++) {
    const byte = sample[at]!;
    if (quoted) {
      if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE && (at === cellStart || sample[at - 1] === QUOTE)) quoted = true;
    else if (byte === delimiter) {
      cells++;
      cellStart = at + 1;
    } else if (byte === LF || byte === CR) {
      if (at > cellStart || cells > 1) counts.push(cells);
      cells = 1;
      cellStart = at + 1;
    }
  }
  if (counts.length === 0 || (complete && (cells > 1 || cellStart < sample.length))) counts.push(cells);
  const fields = counts[0]!;
  const equal = counts.filter((count) => count === fields).length - 1;
  return { delimiter, fields, share: counts.length === 1 ? 1 : equal / (counts.length - 1) };
}

/** Words (runs of non-blanks) and cells in the sample's first lines. */
function wordsPerCell(
  sample: Uint8Array,
  start: number,
  delimiter: number,
): { words: number; cells: number } {
  let words = 0;
  let cells = 0;
  let inWord = false;
  let inCell = false;
  for (let at = start; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte === delimiter || byte === LF || byte === CR) {
      inWord = false;
      inCell = false;
    } else if (byte === SPACE || byte === TAB) inWord = false;
    else {
      if (!inCell) cells++;
      if (!inWord) words++;
      inCell = true;
      inWord = true;
    }
  }
  return { words, cells };
}
