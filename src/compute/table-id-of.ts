import { sha256Hex } from './sha256-hex.ts';

/** As many hex digits as the worker takes when it names a table by its columns. */
const HASH_DIGITS = 16;

/**
 * The id that `table/ingest` gives to a file's table, so that it can be asked for before it is open: the file's hash, with
 * `~` and a hash of the columns where only some are read.
 * @param columns names in the file's order; null = all
 */
export async function tableIdOf(fileHash: string, columns: readonly string[] | null): Promise<string> {
  if (columns === null) return fileHash;
  return `${fileHash}~${(await sha256Hex(JSON.stringify(columns))).slice(0, HASH_DIGITS)}`;
}
