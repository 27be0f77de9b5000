import type { TableSummary } from '../core/table/summary.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/**
 * Reads a file of outcomes (any table format) into the home worker: no page sees its rows, and no table of the session changes.
 * It is read beside the session's tables, and not kept in the browser's storage. What was open before stays open: the caller
 * closes each file by `closeOutcomes`. The same bytes twice are one table, under one id.
 *
 * @param options progress counts bytes, with `rows` read so far
 * @throws {FormatError} when the file is not a readable table, or too large
 * @throws {CanceledError} when the signal aborts
 */
export async function openOutcomes(
  file: File,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const args = { file, name: file.name, share: compute.pool.options.shared, columns: null };
  const { summary } = await compute.run('table/ingest', args, options);
  return summary;
}

/**
 * Closes an outcomes file and frees its memory.
 * @param isHeld whether the session still needs the table of this id, as one of its own or as outcomes: it then stays
 */
export async function closeOutcomes(
  tableId: string,
  isHeld: (tableId: string) => boolean,
  compute: Compute = defaultCompute(),
): Promise<void> {
  if (!isHeld(tableId)) await compute.releaseTable(tableId);
}
