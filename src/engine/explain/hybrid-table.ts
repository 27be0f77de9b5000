/** Hybrid rows of a table, made cell by cell, so that a model is fed with them as with any table. */
import type { HybridRows } from '../../core/explain/hybrid-rows.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import { drain } from '../../core/sliced.ts';
import type { Column, Table, TextColumn } from '../../core/table/column.ts';
import { columnByName } from '../../core/table/column-access.ts';
import { pickRows } from '../../core/table/pick-rows.ts';

/** The columns that feed a model, each once, in the order of the features that they feed first: the players. */
export interface FedColumns {
  readonly columns: readonly Column[];
  /** Per column: the number of the first feature (binding) that it feeds. */
  readonly features: readonly number[];
}

/**
 * @param report the mapping of the model and this table; features without a column are left out
 * @throws {DataError} `column-missing` for a column that the table does not have
 */
export function fedColumns(table: Table, { bindings }: MappingReport): FedColumns {
  const features = [...bindings.keys()].filter(
    (feature) =>
      bindings[feature]!.column !== null &&
      bindings.findIndex(({ column }) => column === bindings[feature]!.column) === feature,
  );
  return { columns: features.map((feature) => columnByName(table, bindings[feature]!.column!)), features };
}

/**
 * The hybrid rows as a table of the columns that feed the model, in their own kinds and with their own dictionaries.
 *
 * @param explained, background table rows
 */
export function hybridTable(
  name: string,
  { columns }: FedColumns,
  hybrids: HybridRows,
  explained: Uint32Array,
  background: Uint32Array,
): Table {
  const { count, members } = hybrids;
  const rows = new Int32Array(count);
  return {
    name,
    rowCount: count,
    columns: columns.map((column, player) => {
      for (let i = 0; i < count; i++) {
        rows[i] =
          members[player * count + i] === 1
            ? explained[hybrids.explained[i]!]!
            : background[hybrids.backgrounds[i]!]!;
      }
      return drain(pickRows(column, rows));
    }),
  };
}

/** Whether two cells of a column feed a model with the same value. Cells that are missing in different ways count as different. */
export function isSameCell(column: Column, row: number, other: number): boolean {
  if (column.kind === 'category') return column.codes[row] === column.codes[other];
  if (column.kind === 'text') return isSameText(column, row, other);
  return Object.is(column.values[row], column.values[other]);
}

function isSameText({ bytes, offsets }: TextColumn, row: number, other: number): boolean {
  const [start, end, from] = [offsets[row]!, offsets[row + 1]!, offsets[other]!];
  if (end - start !== offsets[other + 1]! - from) return false;
  for (let i = start; i < end; i++) if (bytes[i] !== bytes[from + i - start]) return false;
  return true;
}
