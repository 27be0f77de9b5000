import { existsSync, readdirSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyChain } from '../audit/verify-chain.ts';
import { type BackupManifest, manifestName } from './backup-manifest.ts';
import { type BlobName, copyBlob, isGone, sha256OfFile } from './blob-copy.ts';
import { nodeFs } from './blob-fs.ts';
import { databasePath } from './data-folder.ts';
import type { SqlDatabase } from './database.ts';
import { openExistingDatabase } from './existing-database.ts';
import { flushFile, flushTree, writeFlushed } from './flushed-files.ts';
import { schemaVersion } from './migrations.ts';
import { StoreError } from './store-error.ts';

/** @throws {StoreError} `exists` something is there that would be overwritten or mixed up */
export function assertEmptyDir(dir: string): void {
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new StoreError('exists', `${dir} is not empty. Name a folder that is empty or not there yet.`);
  }
}

/** Copies every blob that the copied database names, and forgets one that a starting server has just collected. */
async function copyBlobs(copy: SqlDatabase, dataDir: string, targetDir: string): Promise<BlobName[]> {
  const copied: BlobName[] = [];
  for (const blob of copy.all<BlobName>('SELECT sha256, size FROM blobs ORDER BY sha256')) {
    try {
      await copyBlob(blob, dataDir, targetDir);
      copied.push(blob);
    } catch (error) {
      if (!isGone(error)) throw error;
      forgetCollected(copy, blob, error);
    }
  }
  return copied;
}

function forgetCollected(copy: SqlDatabase, { sha256 }: BlobName, cause: unknown): void {
  const isNamed = copy.get('SELECT 1 FROM tree_entries WHERE sha256 = ?', [sha256]) !== undefined;
  if (isNamed) {
    throw new StoreError('unusable', `The bytes of blob ${sha256} are gone: no backup was made.`, '', cause);
  }
  copy.run('DELETE FROM blobs WHERE sha256 = ?', [sha256]);
}

/**
 * Writes a backup of a data folder: the database by `VACUUM INTO` first, then the blobs it names (they are only ever
 * added, so those are all there), each compared with its digest, and last the manifest. A running server goes on: the
 * copy is a snapshot of one moment.
 *
 * @throws {StoreError} `exists` the target is not empty; `unusable` no registry there, or bytes that are damaged
 */
export async function backUp(dataDir: string, targetDir: string, now: number): Promise<BackupManifest> {
  const live = openExistingDatabase(dataDir);
  try {
    assertEmptyDir(targetDir);
    await mkdir(join(targetDir, 'blobs'), { recursive: true, mode: 0o750 });
    live.run('VACUUM INTO ?', [databasePath(targetDir)]);
  } finally {
    live.close();
  }
  const copy = openExistingDatabase(targetDir);
  let parts: Pick<BackupManifest, 'blobs' | 'audit' | 'schemaVersion'>;
  try {
    const { events, headHash } = await verifyChain(copy);
    const blobs = await copyBlobs(copy, dataDir, targetDir);
    // One file, without a write-ahead log beside it that a manifest would not name.
    copy.exec('PRAGMA journal_mode = DELETE');
    parts = { schemaVersion: schemaVersion(copy), audit: { events, headHash }, blobs };
  } finally {
    copy.close();
  }
  return finish(targetDir, now, parts);
}

async function finish(
  targetDir: string,
  now: number,
  parts: Pick<BackupManifest, 'blobs' | 'audit' | 'schemaVersion'>,
): Promise<BackupManifest> {
  const path = databasePath(targetDir);
  await flushFile(path);
  await flushTree(targetDir);
  const database = { sha256: await sha256OfFile(path), size: (await stat(path)).size };
  const manifest: BackupManifest = { format: 1, createdAt: now, database, ...parts };
  await writeFlushed(join(targetDir, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
  await nodeFs.syncDir(targetDir);
  await nodeFs.syncDir(dirname(targetDir));
  return manifest;
}
