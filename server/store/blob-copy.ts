import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nodeFs } from './blob-fs.ts';
import { blobPath } from './blob-store.ts';
import { StoreError } from './store-error.ts';

/** A blob as rows and manifests name it. */
export interface BlobName {
  readonly sha256: string;
  readonly size: number;
}

/** Reads a file to its end. @returns its digest @throws ENOENT */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await nodeFs.read(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

async function copyFlushed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const bytes = await nodeFs.read(from);
  const file = await nodeFs.create(to, 0o440);
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += await file.write(chunk.subarray(at));
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** True for an error of the file system that says that a file is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Copies a blob from one folder of blobs to another and flushes it. Bytes of its own, never a hard link: one bad sector
 * must not spoil the blob and its backup together.
 *
 * @throws {StoreError} `unusable` the bytes are no longer those of the digest
 * @throws ENOENT the blob is gone
 */
export async function copyBlob({ sha256 }: BlobName, fromDir: string, toDir: string): Promise<void> {
  const target = blobPath(toDir, sha256);
  await mkdir(dirname(target), { recursive: true, mode: 0o750 });
  const found = await copyFlushed(blobPath(fromDir, sha256), target);
  if (found === sha256) return;
  throw new StoreError('unusable', `${blobPath(fromDir, sha256)} is damaged: its bytes have another digest.`);
}
