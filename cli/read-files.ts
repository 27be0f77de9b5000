/** The files that `review` is given, read in Node: the only place here that touches the disk for input. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  createReadStream,
  openAsBlob,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DataError, FormatError } from '../src/core/errors.ts';
import type { Table } from '../src/core/table/column.ts';
import type { Notice } from '../src/core/table/summary.ts';
import { openTable } from '../src/formats/data/open-table.ts';
import { openModelFolder } from '../src/formats/model/mlflow/open-model-folder.ts';
import { openModelFile } from '../src/formats/model/open-model.ts';
import type { OpenedModel } from '../src/formats/model/opened-model.ts';

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

/** A model as it was opened, with what stands for its bytes. */
export interface ReadModel {
  readonly opened: OpenedModel;
  readonly name: string;
  readonly sha256: string;
}

/**
 * Opens a model file of any format, a zip of a model folder, or the folder itself.
 *
 * The hash of a folder is that of the text which `sha256sum` prints for its files in the order of their paths.
 * @throws {DataError} `file-unreadable`; {FormatError} as the reader says, `too-large` for a folder above 2 GB
 */
export function readModel(path: string): ReadModel {
  const file = resolvePath(path);
  const name = basename(file);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return readModelFolder(file, name);
  refuseUnreadable(file, path);
  const bytes = readFileSync(file);
  return { opened: openModelFile(bytes, name), name, sha256: hashOf(bytes) };
}

/** What one buffer of a browser holds: a folder that is larger could not be opened there either. */
const MOST_FOLDER_BYTES = 2 ** 31 - 1;

function readModelFolder(folder: string, name: string): ReadModel {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const byteLength = paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  if (byteLength > MOST_FOLDER_BYTES) {
    throw new FormatError('too-large', `The folder ${name} holds more than 2 GB.`, {
      place: { file: name },
      advice: 'Give the folder of one model, or the model file itself.',
    });
  }
  const files = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
  const sums = Array.from(files, ([path, bytes]) => `${hashOf(bytes)}  ${path}\n`);
  return { opened: openModelFolder(files, name), name, sha256: hashOf(sums.join('')) };
}

function hashOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
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
