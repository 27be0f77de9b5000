/** Uploads by content: a file that the registry already has is not sent again. */
import type { CreateVersion, ModelVersion } from '../contracts/registry/models.ts';
import { DataError, RegistryError } from '../core/errors.ts';
import { type CallOptions, request, type Transport } from './request.ts';

/** A file of a new version: its path within the version and its bytes. */
export interface VersionFile {
  readonly path: string;
  readonly bytes: Blob;
}

export interface UploadProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface UploadOptions extends CallOptions {
  /** After each file. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export interface NewVersion {
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly files: readonly VersionFile[];
}

/**
 * SHA-256 of a file as 64 lower-case hex digits. The file is in memory once while it is hashed.
 * @throws {DataError} `out-of-memory` | `file-unreadable`
 */
async function sha256Of(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer().catch((error: unknown) => {
    throw unreadable(error);
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function unreadable(cause: unknown): DataError {
  const advice = 'Choose the file again.';
  return new DataError('file-unreadable', 'A file to upload can no longer be read.', { advice, cause });
}

/** A smaller file is sent at once: to upload what is there already does no harm, and asking costs a request too. */
const WORTH_ASKING_BYTES = 4_000_000;

/** Uploads one file under its digest, unless it is there. Resolves with digest and size. */
export function uploadBlob(transport: Transport) {
  return async (bytes: Blob, options: CallOptions = {}): Promise<{ sha256: string; size: number }> => {
    const sha256 = await sha256Of(bytes);
    const path = `/blobs/${sha256}`;
    const asks = bytes.size >= WORTH_ASKING_BYTES;
    if (!asks || !(await isThere(transport, path, options))) {
      await request(transport, { ...options, method: 'PUT', path, bytes, byteLength: bytes.size });
    }
    return { sha256, size: bytes.size };
  };
}

async function isThere(transport: Transport, path: string, options: CallOptions): Promise<boolean> {
  try {
    await request(transport, { ...options, method: 'HEAD', path });
    return true;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return false;
    throw error;
  }
}

/**
 * Uploads the files of a version one after another, then freezes the version. Sent again after a failure, it goes on
 * with the files that are missing.
 */
export function uploadVersion(
  transport: Transport,
  createVersion: (name: string, input: CreateVersion, options: CallOptions) => Promise<ModelVersion>,
) {
  const upload = uploadBlob(transport);
  return async (name: string, version: NewVersion, options: UploadOptions = {}): Promise<ModelVersion> => {
    const { files, description = '', tags = {} } = version;
    const totalBytes = files.reduce((sum, file) => sum + file.bytes.size, 0);
    const artifacts: CreateVersion['artifacts'] = [];
    let doneBytes = 0;
    for (const { path, bytes } of files) {
      // The key belongs to the version alone: a blob is idempotent by its digest.
      const blob = await upload(bytes, { signal: options.signal, profile: options.profile });
      artifacts.push({ path, ...blob });
      doneBytes += bytes.size;
      options.onProgress?.({ doneBytes, totalBytes });
    }
    return createVersion(name, { description, tags: { ...tags }, artifacts }, options);
  };
}
