import { copyFile, rm } from 'node:fs/promises';
import { assertEmptyDir } from './backup.ts';
import { type BackupManifest, readManifest } from './backup-manifest.ts';
import { copyBlob, sha256OfFile } from './blob-copy.ts';
import { nodeFs } from './blob-fs.ts';
import { databasePath, makeDataDir, restoreMark } from './data-folder.ts';
import { flushFile, flushTree, writeFlushed } from './flushed-files.ts';
import { StoreError } from './store-error.ts';

/**
 * Restores a backup into an empty data folder, comparing every blob and the database with their digests. Until it ends
 * a mark lies in the folder and no server starts on it.
 *
 * @throws {StoreError} `exists` the data folder is not empty; `unusable` no backup there, or one that is damaged
 */
export async function restore(backupDir: string, dataDir: string): Promise<BackupManifest> {
  const manifest = await readManifest(backupDir);
  assertEmptyDir(dataDir);
  const changedDirs = makeDataDir(dataDir);
  await writeFlushed(restoreMark(dataDir), `${backupDir}\n`);
  for (const blob of manifest.blobs) await copyBlob(blob, backupDir, dataDir);
  await copyFile(databasePath(backupDir), databasePath(dataDir));
  if ((await sha256OfFile(databasePath(dataDir))) !== manifest.database.sha256) {
    throw new StoreError(
      'unusable',
      `${databasePath(backupDir)} is damaged: its bytes have another digest than its manifest says.`,
    );
  }
  await flushFile(databasePath(dataDir));
  await flushTree(dataDir);
  for (const dir of changedDirs) await nodeFs.syncDir(dir);
  await rm(restoreMark(dataDir));
  await nodeFs.syncDir(dataDir);
  return manifest;
}
