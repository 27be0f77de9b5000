/** A table as sections of a kept file: first its description as JSON, then the columns' arrays as they lie in memory. */
import type { Column, Table } from '../../src/core/table/column.ts';
import type { Allocate } from '../../src/core/table/place-column.ts';
import type { TableSummary } from '../../src/core/table/summary.ts';
import type { KeptFileReader, PieceTurn } from './kept-file.ts';
import { parseKeptJson, toKeptJson } from './kept-json.ts';

/** A column without its arrays. */
type ColumnForm = Pick<Column, 'kind' | 'name'> & Readonly<Record<string, unknown>>;

interface TableForm {
  readonly summary: TableSummary;
  readonly columns: readonly ColumnForm[];
}

/** Names of the arrays of each kind of column, in the order of their sections. */
const ARRAYS = {
  number: { values: Float64Array },
  date: { values: Float64Array },
  category: { codes: Int32Array },
  text: { bytes: Uint8Array, offsets: Uint32Array },
} as const;

/** The sections of a table; the arrays are views, not copies. */
export function tableSections(table: Table, summary: TableSummary): Uint8Array[] {
  const form: TableForm = { summary, columns: table.columns.map(formOf) };
  return [new TextEncoder().encode(toKeptJson(form)), ...table.columns.flatMap(arraysOf)];
}

/**
 * Reads a table back, each array straight into a buffer from `allocate`; null when a section is damaged.
 * @param turn told the bytes of arrays read so far
 */
export async function readTableSections(
  reader: KeptFileReader,
  allocate: Allocate,
  turn: PieceTurn,
): Promise<{ readonly table: Table; readonly summary: TableSummary } | null> {
  const text = new Uint8Array(reader.sectionBytes[0] ?? 0);
  if (!(await reader.readSection(0, text))) return null;
  const { summary, columns } = parseKeptJson(new TextDecoder().decode(text)) as TableForm;
  const buffers: ArrayBufferLike[] = [];
  let done = 0;
  for (let index = 1; index < reader.sectionBytes.length; index++) {
    const bytes = new Uint8Array(allocate(reader.sectionBytes[index]!));
    const before = done;
    if (!(await reader.readSection(index, bytes, (read) => turn(before + read)))) return null;
    buffers.push(bytes.buffer);
    done += bytes.length;
  }
  const rebuilt = columns.map((form) => columnOf(form, buffers));
  return { table: { name: summary.name, rowCount: summary.rowCount, columns: rebuilt }, summary };
}

function formOf(column: Column): ColumnForm {
  const arrays = Object.keys(ARRAYS[column.kind]);
  const plain = Object.entries(column).filter(([key]) => !arrays.includes(key));
  return Object.fromEntries(plain) as ColumnForm;
}

function arraysOf(column: Column): Uint8Array[] {
  const fields = column as unknown as Readonly<Record<string, ArrayBufferView>>;
  return Object.keys(ARRAYS[column.kind]).map((key) => {
    const { buffer, byteOffset, byteLength } = fields[key]!;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
}

/** Takes the column's buffers from the front of `buffers`. */
function columnOf(form: ColumnForm, buffers: ArrayBufferLike[]): Column {
  const arrays = Object.entries(ARRAYS[form.kind]).map(([key, ArrayOf]) => [
    key,
    new ArrayOf(buffers.shift()!),
  ]);
  return { ...form, ...Object.fromEntries(arrays) } as unknown as Column;
}
