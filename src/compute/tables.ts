import type { TableOutline, TableRecipe } from '../contracts/tasks.ts';
import type { Notice, TableSummary } from '../core/table/summary.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

export interface IngestOptions extends RunOptions {
  /** Only these columns; null or absent = all. */
  readonly columns?: readonly string[] | null | undefined;
  /** Told later, when this browser could not keep the table: it is open all the same. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

/**
 * Reads a table file (any format) in the home worker. The rows stay there; the page gets the summary, whose `id` is the
 * handle for everything else (`fileHashOf(id)` is the file's content hash, for comparing with a link). Once it is read,
 * and behind everything else, this browser keeps it, so that `restoreTable` finds it after a reload.
 * Progress counts bytes, with `rows` read so far.
 * @throws {FormatError} when the file is not a readable table, or too large; what was open before stays open
 * @throws {DataError} `column-missing` when the file lacks a chosen column
 * @throws {CanceledError} when the signal aborts
 */
export async function ingestTable(
  file: File,
  options: IngestOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const { columns = null, onNotice = () => undefined, ...run } = options;
  const args = { file, name: file.name, share: compute.pool.options.shared, columns };
  const { summary } = await compute.run('table/ingest', args, run);
  compute.keepTable(summary.id, onNotice);
  return summary;
}

/**
 * What a table file holds, read only as far as that takes: for choosing columns of one that is too large.
 * @throws {FormatError} when the file is not a readable table
 */
export function outlineTable(
  file: File,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableOutline> {
  return compute.run('table/outline', { file, name: file.name }, options);
}

/**
 * Brings back a table that this browser keeps, by its base id; null when it keeps none, or a damaged one.
 * Progress counts bytes.
 * @throws {CanceledError} when the signal aborts
 */
export async function restoreTable(
  tableId: string,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary | null> {
  const args = { tableId, share: compute.pool.options.shared };
  return (await compute.run('table/restore', args, options))?.summary ?? null;
}

/**
 * The table that changed readings and joins make of an open base, under an id of its own; the empty recipe gives the
 * base. It stays open beside its base until it is released: release the one before it afterwards, and what both
 * recipes share is not made again.
 * @param recipe its joined tables must be open
 * @throws {DataError} `column-missing` | `join-key` | `unknown-handle`
 * @throws {CanceledError} when the signal aborts
 */
export async function deriveTable(
  baseId: string,
  recipe: TableRecipe,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const args = { baseId, recipe, share: compute.pool.options.shared };
  return (await compute.run('table/derive', args, options)).summary;
}

/**
 * Closes a table and frees its memory in every worker. A base takes with it what was derived from it and the scores of
 * its rows; what this browser keeps stays kept. Unknown ids are ignored.
 */
export function releaseTable(tableId: string, compute: Compute = defaultCompute()): Promise<void> {
  return compute.releaseTable(tableId);
}
