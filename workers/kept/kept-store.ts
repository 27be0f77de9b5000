/**
 * What is kept across reloads, in the browser's own storage (OPFS): tables, models, scores and explanations, one file each,
 * under one limit of 60 % of what the browser grants; the least recently used files make room. Tabs share the storage:
 * a Web Lock for each file lets many read it, or one change it, and a tab that ends lets go of all its locks.
 */
import { CanceledError } from '../../src/core/errors.ts';
import {
  type ByteSink,
  type KeptFileReader,
  keptFileBytes,
  markUsed,
  openKeptFile,
  type PieceTurn,
  writeKeptFile,
} from './kept-file.ts';
import {
  FOLDER,
  fileOf,
  filesOf,
  ifFree,
  keptFolder,
  openAccess,
  removeFile,
  removeIfThere,
  sinkOf,
  withLock,
} from './kept-folder.ts';
import { type KeptLabel, keptFileName } from './kept-label.ts';
import { makeRoom, reserve } from './kept-room.ts';

/**
 * Keeps a thing; false when the storage has no room for it, refuses it, or is not there at all.
 * What is kept already is not written again.
 * @throws {CanceledError} from `turn`; nothing is left behind
 */
export async function keep(
  label: KeptLabel,
  sections: readonly Uint8Array[],
  turn: PieceTurn,
): Promise<boolean> {
  const name = keptFileName(label);
  try {
    const folder = await keptFolder();
    return await withLock(name, 'exclusive', async () => {
      if ((await openedFile(folder, name)) !== null) {
        await touch(folder, name);
        return true;
      }
      const byteLength = keptFileBytes(label, sections);
      if (!(await makeRoom(folder, name, byteLength))) return false;
      return writeFile(folder, name, byteLength, (sink) =>
        writeKeptFile(sink, label, sections, Date.now(), turn),
      );
    });
  } catch (error) {
    if (error instanceof CanceledError) throw error;
    return false;
  }
}

/**
 * What `read` makes of a kept file, which is then the most recently used one; null when it is not there. A file that is
 * damaged (`read` answers null) or half written is deleted.
 * @throws {CanceledError} from `read`
 */
export async function recall<R>(
  which: Pick<KeptLabel, 'kind' | 'id'>,
  read: (reader: KeptFileReader) => Promise<R | null>,
): Promise<R | null> {
  const name = keptFileName(which);
  try {
    const folder = await keptFolder();
    let isDamaged = false;
    const found = await withLock(name, 'shared', async () => {
      const reader = await openedFile(folder, name);
      const content = reader === null ? null : await read(reader);
      isDamaged = reader !== null && content === null;
      return content;
    });
    await ifFree(name, 'exclusive', async () => {
      if (found !== null) await touch(folder, name);
      else if (isDamaged) await removeIfThere(folder, name);
      else await removeUnlessWhole(folder, name);
    });
    return found;
  } catch (error) {
    if (error instanceof CanceledError) throw error;
    return null;
  }
}

/** A whole kept file, as a list shows it. */
export interface KeptEntry {
  readonly label: KeptLabel;
  readonly byteLength: number;
  /** Epoch ms. */
  readonly lastUsedMs: number;
}

/**
 * Every whole file, the most recently used first; what another tab is writing now is not among them, and what a tab
 * left half written is deleted. Empty where there is no storage.
 */
export async function listKept(): Promise<readonly KeptEntry[]> {
  const folder = await keptFolder().catch(() => null);
  if (folder === null) return [];
  const entries: KeptEntry[] = [];
  for (const { name } of await filesOf(folder)) {
    const entry = await ifFree(name, 'shared', () => entryOf(folder, name));
    if (entry === null) await ifFree(name, 'exclusive', () => removeUnlessWhole(folder, name));
    else if (entry !== undefined) entries.push(entry);
  }
  return entries.sort((a, b) => b.lastUsedMs - a.lastUsedMs);
}

/**
 * Deletes kept tables with the scores and explanations of their rows, and models, by id; answers how many files there were. Each goes as
 * soon as no tab reads or writes it.
 * @throws {DOMException} when the browser does not let go of one
 */
export async function forget(ids: ReadonlySet<string>): Promise<number> {
  const folder = await keptFolder();
  const ofRows = (await listKept()).flatMap(({ label }) =>
    'tableId' in label && ids.has(label.tableId) ? [keptFileName(label)] : [],
  );
  // By name, not from the list: one that another tab is just writing is not on it.
  const named = (['table', 'model'] as const).flatMap((kind) =>
    [...ids].map((id) => keptFileName({ kind, id })),
  );
  const doomed = new Set([...ofRows, ...named]);
  const files = (await filesOf(folder)).filter(({ name }) => doomed.has(name));
  for (const { name } of files) await removeFile(folder, name);
  return files.length;
}

/** Deletes all that lies in this site's storage; answers how many kept files there were. */
export async function forgetAll(): Promise<number> {
  const folder = await keptFolder();
  const files = await filesOf(folder);
  for (const { name } of files) await removeFile(folder, name);
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys())
    if (name !== FOLDER) await root.removeEntry(name, { recursive: true });
  return files.length;
}

async function openedFile(folder: FileSystemDirectoryHandle, name: string): Promise<KeptFileReader | null> {
  const file = await fileOf(folder, name);
  return file === null ? null : openKeptFile(file);
}

async function entryOf(folder: FileSystemDirectoryHandle, name: string): Promise<KeptEntry | null> {
  const file = await fileOf(folder, name);
  const reader = file === null ? null : await openKeptFile(file);
  if (file === null || reader === null) return null;
  return { label: reader.label, byteLength: file.size, lastUsedMs: reader.lastUsedMs };
}

/** Writes a file of a known length; false when the browser does not grant that much, whatever makes room. */
async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  byteLength: number,
  write: (sink: ByteSink) => Promise<void>,
): Promise<boolean> {
  const access = await openAccess(folder, name, true);
  try {
    access.truncate(0);
    const isGranted = await reserve(folder, name, access, byteLength);
    if (isGranted) await write(sinkOf(access));
    access.close();
    if (!isGranted) await folder.removeEntry(name);
    return isGranted;
  } catch (error) {
    access.close();
    await folder.removeEntry(name);
    throw error;
  }
}

async function touch(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const access = await openAccess(folder, name, false);
  try {
    markUsed(sinkOf(access), Date.now());
  } finally {
    access.close();
  }
}

async function removeUnlessWhole(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  if ((await openedFile(folder, name)) === null) await removeIfThere(folder, name);
}
