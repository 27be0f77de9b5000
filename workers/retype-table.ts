import { fileHashOf } from '../src/contracts/table-id.ts';
import { DataError } from '../src/core/errors.ts';
import type { Column, ColumnKind } from '../src/core/table/column.ts';
import { columnByName } from '../src/core/table/column-access.ts';
import { type Allocate, placeColumn } from '../src/core/table/place-column.ts';
import { summarizeColumn, withGuessedRoles } from '../src/core/table/profile.ts';
import { retypeColumn } from '../src/core/table/retype.ts';
import type { TableSummary } from '../src/core/table/summary.ts';
import { sha256Hex } from './content-hash.ts';
import type { ColumnAsRead, HeldTable } from './holds.ts';

/**
 * A held table with one column of another kind, under the id that this gives it.
 *
 * The new column is always made from the column as it was read, so no detour loses anything and going back restores
 * the first table, id included. All other columns are the same arrays.
 * @param allocate where the new column shall lie, for tables whose columns workers share; null = anywhere
 * @throws {DataError} `column-missing`
 */
export async function retypeTable(
  held: HeldTable,
  name: string,
  kind: ColumnKind,
  allocate: Allocate | null,
): Promise<HeldTable> {
  const { table } = held;
  const summary = summaryOf(held);
  const index = table.columns.indexOf(columnByName(table, name));
  const asRead = held.changed.get(name) ?? {
    column: table.columns[index]!,
    summary: summary.columns[index]!,
  };
  const back = asRead.column.kind === kind;
  const next = back ? asRead : retyped(asRead.column, kind, allocate);
  const changed = new Map(held.changed);
  if (back) changed.delete(name);
  else changed.set(name, asRead);
  const columns = table.columns.with(index, next.column);
  const id = await tableIdOf(fileHashOf(summary.id), changed, columns);
  const summaries = withGuessedRoles(summary.columns.with(index, next.summary), table.rowCount);
  return { table: { ...table, columns }, summary: { ...summary, id, columns: summaries }, changed };
}

/** A table's summary. @throws {DataError} `unknown-handle` in a worker that was given the columns only, for scoring */
export function summaryOf(held: HeldTable): TableSummary {
  if (held.summary !== null) return held.summary;
  throw new DataError('unknown-handle', `This worker only scores the table "${held.table.name}".`);
}

function retyped(asRead: Column, kind: ColumnKind, allocate: Allocate | null): ColumnAsRead {
  const { column, unparsable } = retypeColumn(asRead, kind);
  return {
    column: allocate === null ? column : placeColumn(column, allocate),
    summary: summarizeColumn(column, unparsable),
  };
}

/** The file's hash, followed by a hash of the changed kinds where there are any (see `fileHashOf`). */
async function tableIdOf(
  fileHash: string,
  changed: ReadonlyMap<string, ColumnAsRead>,
  columns: readonly Column[],
): Promise<string> {
  if (changed.size === 0) return fileHash;
  const kinds = columns.filter(({ name }) => changed.has(name)).map(({ name, kind }) => [name, kind]);
  return `${fileHash}+${(await sha256Hex(JSON.stringify(kinds))).slice(0, 16)}`;
}
