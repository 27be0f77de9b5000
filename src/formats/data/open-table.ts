import { FormatError } from '../../core/errors.ts';
import { chunksOf, type SlicedBytes } from './chunks.ts';
import { readCsv } from './csv.ts';
import { COMMA } from './csv-bytes.ts';
import { CsvParser } from './csv-parser.ts';
import { beginsWith, fileKind, isArrowStream, isGzip, looksLikeJson } from './file-kind.ts';
import { unpacked } from './gzip.ts';
import { outlineJsonLines, readJsonLines } from './json/read-json-lines.ts';
import type { OutlineOptions, TableFormat, TableOptions, TableRead } from './table-format.ts';
import type { TableOutline } from './table-outline.ts';
import { MOST_TABLE_BYTES } from './table-size.ts';
import { outlineText } from './text-outline.ts';

const parquet: TableFormat = {
  name: 'Parquet',
  match: (head) => beginsWith(head, 'PAR1') || beginsWith(head, 'PARE'),
  open: async (source, options) => (await import('./parquet/read-parquet.ts')).readParquet(source, options),
  outline: async (source, options) =>
    (await import('./parquet/read-parquet.ts')).outlineParquet(source, options),
};

const arrow: TableFormat = {
  name: 'Arrow',
  match: (head) => beginsWith(head, 'ARROW1') || beginsWith(head, 'FEA1') || isArrowStream(head),
  open: async (source, options) => (await import('./arrow/read-arrow.ts')).readArrow(source, options),
  outline: async (source, options) => (await import('./arrow/read-arrow.ts')).outlineArrow(source, options),
};

const jsonLines: TableFormat = {
  name: 'JSON lines',
  match: looksLikeJson,
  open: readJsonLines,
  outline: outlineJsonLines,
};

const delimited: TableFormat = {
  name: 'CSV',
  match: (head) => head.length > 0 && (isGzip(head) || (fileKind(head) === null && !head.includes(0))),
  open: openDelimited,
  outline: outlineDelimited,
};

/** In order of asking. Delimited text is last: it is whatever has no magic bytes. */
const FORMATS: readonly TableFormat[] = [parquet, arrow, jsonLines, delimited];

/** As much of a file as the formats' marks need. */
const HEAD_BYTES = 4096;
/** Enough for the first piece that an archive unpacks to. */
const PACKED_HEAD_BYTES = 64 * 1024;

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
  return (await formatOf(source)).open(source, options);
}

/**
 * What a file holds, without reading more of it than that takes.
 *
 * Exact where the format says it (Parquet, Arrow files); of a text file estimated from its first megabyte.
 *
 * @throws {FormatError} as `openTable`, of what was looked at
 */
export async function outlineTable(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline> {
  return (await formatOf(source)).outline(source, options);
}

async function formatOf(source: SlicedBytes): Promise<TableFormat> {
  const head = await headOf(source);
  return FORMATS.find((candidate) => candidate.match(head)) ?? delimited;
}

/** The first bytes, of an archive those of what it holds; an archive that cannot be unpacked is left to the reader to refuse. */
async function headOf(source: SlicedBytes): Promise<Uint8Array> {
  const read = async (length: number) =>
    new Uint8Array(await source.slice(0, Math.min(source.size, length)).arrayBuffer());
  const head = await read(HEAD_BYTES);
  if (!isGzip(head)) return head;
  const packed = await read(PACKED_HEAD_BYTES);
  async function* once(): AsyncGenerator<Uint8Array> {
    yield packed;
  }
  try {
    // The first piece will do; the rest, cut off, is never looked at.
    for await (const bytes of unpacked(once(), ''))
      if (looksLikeJson(bytes)) return bytes;
      else break;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  return head;
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
  const format = csvName(delimiter, compression !== null);
  return { table, notices, unparsable, format, byteLength };
}

async function outlineDelimited(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline> {
  const { name, maxTableBytes = MOST_TABLE_BYTES } = options;
  const parser = new CsvParser({ name });
  const { isGzip: packed, ...outline } = await outlineText(source, name, parser);
  const delimiter = String.fromCharCode(parser.foundDialect?.delimiter ?? COMMA);
  return { format: csvName(delimiter, packed), ...outline, maxTableBytes };
}

function csvName(delimiter: string, packed: boolean): string {
  return `CSV (${DELIMITER_NAMES[delimiter] ?? delimiter}${packed ? ', gzip' : ''})`;
}
