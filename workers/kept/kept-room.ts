/** Room for kept files: one limit over all of them, and the least recently used make room. */

import { lastUsedOf } from './kept-file.ts';
import { filesOf, ifFree, removeIfThere } from './kept-folder.ts';

/** ARCHITECTURE "Workspace": the rest of the quota is left to other things and to the browser's own judgement. */
const QUOTA_SHARE = 0.6;

/** Bytes that kept files may take: 60 % of what the browser grants; 0 where it grants nothing. */
export async function limitBytes(): Promise<number> {
  try {
    // A private window may name a quota and then refuse the folder.
    await navigator.storage.getDirectory();
    const { quota = 0 } = await navigator.storage.estimate();
    return Math.floor(quota * QUOTA_SHARE);
  } catch {
    return 0;
  }
}

/** Deletes the least recently used files but `own` until `bytes` fit under the limit; false when they cannot fit at all. */
export async function makeRoom(
  folder: FileSystemDirectoryHandle,
  own: string,
  bytes: number,
): Promise<boolean> {
  const limit = await limitBytes();
  if (bytes > limit) return false;
  const others = await othersByUse(folder, own);
  return dropFiles(folder, others, sizeOf(others) + bytes - limit);
}

/**
 * Deletes files in their order until so many bytes are free; false when they do not suffice, and then deletes none.
 * A file in another tab's hands is in use, however old it looks: it stays.
 */
async function dropFiles(
  folder: FileSystemDirectoryHandle,
  files: readonly File[],
  bytes: number,
): Promise<boolean> {
  if (sizeOf(files) < bytes) return false;
  let freed = 0;
  for (const { name, size } of files) {
    if (freed >= bytes) return true;
    const removed = await ifFree(name, 'exclusive', () => removeIfThere(folder, name));
    if (removed !== undefined) freed += size;
  }
  return freed >= bytes;
}

/**
 * Stretches an empty file to its length, so that the browser grants its room before anything is written. What
 * `estimate()` calls the quota may be more than is granted (Chromium tells every site 10 GiB), so that the least recently
 * used files make room here too, one by one, because browsers grant room in large pieces; none does when all of them
 * would not be enough.
 */
export async function reserve(
  folder: FileSystemDirectoryHandle,
  name: string,
  access: FileSystemSyncAccessHandle,
  byteLength: number,
): Promise<boolean> {
  if (stretches(access, byteLength)) return true;
  let granted = 0;
  for (let step = byteLength / 2; step >= FINEST_STEP_BYTES; step /= 2)
    if (stretches(access, Math.floor(granted + step))) granted = Math.floor(granted + step);
  const others = await othersByUse(folder, name);
  if (granted + sizeOf(others) < byteLength) return false;
  for (const other of others) {
    await dropFiles(folder, [other], other.size);
    if (stretches(access, byteLength)) return true;
  }
  return false;
}

/** How finely the room that is granted is found out. */
const FINEST_STEP_BYTES = 65_536;

function stretches(access: FileSystemSyncAccessHandle, byteLength: number): boolean {
  try {
    access.truncate(byteLength);
    // Chromium neither stretches nor throws when it does not grant the room (seen in 2026).
    return access.getSize() === byteLength;
  } catch {
    return false;
  }
}

function sizeOf(files: readonly File[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}

/** All files but `own`, the least recently used first. */
async function othersByUse(folder: FileSystemDirectoryHandle, own: string): Promise<File[]> {
  const others = (await filesOf(folder)).filter(({ name }) => name !== own);
  const used = await Promise.all(
    others.map(async (file) => ({ file, ms: await lastUsedOf(file).catch(() => 0) })),
  );
  return used.sort((a, b) => a.ms - b.ms).map(({ file }) => file);
}
