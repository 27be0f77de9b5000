/**
 * Scores kept across reloads in the browser's own storage (OPFS), one file per column of scores, named by its hash.
 * At most 60 % of what the browser grants is used; the least recently used files make room. Every failure here is
 * survivable: the scores then stay in memory only, and the caller says so.
 */
import type { Notice } from '../src/core/table/summary.ts';
import { decodeScores, encodeScores, type KeptScores, scoresFileBytes } from './scores-file.ts';

const FOLDER = 'scores';

/** ARCHITECTURE "Workspace": the rest of the quota is left to other things and to the browser's own judgement. */
const QUOTA_SHARE = 0.6;

/** Writes the scores under their id; answers a notice when the storage has no room or is not there at all. */
export async function keepScores(scoresId: string, kept: KeptScores): Promise<Notice | null> {
  try {
    const folder = await scoresFolder();
    if (!(await makeRoom(folder, scoresFileBytes(kept.scores.length, kept.info)))) return notKept();
    await writeFile(folder, scoresId, await encodeScores(kept));
    return null;
  } catch {
    return notKept();
  }
}

/** The scores kept under an id, marked as just used; null when there are none, or none that are whole and as long as the table. */
export async function restoreScores(scoresId: string, rowCount: number): Promise<KeptScores | null> {
  try {
    const folder = await scoresFolder();
    const bytes = await readFile(folder, scoresId);
    const kept = await decodeScores(bytes, rowCount);
    if (kept === null) await folder.removeEntry(scoresId);
    return kept;
  } catch {
    // No such file, or no storage: both mean that the rows are scored again.
    return null;
  }
}

/** Deletes every kept column of scores; answers how many there were. */
export async function forgetScores(): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const files = await filesByAge(await scoresFolder());
  await root.removeEntry(FOLDER, { recursive: true });
  return files.length;
}

async function scoresFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    const written = access.write(bytes, { at: 0 });
    access.flush();
    // A cut-short file would be found by its checksum, but would hold its place until then.
    if (written !== bytes.length) throw new Error('storage full');
  } catch (error) {
    access.close();
    await folder.removeEntry(name);
    throw error;
  }
  access.close();
}

async function readFile(folder: FileSystemDirectoryHandle, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await folder.getFileHandle(name);
  const access = await handle.createSyncAccessHandle();
  try {
    const bytes = new Uint8Array(access.getSize());
    access.read(bytes, { at: 0 });
    // Writing a byte over itself moves the file's date, by which the least recently used are found.
    if (bytes.length > 0) access.write(bytes.subarray(0, 1), { at: 0 });
    return bytes;
  } finally {
    access.close();
  }
}

/** Deletes the least recently used files until `bytes` fit; false when they cannot fit at all. */
async function makeRoom(folder: FileSystemDirectoryHandle, bytes: number): Promise<boolean> {
  const { quota = 0 } = await navigator.storage.estimate();
  const limit = quota * QUOTA_SHARE;
  if (bytes > limit) return false;
  const files = await filesByAge(folder);
  let used = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files) {
    if (used + bytes <= limit) break;
    await folder.removeEntry(file.name);
    used -= file.size;
  }
  return true;
}

/** The folder's files, the least recently used first. */
async function filesByAge(folder: FileSystemDirectoryHandle): Promise<File[]> {
  const files: File[] = [];
  for await (const entry of folder.values())
    if (entry.kind === 'file') files.push(await (entry as FileSystemFileHandle).getFile());
  return files.sort((a, b) => a.lastModified - b.lastModified);
}

function notKept(): Notice {
  return {
    code: 'scores-not-kept',
    message:
      'The scores could not be kept in this browser (no room, or no access to its storage): they last until the page is closed, and are computed again after a reload.',
  };
}
