import type { ColumnKind } from '../core/table/column.ts';
import type { TableSummary } from '../core/table/summary.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/**
 * Reads a delimited file (plain or gzip) in the home worker. The rows stay there; the page gets the summary, whose
 * `id` is the handle for everything else (`fileHashOf(id)` is the file's content hash, for comparing with a link).
 * Progress counts bytes, with `rows` read so far.
 * @throws {FormatError} when the file is not a readable table; what was open before stays open
 * @throws {CanceledError} when the signal aborts
 */
export async function ingestTable(
  file: File,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const args = { file, name: file.name, share: compute.pool.options.shared };
  return (await compute.run('table/ingest', args, options)).summary;
}

/**
 * Changes the kind of one column. The answer has a new `id`, because scores and judgements depend on kinds; the table
 * under the old id is released (so use the new id from then on). Going back to the first kind gives back the first id.
 * @throws {DataError} `column-missing` | `unknown-handle`
 */
export async function retypeColumn(
  tableId: string,
  column: string,
  kind: ColumnKind,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const args = { tableId, column, kind, share: compute.pool.options.shared };
  const { summary } = await compute.run('table/retype', args, options);
  if (summary.id !== tableId) await compute.releaseTable(tableId);
  return summary;
}

/** Closes a table and frees its memory in every worker. Unknown ids are ignored. */
export function releaseTable(tableId: string, compute: Compute = defaultCompute()): Promise<void> {
  return compute.releaseTable(tableId);
}
