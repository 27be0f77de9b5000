/**
 * The folder of kept files in the browser's own storage (OPFS), shared by all tabs of this site. A Web Lock for each file
 * lets many read it, or one change it; a tab that ends lets go of all its locks and handles.
 */
import type { ByteSink } from './kept-file.ts';

export const FOLDER = 'kept';

type LockMode = 'shared' | 'exclusive';

/** @throws {DOMException} where the browser has no storage for this site */
export async function keptFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Runs `use` as soon as no other tab has the file in hand, or none that changes it (`shared`). */
export function withLock<R>(name: string, mode: LockMode, use: () => Promise<R>): Promise<R> {
  return navigator.locks.request(lockName(name), { mode }, use) as Promise<R>;
}

/** As {@link withLock}, but undefined at once when another tab has the file in hand. */
export function ifFree<R>(name: string, mode: LockMode, use: () => Promise<R>): Promise<R | undefined> {
  const options = { mode, ifAvailable: true };
  return navigator.locks.request(lockName(name), options, async (lock) =>
    lock === null ? undefined : use(),
  ) as Promise<R | undefined>;
}

function lockName(name: string): string {
  return `cutline-kept-${name}`;
}

/** A snapshot of a file for reading; null when it is not there. */
export async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** A snapshot of every file, whole or not. */
export async function filesOf(folder: FileSystemDirectoryHandle): Promise<File[]> {
  const files: File[] = [];
  for await (const name of folder.keys()) {
    const file = await fileOf(folder, name);
    if (file !== null) files.push(file);
  }
  return files;
}

/** Far longer than a busy machine needs; whoever opens a model waits for it. */
const ANSWER_LIMIT_MS = 3000;

/**
 * A handle for writing; the caller holds the file's lock and closes it.
 *
 * Chromium leaves about one request in twenty unanswered, for ever, while a worker reads a large file (seen in 2026): it
 * is made once more, then given up.
 * @throws {Error} when the storage does not answer
 */
export async function openAccess(
  folder: FileSystemDirectoryHandle,
  name: string,
  create: boolean,
): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const handle = await folder.getFileHandle(name, { create });
    const access = await answerInTime(handle.createSyncAccessHandle());
    if (access !== null) return access;
  }
  throw new Error('The storage does not answer.');
}

/** The handle, or null when it does not come in time; one that comes later is closed, since it would lock the file. */
function answerInTime(
  asked: Promise<FileSystemSyncAccessHandle>,
): Promise<FileSystemSyncAccessHandle | null> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      resolve(null);
    }, ANSWER_LIMIT_MS);
    asked
      .then((access) => (isLate ? access.close() : resolve(access)), reject)
      .finally(() => clearTimeout(limit));
  });
}

/** Writes that are whole or throw: a storage that is full may take a part. */
export function sinkOf(access: FileSystemSyncAccessHandle): ByteSink {
  return {
    write: (bytes, at) => {
      if (access.write(bytes, { at }) !== bytes.length) throw new Error('The storage is full.');
    },
  };
}

/** Deletes a file as soon as no tab has it in hand. */
export async function removeFile(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await withLock(name, 'exclusive', () => removeIfThere(folder, name));
}

/** True always; another tab may have deleted it first. */
export async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<true> {
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
