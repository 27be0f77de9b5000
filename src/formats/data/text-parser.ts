import type { Column, Table } from '../../core/table/column.ts';
import type { Notice } from '../../core/table/summary.ts';
import type { ColumnBuilder } from './column-builder.ts';
import { isGzip } from './file-kind.ts';
import { unpacked } from './gzip.ts';
import { MOST_TABLE_BYTES, wouldNotFit } from './table-size.ts';

/** What a streaming parser of a text format (CSV, JSON lines) offers to what feeds it. */
export interface TextParser<Parsed extends ParsedText = ParsedText> {
  /** Bytes that the whole file is expected to have, 0 when that is not known. */
  expectedBytes: number;
  /** Rows parsed so far. */
  readonly rows: number;
  /** Bytes of the (unpacked) file done with so far. */
  readonly bytesDone: number;
  /** Bytes of typed arrays that the rows so far take at the least. */
  readonly leastTableBytes: number;
  /** @throws {FormatError} the file is not of the format */
  push(bytes: Uint8Array): void;
  /** Ends the file and makes the columns, in slices. @throws {FormatError} */
  ending(): Generator<unknown, Parsed, void>;
  /** The columns of the rows so far, when only the beginning of a file was pushed; the parser must not be used afterwards. */
  sampled(): Column[];
}

export interface ParsedText {
  readonly table: Table;
  readonly notices: readonly Notice[];
  readonly unparsable: ReadonlyMap<string, number>;
}

export interface ReadProgress {
  /** Bytes of the file read so far (compressed bytes of an archive). */
  readonly bytes: number;
  readonly rows: number;
}

export interface TextReadOptions {
  readonly name: string;
  readonly onChunk?: (progress: ReadProgress) => Promise<void> | void;
  readonly sourceBytes?: number;
  readonly maxTableBytes?: number;
  /** After how many (unpacked) bytes the size of the whole table is estimated; 64 MB when absent. */
  readonly judgedBytes?: number;
}

export interface TextRead<Parsed> {
  readonly parsed: Parsed;
  readonly compression: 'gzip' | null;
  /** Bytes of the file (compressed bytes of an archive). */
  readonly byteLength: number;
}

/** By then the rows so far say enough of the rest, and not even a phone has run out of memory. */
const JUDGED_BYTES = 64 * 1024 * 1024;

/**
 * Feeds a file, gzipped or not, to a parser.
 *
 * After 64 MB the size of the whole table is estimated from the rows so far, and a table that would not fit is refused.
 *
 * @throws {FormatError} what the parser throws | `corrupt-gzip` | `too-large`
 */
export async function readText<Parsed extends ParsedText>(
  chunks: AsyncIterable<Uint8Array>,
  parser: TextParser<Parsed>,
  options: TextReadOptions,
): Promise<TextRead<Parsed>> {
  parser.expectedBytes = options.sourceBytes ?? 0;
  let byteLength = 0;
  let compression: 'gzip' | null = null;
  const counted = countedBytes(chunks, (length) => {
    byteLength += length;
  });
  const plain = unpacked(counted, options.name, () => {
    compression = 'gzip';
    parser.expectedBytes = 0;
  });
  const { judgedBytes = JUDGED_BYTES } = options;
  let judged = false;
  for await (const bytes of plain) {
    parser.push(bytes);
    if (!judged && parser.bytesDone >= judgedBytes) {
      judged = true;
      refuseTooLarge(parser, byteLength, options);
    }
    await options.onChunk?.({ bytes: byteLength, rows: parser.rows });
  }
  const steps = parser.ending();
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    await options.onChunk?.({ bytes: byteLength, rows: parser.rows });
  }
  return { parsed: step.value, compression, byteLength };
}

/** Small enough to tell how far an archive has been unpacked: a chunk may hold all of it. */
const PACKED_SLICE_BYTES = 16 * 1024;

/** The same bytes, an archive's in small slices; `onBytes` hears of each before it is used. */
export async function* countedBytes(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  let isPacked: boolean | null = null;
  for await (const chunk of chunks) {
    isPacked ??= isGzip(chunk);
    const step = isPacked ? PACKED_SLICE_BYTES : chunk.length;
    for (let at = 0; at < chunk.length; at += step) {
      const slice = chunk.subarray(at, at + step);
      onBytes(slice.length);
      yield slice;
    }
  }
}

function refuseTooLarge(parser: TextParser, bytesRead: number, options: TextReadOptions): void {
  const { name, sourceBytes = 0, maxTableBytes: most = MOST_TABLE_BYTES } = options;
  const whole = parser.leastTableBytes * (sourceBytes / bytesRead);
  if (whole > most) throw wouldNotFit(name, whole, false, most);
}

/**
 * Bytes of typed arrays that a column of so many rows takes at the least.
 *
 * A builder of texts may hold up to twice the bytes that are filled; numbers and categories have room for rows to come.
 */
export function leastColumnBytes(builder: ColumnBuilder, rows: number): number {
  if (builder.numbers !== null) return rows * 8;
  return builder.dictionary !== null ? rows * 4 : builder.byteLength / 2;
}

/** Bytes of a column's typed arrays. */
export function columnByteLength(column: Column): number {
  if (column.kind === 'category') return column.codes.byteLength;
  return column.kind === 'text'
    ? column.bytes.byteLength + column.offsets.byteLength
    : column.values.byteLength;
}
