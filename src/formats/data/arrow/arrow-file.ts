import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { SlicedBytes } from '../chunks.ts';
import { columnNames } from '../csv-names.ts';
import { beginsWith } from '../file-kind.ts';
import { columnLeftOut, nothingLeft, pandasIndex } from '../typed/typed-notices.ts';
import { planArrowColumn } from './arrow-column.ts';
import { corruptArrow } from './arrow-errors.ts';
import {
  type ArrowMessage,
  type ArrowOutline,
  type BatchHead,
  type Guard,
  readMessages,
} from './arrow-messages.ts';
import type { ArrowPlan } from './arrow-plan.ts';
import { type ArrowField, type Layout, layoutOf } from './arrow-schema.ts';

/** Where a column's lists begin in every record batch. */
export interface ArrowPlace {
  readonly node: number;
  readonly buffer: number;
  /** Columns of views before it. */
  readonly views: number;
  readonly layout: Layout;
}

export interface PlannedColumn extends ArrowPlace {
  readonly name: string;
  readonly field: ArrowField;
  readonly plan: ArrowPlan;
}

/** What an Arrow file says of itself, checked against its size. */
export interface ArrowFile {
  readonly format: 'Arrow' | 'Arrow stream';
  readonly rowCount: number;
  readonly columns: readonly PlannedColumn[];
  /** In the order to be read in. */
  readonly messages: readonly ArrowMessage[];
  readonly version: number;
  readonly notices: readonly Notice[];
}

const MAGIC = 'ARROW1';
/** The mark and two bytes that fill up. */
const FILE_HEAD_BYTES = 8;
/** Length of the footer and the mark at the end. */
const FILE_TAIL_BYTES = 10;

/**
 * Reads the schema and the heads of all batches of an Arrow IPC file or stream (Feather version 2).
 *
 * @param onMessage called after each batch's head
 * @throws {FormatError} `corrupt-arrow` | `unsupported-type`: Feather version 1, big-endian, or no column that Cutline reads |
 *   `no-rows`
 */
export async function readArrowFile(
  source: SlicedBytes,
  name: string,
  onMessage: () => Promise<void> | void,
): Promise<ArrowFile> {
  const head = new Uint8Array(await source.slice(0, Math.min(source.size, FILE_HEAD_BYTES)).arrayBuffer());
  if (beginsWith(head, 'FEA1')) throw featherOne(name);
  const isFile = beginsWith(head, MAGIC);
  if (isFile) await checkTail(source, name);
  const start = isFile ? FILE_HEAD_BYTES : 0;
  const end = isFile ? source.size - FILE_TAIL_BYTES : source.size;
  const guard: Guard = (decode) => {
    try {
      return decode();
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw corruptArrow(name, `its metadata are damaged (${why})`, {}, cause);
    }
  };
  const outline = await readMessages(source, start, end, guard, onMessage);
  return guard(() => planFile(outline, isFile, name));
}

async function checkTail(source: SlicedBytes, name: string): Promise<void> {
  const tail = new Uint8Array(
    await source.slice(Math.max(0, source.size - MAGIC.length), source.size).arrayBuffer(),
  );
  if (source.size < FILE_HEAD_BYTES + FILE_TAIL_BYTES || !beginsWith(tail, MAGIC))
    throw corruptArrow(name, 'it ends too early');
}

function planFile(outline: ArrowOutline, isFile: boolean, file: string): ArrowFile {
  const { schema, version, messages } = outline;
  if (!schema.isLittleEndian) {
    throw new FormatError(
      'unsupported-type',
      `The Arrow file "${file}" is big-endian; Cutline does not read that.`,
      {
        place: { file },
        advice: 'Write it anew on the usual (little-endian) machines, or as Parquet.',
      },
    );
  }
  const batches = messages.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []));
  const rowCount = batches.reduce((sum, batch) => sum + batch.rowCount, 0);
  const notices: Notice[] = [];
  const columns: PlannedColumn[] = [];
  const { names, notices: renamed } = columnNames(
    schema.fields.map((field) => field.name),
    1,
  );
  for (const { line: _, ...notice } of renamed) if (notice.column !== undefined) notices.push(notice);
  const at = { node: 0, buffer: 0, views: 0 };
  schema.fields.forEach((field, i) => {
    const name = names[i]!;
    const layout = layoutOf(field, version);
    const plan = planArrowColumn(field);
    if (typeof plan === 'string') notices.push(columnLeftOut(name, plan));
    else columns.push({ name, field, plan, layout, ...at });
    // How many buffers a column of views takes only the batch says: they are counted apart.
    at.node += layout.nodes;
    at.buffer += layout.buffers;
    at.views += layout.views;
  });
  for (const batch of batches) for (const column of columns) checkBatch(batch, column);
  if (columns.length === 0) throw nothingLeft(file, notices);
  if (rowCount === 0) throw noRows(file);
  notices.push(...pandasIndex(names));
  return {
    format: isFile ? 'Arrow' : 'Arrow stream',
    rowCount,
    columns,
    // A file's dictionaries may come after the batches that need them; a stream's come before, and may be replaced.
    messages: isFile ? messages.toSorted((a, b) => rank(a) - rank(b)) : messages,
    version,
    notices,
  };
}

function rank(message: ArrowMessage): number {
  return message.kind === 'dictionary' ? 0 : 1;
}

/** Refuses a row count that the batch has no values for, before any room is made. */
function checkBatch(batch: BatchHead, column: PlannedColumn): void {
  if (batch.nodeLengths[column.node] !== batch.rowCount)
    throw new Error(`"${column.name}" has another number of values than rows`);
  const [, values] = buffersOf(batch, column);
  const { width } = column.plan;
  if (width > 0 && batch.compression === null && (values?.length ?? 0) < width * batch.rowCount)
    throw new RangeError(`"${column.name}" is cut off`);
}

/** Offsets in the file and lengths of a column's buffers in a batch. @throws {RangeError} the batch lacks some */
export function buffersOf(batch: BatchHead, place: ArrowPlace): { start: number; length: number }[] {
  let skipped = 0;
  for (let i = 0; i < place.views; i++) skipped += batch.variadicCounts[i] ?? 0;
  let own = place.layout.buffers;
  for (let i = 0; i < place.layout.views; i++) own += batch.variadicCounts[place.views + i] ?? 0;
  const first = place.buffer + skipped;
  if (!(own >= 0 && skipped >= 0 && 2 * (first + own) <= batch.regions.length))
    throw new RangeError('a batch lacks buffers');
  return Array.from({ length: own }, (_, i) => ({
    start: batch.bodyStart + batch.regions[2 * (first + i)]!,
    length: batch.regions[2 * (first + i) + 1]!,
  }));
}

function featherOne(file: string): FormatError {
  return new FormatError(
    'unsupported-type',
    `"${file}" is a Feather file of version 1, which Cutline does not read.`,
    {
      place: { file },
      advice: 'Write it as Feather version 2 (Arrow IPC), or as Parquet.',
    },
  );
}

function noRows(file: string): FormatError {
  return new FormatError('no-rows', `"${file}" has columns but no row of data.`, {
    place: { file },
    advice: 'Open a file with at least one row.',
  });
}
