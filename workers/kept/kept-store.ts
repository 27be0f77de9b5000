/**
 * What is kept across reloads, in the browser's own storage (OPFS): tables, models and columns of scores, one file each,
 * under one limit of 60 % of what the browser grants; the least recently used files make room. Tabs share the storage:
 * a Web Lock for each file lets many read it, or one change it, and a tab that ends lets go of all its locks.
 */
import { CanceledError } from '../../src/core/errors.ts';
import {
  type KeptFileReader,
  keptFileBytes,
  openKeptFile,
  type PieceTurn,
  writeKeptFile,
} from './kept-file.ts';
import { type KeptLabel, keptFileName } from './kept-label.ts';

const FOLDER = 'kept';

/** ARCHITECTURE "Workspace": the rest of the quota is left to other things and to the browser's own judgement. */
const QUOTA_SHARE = 0.6;

type LockMode = 'shared' | 'exclusive';

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
      if (!(await makeRoom(folder, name, keptFileBytes(label, sections)))) return false;
      await writeFile(folder, name, (access) =>
        writeKeptFile({ write: (bytes, at) => writeWhole(access, bytes, at) }, label, sections, turn),
      );
      return true;
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
  for (const { name } of (await filesByAge(folder)).reverse()) {
    const entry = await ifFree(name, 'shared', () => entryOf(folder, name));
    if (entry === null) await ifFree(name, 'exclusive', () => removeUnlessWhole(folder, name));
    else if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** Bytes that kept files may take: 60 % of what the browser grants; 0 where it grants nothing. */
export async function limitBytes(): Promise<number> {
  try {
    const { quota = 0 } = await navigator.storage.estimate();
    return Math.floor(quota * QUOTA_SHARE);
  } catch {
    return 0;
  }
}

/**
 * Deletes the kept files that `matches` names, each as soon as no tab reads or writes it; answers how many there were.
 * @throws {DOMException} when the browser does not let go of one
 */
export async function forget(matches: (label: KeptLabel) => boolean): Promise<number> {
  const folder = await keptFolder();
  const doomed = (await listKept()).filter(({ label }) => matches(label));
  for (const { label } of doomed) await removeFile(folder, keptFileName(label));
  return doomed.length;
}

/** Deletes all that lies in this site's storage; answers how many whole files there were. */
export async function forgetAll(): Promise<number> {
  const folder = await keptFolder();
  const count = (await listKept()).length;
  for (const { name } of await filesByAge(folder)) await removeFile(folder, name);
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys())
    if (name !== FOLDER) await root.removeEntry(name, { recursive: true });
  return count;
}

async function keptFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

function withLock<R>(name: string, mode: LockMode, use: () => Promise<R>): Promise<R> {
  return navigator.locks.request(lockName(name), { mode }, use) as Promise<R>;
}

/** As {@link withLock}, but undefined at once when another tab has the file in hand. */
function ifFree<R>(name: string, mode: LockMode, use: () => Promise<R>): Promise<R | undefined> {
  const options = { mode, ifAvailable: true };
  return navigator.locks.request(lockName(name), options, async (lock) =>
    lock === null ? undefined : use(),
  ) as Promise<R | undefined>;
}

function lockName(name: string): string {
  return `cutline-kept-${name}`;
}

async function openedFile(folder: FileSystemDirectoryHandle, name: string): Promise<KeptFileReader | null> {
  const file = await fileOf(folder, name);
  return file === null ? null : openKeptFile(file);
}

async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function entryOf(folder: FileSystemDirectoryHandle, name: string): Promise<KeptEntry | null> {
  const file = await fileOf(folder, name);
  const reader = file === null ? null : await openKeptFile(file);
  if (file === null || reader === null) return null;
  return { label: reader.label, byteLength: file.size, lastUsedMs: file.lastModified };
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  write: (access: FileSystemSyncAccessHandle) => Promise<void>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    await write(access);
    access.flush();
    access.close();
  } catch (error) {
    access.close();
    await folder.removeEntry(name);
    throw error;
  }
}

function writeWhole(access: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  if (access.write(bytes, { at }) !== bytes.length) throw new Error('The storage is full.');
}

/** Writing a byte over itself moves the file's date, by which the least recently used are found. */
async function touch(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const access = await (await folder.getFileHandle(name)).createSyncAccessHandle();
  try {
    const first = new Uint8Array(1);
    access.read(first, { at: 0 });
    access.write(first, { at: 0 });
  } finally {
    access.close();
  }
}

/** Deletes the least recently used files but `own` until `bytes` fit; false when they cannot fit at all. */
async function makeRoom(folder: FileSystemDirectoryHandle, own: string, bytes: number): Promise<boolean> {
  const limit = await limitBytes();
  if (bytes > limit) return false;
  const files = (await filesByAge(folder)).filter(({ name }) => name !== own);
  let used = files.reduce((total, file) => total + file.size, 0);
  for (const { name, size } of files) {
    if (used + bytes <= limit) return true;
    // A file in another tab's hands is in use, however old it looks.
    const removed = await ifFree(name, 'exclusive', () => removeIfThere(folder, name));
    if (removed !== undefined) used -= size;
  }
  return used + bytes <= limit;
}

/** The folder's files, the least recently used first. */
async function filesByAge(folder: FileSystemDirectoryHandle): Promise<File[]> {
  const files: File[] = [];
  for await (const name of folder.keys()) {
    const file = await fileOf(folder, name);
    if (file !== null) files.push(file);
  }
  return files.sort((a, b) => a.lastModified - b.lastModified);
}

async function removeFile(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await withLock(name, 'exclusive', () => removeIfThere(folder, name));
}

async function removeUnlessWhole(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  if ((await openedFile(folder, name)) === null) await removeIfThere(folder, name);
}

/** True always; another tab may have deleted it first. */
async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<true> {
  try {
    await folder.removeEntry(name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return true;
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
