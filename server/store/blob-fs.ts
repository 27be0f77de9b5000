import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ByteRange } from './registry-store.ts';

/** A file that is being written, from its start. */
export interface BlobFile {
  /** May take fewer bytes than given. @returns how many it took */
  write(bytes: Uint8Array): Promise<number>;
  /** Returns once the bytes would survive a power cut. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** What blobs need of a file system: small, so that tests can break each promise it makes. Errors carry Node's codes. */
export interface BlobFs {
  /** @throws EEXIST */
  create(path: string, mode: number): Promise<BlobFile>;
  /** Nothing happens when it is there already. */
  makeDir(path: string): Promise<void>;
  /** Replaces what was at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing happens when it is gone already. */
  remove(path: string): Promise<void>;
  /** Returns once the names in a folder would survive a power cut. */
  syncDir(path: string): Promise<void>;
  /** Names in a folder; none when it is not there. */
  list(path: string): Promise<string[]>;
  /** null when there is no such file. */
  facts(path: string): Promise<{ readonly size: number; readonly modifiedMs: number } | null>;
  /** Bytes that this user may still write on the disk that holds `path`. */
  freeBytes(path: string): Promise<number>;
  /** The file is open when the promise resolves. @throws ENOENT */
  read(path: string, range?: ByteRange): Promise<Readable>;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function blobFile(handle: FileHandle): BlobFile {
  return {
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    datasync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function syncDir(path: string): Promise<void> {
  // Windows cannot open a folder, and writes its names through.
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The file system of this machine. */
export const nodeFs: BlobFs = {
  create: async (path, mode) => blobFile(await open(path, 'wx', mode)),
  makeDir: async (path) => {
    await mkdir(path, { recursive: true });
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  syncDir,
  list: async (path) => {
    try {
      return await readdir(path);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  },
  facts: async (path) => {
    try {
      const { size, mtimeMs } = await stat(path);
      return { size, modifiedMs: mtimeMs };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  },
  freeBytes: async (path) => {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
  read: async (path, range) => {
    const handle = await open(path, 'r');
    return handle.createReadStream(
      // Node's `end` is inclusive; an empty range has no such form.
      range === undefined ? {} : { start: range.start, end: range.end - 1 },
    );
  },
};
