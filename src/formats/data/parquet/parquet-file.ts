import { parquetMetadata } from 'hyparquet/src/metadata.js';
import type { ColumnMetaData, FileMetaData, SchemaElement } from 'hyparquet/src/types.js';
import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { SlicedBytes } from '../chunks.ts';
import { columnNames } from '../csv-names.ts';
import { columnLeftOut, nothingLeft, pandasIndex } from '../typed/typed-notices.ts';
import { type ColumnPlan, planColumn } from './column-plan.ts';
import { isKnownCodec } from './decompress.ts';
import { corruptParquet } from './parquet-errors.ts';

/** Where the values of one column of one row group lie. */
export interface ColumnChunk {
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly codec: string;
  readonly hasDictionary: boolean;
  readonly unpackedBytes: number;
}

export interface ParquetColumn {
  readonly name: string;
  readonly plan: ColumnPlan;
  readonly isOptional: boolean;
  /** One for each row group. */
  readonly chunks: readonly ColumnChunk[];
}

/** What a Parquet file says of itself, checked against the file's size. */
export interface ParquetFile {
  readonly rowCount: number;
  readonly groupRows: readonly number[];
  /** The columns that Cutline reads, in the file's order. */
  readonly columns: readonly ParquetColumn[];
  /** What was left out, and what the user should know. */
  readonly notices: readonly Notice[];
}

/** Length of the metadata and the mark at the end. */
const TAIL_BYTES = 8;
/** The metadata of ten thousand columns in a hundred row groups stay below 100 MB. */
const MOST_METADATA_BYTES = 256 * 1024 * 1024;
/** Text and binary columns that no writer called so before 2015 are told from their bytes. */
const MAGIC = 'PAR1';
const ENCRYPTED_MAGIC = 'PARE';

/**
 * Reads the metadata at the end of a Parquet file.
 *
 * @throws {FormatError} `corrupt-parquet` | `unsupported-type`: encrypted, in several files, or no column that Cutline reads |
 *   `no-rows`
 */
export async function readParquetFile(source: SlicedBytes, name: string): Promise<ParquetFile> {
  const metadata = await readMetadata(source, name);
  try {
    return planFile(metadata, source.size, name);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw corruptParquet(name, `its metadata are damaged (${messageOf(cause)})`, {}, cause);
  }
}

async function readMetadata(source: SlicedBytes, name: string): Promise<FileMetaData> {
  const size = source.size;
  if (size < MAGIC.length + TAIL_BYTES) throw corruptParquet(name, 'it ends too early');
  const tail = new Uint8Array(await source.slice(size - TAIL_BYTES, size).arrayBuffer());
  const magic = String.fromCharCode(...tail.subarray(4));
  if (magic === ENCRYPTED_MAGIC) throw unsupported(name, 'is encrypted');
  if (magic !== MAGIC) throw corruptParquet(name, 'it does not end as a Parquet file does');
  const length = new DataView(tail.buffer).getUint32(0, true);
  if (length > Math.min(MOST_METADATA_BYTES, size - TAIL_BYTES - MAGIC.length)) {
    throw corruptParquet(name, `its metadata of ${length} bytes would be longer than the file`);
  }
  const bytes = await source.slice(size - TAIL_BYTES - length, size).arrayBuffer();
  try {
    return parquetMetadata(bytes, { geoparquet: false });
  } catch (cause) {
    throw corruptParquet(name, `its metadata are damaged (${messageOf(cause)})`, {}, cause);
  }
}

function planFile(metadata: FileMetaData, size: number, file: string): ParquetFile {
  const groupRows = metadata.row_groups.map((group) => countOf(group.num_rows));
  const rowCount = countOf(metadata.num_rows);
  if (groupRows.reduce((sum, rows) => sum + rows, 0) !== rowCount)
    throw new Error('the rows of its row groups do not add up');
  const notices: Notice[] = [];
  const columns: ParquetColumn[] = [];
  const fields = topLevelFields(metadata.schema);
  const { names, notices: renamed } = columnNames(
    fields.map(({ element }) => element.name),
    1,
  );
  // A Parquet file has no header line.
  for (const { line: _, ...notice } of renamed) if (notice.column !== undefined) notices.push(notice);
  fields.forEach(({ element, leaf }, i) => {
    const name = names[i]!;
    const plan = leaf === null ? `holds ${nestedWord(element)}` : planColumn(element);
    if (typeof plan === 'string' || leaf === null) {
      notices.push(columnLeftOut(name, String(plan)));
      return;
    }
    const chunks = metadata.row_groups.map(({ columns: all }, group) => {
      const { meta_data: about, file_path: path, crypto_metadata: crypto } = all[leaf] ?? {};
      if (crypto !== undefined || (about === undefined && all[leaf] !== undefined))
        throw unsupported(file, 'is encrypted');
      if (path) throw unsupported(file, 'keeps its values in other files');
      if (about === undefined) throw new Error(`row group ${group + 1} lacks "${name}"`);
      return chunkOf(about, element, groupRows[group]!, size, file, name);
    });
    columns.push({ name, plan, isOptional: element.repetition_type !== 'REQUIRED', chunks });
  });
  if (columns.length === 0) throw nothingLeft(file, notices);
  if (rowCount === 0) throw noRows(file);
  notices.push(...pandasIndex(columns.map(({ name }) => name)));
  return { rowCount, groupRows, columns, notices };
}

interface Field {
  readonly element: SchemaElement;
  /** Index among the leaves of the schema; null for a nested or repeated field. */
  readonly leaf: number | null;
}

/** The children of the schema's root, each with the leaves below it counted. */
function topLevelFields(schema: readonly SchemaElement[]): Field[] {
  const root = schema[0];
  if (root?.num_children === undefined) throw new Error('the schema has no root');
  const fields: Field[] = [];
  let at = 1;
  let leaf = 0;
  for (let i = 0; i < root.num_children; i++) {
    const element = schema[at];
    if (element === undefined) throw new Error('the schema is cut off');
    if (typeof element.name !== 'string') throw new Error('a column has no name');
    const isFlat = !element.num_children && element.repetition_type !== 'REPEATED';
    fields.push({ element, leaf: isFlat ? leaf : null });
    for (let open = 1; open > 0; open--, at++) {
      const inner = schema[at];
      if (inner === undefined) throw new Error('the schema is cut off');
      const children = inner.num_children ?? 0;
      if (children < 0 || children > schema.length) throw new Error('the schema is damaged');
      if (children === 0) leaf++;
      open += children;
    }
  }
  return fields;
}

function nestedWord({ converted_type, logical_type, repetition_type }: SchemaElement): string {
  const type = logical_type?.type ?? converted_type;
  if (type === 'LIST' || repetition_type === 'REPEATED') return 'lists';
  if (type === 'MAP' || type === 'MAP_KEY_VALUE') return 'maps';
  return 'nested values';
}

function chunkOf(
  about: ColumnMetaData,
  element: SchemaElement,
  rows: number,
  size: number,
  file: string,
  column: string,
): ColumnChunk {
  if (!isKnownCodec(about.codec)) {
    throw new FormatError('unsupported-type', `"${column}" in "${file}" is compressed by ${about.codec}.`, {
      place: { file, column },
      advice: 'Write the file with Snappy, Zstandard, gzip or no compression.',
    });
  }
  if (about.type !== element.type) throw new Error(`"${column}" changes its type`);
  if (countOf(about.num_values) !== rows)
    throw new Error(`"${column}" has another number of values than rows`);
  const dictionary = about.dictionary_page_offset === undefined ? 0 : Number(about.dictionary_page_offset);
  const data = Number(about.data_page_offset);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + Number(about.total_compressed_size);
  if (!(start >= MAGIC.length && end >= start && end <= size))
    throw new Error(`"${column}" would lie outside the file`);
  const unpackedBytes = Number(about.total_uncompressed_size);
  return { start, end, codec: about.codec, hasDictionary: start < data, unpackedBytes };
}

/** A count that a loop or an array may trust. */
function countOf(count: bigint | undefined): number {
  const value = Number(count ?? -1n);
  if (!(Number.isInteger(value) && value >= 0 && value <= 2 ** 32 - 2))
    throw new Error(`a count of ${count}`);
  return value;
}

function unsupported(file: string, how: string): FormatError {
  return new FormatError(
    'unsupported-type',
    `The Parquet file "${file}" ${how}; Cutline does not read that.`,
    {
      place: { file },
      advice: 'Write the table as one plain Parquet file.',
    },
  );
}

function noRows(file: string): FormatError {
  return new FormatError('no-rows', `"${file}" has columns but no row of data.`, {
    place: { file },
    advice: 'Open a file with at least one row.',
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
