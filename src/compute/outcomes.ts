import type { TableSummary } from '../core/table/summary.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/** An outcomes file is read beside the session's tables, and not kept in the browser's storage. One is open at a time. */
const openedIn = new WeakMap<Compute, string>();

/**
 * Reads a file of outcomes (any table format) into the home worker: no page sees its rows, and no table of the session changes.
 * The one that was open before is closed once the new one is read, so that a file that cannot be read costs nothing.
 *
 * @param isInSession whether the session holds a table under this id: a file that is open there too stays open
 * @param options progress counts bytes, with `rows` read so far
 * @throws {FormatError} when the file is not a readable table, or too large
 * @throws {CanceledError} when the signal aborts
 */
export async function openOutcomes(
  file: File,
  isInSession: (tableId: string) => boolean,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TableSummary> {
  const args = { file, name: file.name, share: compute.pool.options.shared, columns: null };
  const { summary } = await compute.run('table/ingest', args, options);
  const before = openedIn.get(compute);
  openedIn.set(compute, summary.id);
  if (before !== undefined && before !== summary.id && !isInSession(before))
    await compute.releaseTable(before);
  return summary;
}

/** Closes the open outcomes file, if there is one, and frees its memory. A table of the session stays. */
export async function closeOutcomes(
  isInSession: (tableId: string) => boolean,
  compute: Compute = defaultCompute(),
): Promise<void> {
  const before = openedIn.get(compute);
  openedIn.delete(compute);
  if (before !== undefined && !isInSession(before)) await compute.releaseTable(before);
}
