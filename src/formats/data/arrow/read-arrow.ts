import { FormatError } from '../../../core/errors.ts';
import { ByteWindow } from '../byte-window.ts';
import { chooseColumns } from '../choose-columns.ts';
import type { SlicedBytes } from '../chunks.ts';
import type { OutlineOptions, TableOptions, TableRead } from '../table-format.ts';
import type { TableOutline } from '../table-outline.ts';
import { hasGrownTooLarge, MOST_TABLE_BYTES, wouldNotFit } from '../table-size.ts';
import { NotUtf8 } from '../typed/text-sink.ts';
import { allocateBuffer, finishTable } from '../typed/typed-table.ts';
import { unpackBuffer } from './arrow-buffers.ts';
import { planArrowColumn } from './arrow-column.ts';
import { readDictionary } from './arrow-dictionary.ts';
import { corruptArrow } from './arrow-errors.ts';
import { type ArrowFile, buffersOf, type PlannedColumn, readArrowFile } from './arrow-file.ts';
import type { BatchHead } from './arrow-messages.ts';
import type { ArrowColumn, ArrowDictionary } from './arrow-plan.ts';
import { layoutOf } from './arrow-schema.ts';

/**
 * Reads an Arrow IPC file or stream (Feather version 2), packed (LZ4, Zstandard) or not, batch by batch and in each column by
 * column into the final arrays; in memory are those and the column at hand.
 *
 * Kinds follow the file's types (docs/formats.md). Columns that Cutline does not read are left out, with a notice.
 *
 * @throws {FormatError} `corrupt-arrow` | `unsupported-type` | `no-rows` | `too-large` (before anything is read, or by the
 *   length of its texts while it is) | `invalid-utf8`
 * @throws {DataError} `column-missing` | `invalid-argument`: see `chooseColumns`
 */
export async function readArrow(source: SlicedBytes, options: TableOptions): Promise<TableRead> {
  const { name, maxTableBytes: most = MOST_TABLE_BYTES } = options;
  const file = await readArrowFile(source, name, () => options.onChunk?.({ bytes: 0, rows: 0 }));
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
  const read = new ArrowRead(source, file, columns, options);
  await read.readBatches();
  const table = read.finish();
  const notices = file.notices.filter(
    ({ column, code }) => code === 'column-left-out' || column === undefined || chosen[names.indexOf(column)],
  );
  return {
    table: { name, rowCount: file.rowCount, columns: table.columns },
    notices: [...notices, ...table.notices],
    unparsable: table.unparsable,
    format: file.format,
    byteLength: source.size,
  };
}

/**
 * What an Arrow file or stream holds, from the heads of its batches alone.
 *
 * @throws {FormatError} `corrupt-arrow` | `unsupported-type` | `no-rows`
 */
export async function outlineArrow(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline> {
  const { format, rowCount, columns, messages } = await readArrowFile(source, options.name, () => {});
  const batches = messages.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []));
  return {
    format,
    rowCount,
    isRowCountExact: true,
    columns: columns.map((column) => ({
      name: column.name,
      kind: column.plan.kind,
      byteLength: leastBytes(column, rowCount) + textBytes(column, batches),
    })),
    maxTableBytes: options.maxTableBytes ?? MOST_TABLE_BYTES,
  };
}

/** Bytes of a column's typed arrays without the bytes of texts. */
function leastBytes({ plan }: PlannedColumn, rowCount: number): number {
  return rowCount * (plan.kind === 'number' || plan.kind === 'date' ? 8 : 4);
}

/** Bytes of the texts of a column without a dictionary, as packed in the file. */
function textBytes(column: PlannedColumn, batches: readonly BatchHead[]): number {
  if (column.plan.kind !== null || column.field.dictionary !== null) return 0;
  return batches.reduce((sum, batch) => {
    const lengths = buffersOf(batch, column)
      .slice(2)
      .map(({ length }) => length);
    return sum + lengths.reduce((total, length) => total + length, 0);
  }, 0);
}

/** One run of {@link readArrow} from the first batch to the last. */
class ArrowRead {
  private readonly source: SlicedBytes;
  private readonly file: ArrowFile;
  private readonly options: TableOptions;
  private readonly columns: readonly { readonly planned: PlannedColumn; readonly reader: ArrowColumn }[];
  private readonly dictionaries = new Map<number, ArrowDictionary>();
  private rowsDone = 0;

  constructor(
    source: SlicedBytes,
    file: ArrowFile,
    columns: readonly PlannedColumn[],
    options: TableOptions,
  ) {
    this.source = source;
    this.file = file;
    this.options = options;
    const { allocate = allocateBuffer } = options;
    const { rowCount } = file;
    this.columns = columns.map((planned) => ({
      planned,
      reader: planned.plan.open({ name: planned.name, rowCount, allocate }),
    }));
  }

  async readBatches(): Promise<void> {
    for (const message of this.file.messages) {
      if (message.kind === 'dictionary')
        await this.readDictionary(message.id, message.isDelta, message.batch);
      else await this.readBatch(message.batch);
    }
  }

  finish() {
    return this.guarded({}, () => finishTable(this.columns.map(({ reader }) => reader.sink)));
  }

  private async readBatch(batch: BatchHead): Promise<void> {
    const window = new ByteWindow(this.source, batch.bodyStart, batch.bodyEnd);
    for (const [i, { planned, reader }] of this.columns.entries()) {
      const place = { column: planned.name, byteOffset: batch.bodyStart };
      const regions = this.guarded(place, () => buffersOf(batch, planned));
      const packed = await readRegions(window, regions);
      this.guarded(place, () => {
        const buffers = packed.map((bytes) => unpackBuffer(bytes, batch.compression));
        const id = planned.field.dictionary?.id;
        const dictionary = id === undefined ? null : (this.dictionaries.get(id) ?? null);
        reader.add(batch.rowCount, buffers, dictionary);
      });
      this.refuseLargeTable();
      const rows = this.rowsDone + Math.floor((batch.rowCount * (i + 1)) / this.columns.length);
      await this.options.onChunk?.({ bytes: window.offset, rows });
    }
    this.rowsDone += batch.rowCount;
  }

  /** Dictionaries of columns that are not wanted are passed over. */
  private async readDictionary(id: number, isDelta: boolean, batch: BatchHead): Promise<void> {
    const owner = this.columns.find(({ planned }) => planned.field.dictionary?.id === id);
    if (owner === undefined) return;
    const { name, field } = owner.planned;
    const values = { ...field, dictionary: null };
    const place = { column: name, byteOffset: batch.bodyStart };
    const regions = this.guarded(place, () => {
      const layout = layoutOf(values, this.file.version);
      return buffersOf(batch, { node: 0, buffer: 0, views: 0, layout });
    });
    const packed = await readRegions(new ByteWindow(this.source, batch.bodyStart, batch.bodyEnd), regions);
    const before = isDelta ? (this.dictionaries.get(id) ?? null) : null;
    const read = this.guarded(place, () => {
      const buffers = packed.map((bytes) => unpackBuffer(bytes, batch.compression));
      const plan = planArrowColumn(values);
      if (typeof plan === 'string') throw new Error(plan);
      return readDictionary(values, plan, batch.rowCount, buffers, before);
    });
    this.dictionaries.set(id, read);
    await this.options.onChunk?.({ bytes: batch.bodyEnd, rows: this.rowsDone });
  }

  private refuseLargeTable(): void {
    const { name, maxTableBytes: most = MOST_TABLE_BYTES } = this.options;
    const byteLength = this.columns.reduce((sum, { reader }) => sum + reader.sink.byteLength, 0);
    if (byteLength > most) throw hasGrownTooLarge(name, this.rowsDone, byteLength, most);
  }

  /** What the bytes make the decoders throw, as an error of ours. */
  private guarded<T>(place: { column?: string; byteOffset?: number }, decode: () => T): T {
    const { name } = this.options;
    try {
      return decode();
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
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
      throw corruptArrow(
        name,
        `the batch after row ${this.rowsDone} of column "${place.column}" is damaged (${why})`,
        place,
        cause,
      );
    }
  }
}

/** Buffers lie one after the other, so most are in the window already. */
async function readRegions(
  window: ByteWindow,
  regions: readonly { start: number; length: number }[],
): Promise<Uint8Array[]> {
  const buffers: Uint8Array[] = [];
  for (const { start, length } of regions) {
    window.offset = start;
    buffers.push(await window.take(length));
  }
  return buffers;
}
