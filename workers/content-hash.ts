/**
 * Content hashes: the handles of tables, models, scores and judgements. Browser and Node both have `crypto.subtle`,
 * whose SHA-256 is native code. docs/decisions/0003-content-hash.md says why pieces.
 */
import type { ByteSource } from '../src/contracts/byte-source.ts';
import type { Job } from './job.ts';

/** 8 MiB: about 10 ms of native hashing, so a cancel is heard between two pieces. */
export const HASH_PIECE_BYTES = 8 * 1024 * 1024;

/**
 * SHA-256 of bytes or of a text's UTF-8, as 64 lower-case hex digits.
 * Source: FIPS 180-4, by the platform.
 */
export async function sha256Hex(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return hexOf(await crypto.subtle.digest('SHA-256', bytes));
}

/**
 * Content hash of a file, read piece by piece: for up to 8 MiB its SHA-256; above, the SHA-256 of the concatenated
 * SHA-256 digests of its 8 MiB pieces (the last may be shorter). 64 lower-case hex digits. Holds one piece at a time.
 * @throws {CanceledError} when the job is canceled between two pieces
 */
export async function contentHash(file: ByteSource, job?: Pick<Job, 'turn'>): Promise<string> {
  if (file.size <= HASH_PIECE_BYTES) return hexOf(await digestOf(file, 0, file.size));
  const digests = new Uint8Array(Math.ceil(file.size / HASH_PIECE_BYTES) * 32);
  for (let piece = 0; piece * HASH_PIECE_BYTES < file.size; piece++) {
    const start = piece * HASH_PIECE_BYTES;
    const digest = await digestOf(file, start, Math.min(start + HASH_PIECE_BYTES, file.size));
    digests.set(new Uint8Array(digest), piece * 32);
    await job?.turn();
  }
  return sha256Hex(digests);
}

async function digestOf(file: ByteSource, start: number, end: number): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', await file.slice(start, end).arrayBuffer());
}

function hexOf(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
