import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BlobFile, BlobFs } from './blob-fs.ts';
import type { Failpoint } from './failpoint.ts';
import type { ByteRange, UploadLimits } from './registry-store.ts';
import { StoreError } from './store-error.ts';

/** Written blobs are read-only, for their owner too: nothing ever changes one in place. */
const blobMode = 0o440;
/** The disk is asked again after as many bytes of an upload: often enough that the floor, at 256 MiB, is not passed by 50 at once. */
const bytesPerSpaceCheck = 4 * 1024 * 1024;

export interface BlobStoreOptions {
  /** Folder of `blobs/` and `tmp/`, on one file system. */
  readonly dataDir: string;
  readonly fs: BlobFs;
  /** Uploads are refused when less would stay free. */
  readonly floorBytes: number;
  readonly failpoint: Failpoint;
}

/** Where a blob lies in the data folder: `blobs/ab/cd/<sha256>`. */
export function blobPath(dataDir: string, sha256: string): string {
  return join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

async function writeAll(file: BlobFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const taken = await file.write(bytes.subarray(at));
    if (taken === 0) throw new StoreError('disk-full', 'The disk took no more bytes.');
    at += taken;
  }
}

/**
 * Files by the SHA-256 of their bytes. A write that returned survives a power cut: the bytes are flushed before they
 * get their name, and the name before the write returns. One that did not return leaves at most a file in `tmp/`, or a
 * whole blob that nobody was promised.
 */
export class BlobStore {
  readonly #options: BlobStoreOptions;
  /** Folders whose own name this process has flushed. One that was merely found may still be lost in a power cut. */
  readonly #flushedDirs = new Map<string, Promise<void>>();
  /** Bytes that uploads under way have announced and not written yet. */
  #announcedBytes = 0;

  constructor(options: BlobStoreOptions) {
    this.#options = options;
  }

  /**
   * Takes `bytes` in constant memory.
   *
   * @returns their number
   * @throws {StoreError} `invalid` other bytes than said; `too-large`; `disk-full`
   */
  async write(
    bytes: AsyncIterable<Uint8Array>,
    sha256: string,
    { maxBytes, expectedSize }: UploadLimits,
  ): Promise<{ readonly size: number }> {
    const { dataDir, fs, failpoint } = this.#options;
    if ((expectedSize ?? 0) > maxBytes) throw tooLarge(maxBytes);
    const temp = join(dataDir, 'tmp', randomUUID());
    const announcement = { left: expectedSize ?? 0 };
    this.#announcedBytes += announcement.left;
    try {
      await this.#assertRoom();
      const found = await this.#stream(bytes, temp, maxBytes, announcement);
      assertAsSaid(found, sha256, expectedSize);
      failpoint('blob-temp-written');
      await this.#giveName(temp, sha256);
      return { size: found.size };
    } catch (error) {
      await fs.remove(temp).catch(() => undefined);
      throw isFull(error)
        ? new StoreError('disk-full', 'The disk is full: nothing was kept.', '', error)
        : error;
    } finally {
      this.#announcedBytes -= announcement.left;
    }
  }

  async #stream(
    bytes: AsyncIterable<Uint8Array>,
    temp: string,
    maxBytes: number,
    announcement: { left: number },
  ): Promise<{ size: number; sha256: string }> {
    const file = await this.#options.fs.create(temp, blobMode);
    const hash = createHash('sha256');
    let size = 0;
    let nextCheck = bytesPerSpaceCheck;
    try {
      for await (const chunk of bytes) {
        if (size + chunk.length > maxBytes) throw tooLarge(maxBytes);
        hash.update(chunk);
        await writeAll(file, chunk);
        size += chunk.length;
        const kept = Math.min(chunk.length, announcement.left);
        announcement.left -= kept;
        this.#announcedBytes -= kept;
        if (size < nextCheck) continue;
        nextCheck = size + bytesPerSpaceCheck;
        await this.#assertRoom();
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    return { size, sha256: hash.digest('hex') };
  }

  async #assertRoom(): Promise<void> {
    const { dataDir, fs, floorBytes } = this.#options;
    const free = await fs.freeBytes(dataDir);
    if (free - this.#announcedBytes >= floorBytes) return;
    throw new StoreError(
      'disk-full',
      `The disk has ${free} bytes free, of which ${floorBytes} stay free. Make room, or use a data folder on another disk.`,
    );
  }

  async #giveName(temp: string, sha256: string): Promise<void> {
    const { dataDir, fs, failpoint } = this.#options;
    const outer = join(dataDir, 'blobs', sha256.slice(0, 2));
    const inner = join(outer, sha256.slice(2, 4));
    await this.#flushDir(outer, join(dataDir, 'blobs'));
    await this.#flushDir(inner, outer);
    failpoint('blob-before-rename');
    await fs.rename(temp, blobPath(dataDir, sha256));
    failpoint('blob-renamed');
    await fs.syncDir(inner);
  }

  async #flushDir(dir: string, parent: string): Promise<void> {
    const { fs } = this.#options;
    const flush = async () => {
      await fs.makeDir(dir);
      await fs.syncDir(parent);
    };
    const flushed = this.#flushedDirs.get(dir) ?? flush();
    this.#flushedDirs.set(dir, flushed);
    try {
      await flushed;
    } catch (error) {
      this.#flushedDirs.delete(dir);
      throw error;
    }
  }

  /** All bytes of a blob, or a range. @throws {StoreError} `not-found` | `invalid` range */
  async open(sha256: string, size: number, range: ByteRange = { start: 0, end: size }): Promise<Readable> {
    const { dataDir, fs } = this.#options;
    const { start, end } = range;
    if (!(start >= 0 && start <= end && end <= size)) {
      throw new StoreError('invalid', `The blob has ${size} bytes: ${start} to ${end} is outside.`, 'range');
    }
    if (start === end) return Readable.from([]);
    return fs.read(blobPath(dataDir, sha256), range);
  }
}

function tooLarge(maxBytes: number): StoreError {
  return new StoreError('too-large', `More than the ${maxBytes} bytes that one upload may have.`);
}

/** @throws {StoreError} `invalid` */
function assertAsSaid(
  found: { readonly size: number; readonly sha256: string },
  sha256: string,
  expectedSize: number | undefined,
): void {
  if (expectedSize !== undefined && found.size !== expectedSize) {
    throw new StoreError('invalid', `${found.size} bytes came, ${expectedSize} were announced.`, 'size');
  }
  if (found.sha256 !== sha256) {
    throw new StoreError(
      'invalid',
      `The bytes have the SHA-256 ${found.sha256}, not ${sha256}. Send them again.`,
      'sha256',
    );
  }
}
