/** The files that `review` is given, read in Node: the only place here that touches the disk for input. */
import { createHash } from 'node:crypto';
import { accessSync, constants, createReadStream, openAsBlob, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { DataError, FormatError } from '../src/core/errors.ts';
import type { Table } from '../src/core/table/column.ts';
import type { Notice } from '../src/core/table/summary.ts';
import { openTable } from '../src/formats/data/open-table.ts';

/** npm runs scripts in the package's folder; the paths that a user types are relative to where they stand. */
export function resolvePath(path: string): string {
  const invokedFrom = process.env.npm_lifecycle_event === 'review' ? process.env.INIT_CWD : undefined;
  return resolve(invokedFrom ?? process.cwd(), path);
}

export interface ReadTable {
  readonly table: Table;
  readonly notices: readonly Notice[];
  readonly sha256: string;
}

/**
 * Reads a table file and hashes its bytes.
 * @throws {DataError} `file-unreadable`; {FormatError} as the reader says
 */
export async function readTable(path: string): Promise<ReadTable> {
  const file = resolvePath(path);
  refuseUnreadable(file, path);
  const { table, notices } = await openTable(await openAsBlob(file), { name: basename(file) });
  return { table, notices, sha256: await sha256Of(file) };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** The bytes of a model file. @throws {DataError} `file-unreadable` */
export function readModelBytes(path: string): { bytes: Uint8Array; name: string; sha256: string } {
  const file = resolvePath(path);
  refuseUnreadable(file, path);
  const bytes = readFileSync(file);
  return { bytes, name: basename(file), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A JSON file as it stands. @throws {DataError} `file-unreadable`; {FormatError} `invalid-json` */
export function readJson(path: string): unknown {
  const file = resolvePath(path);
  refuseUnreadable(file, path);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new FormatError('invalid-json', `${path} is not JSON: ${String(cause)}`, {
      place: { file: path },
      cause,
    });
  }
}

function refuseUnreadable(file: string, path: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true && isReadable(file)) return;
  const what =
    found === undefined ? 'does not exist' : found.isFile() ? 'may not be read by you' : 'is not a file';
  throw new DataError('file-unreadable', `${path} ${what}.`, { place: { file: path } });
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
