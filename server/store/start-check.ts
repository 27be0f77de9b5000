import { join } from 'node:path';
import type { BlobFs } from './blob-fs.ts';
import { blobPath } from './blob-store.ts';
import type { Change } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** An upload waits as long for the version that names it. */
export const defaultGraceMs = 24 * 60 * 60 * 1000;

const atStart: Change = { actor: 'system', identityVerified: true, requestId: 'start' };

interface BlobRow {
  readonly sha256: string;
  readonly size: number;
}

/** Drops the rows first: a crash in between leaves files without a row, which the next start removes. */
async function collectUnnamed(
  context: StoreContext,
  dataDir: string,
  fs: BlobFs,
  graceMs: number,
): Promise<void> {
  const unnamed = context.db.all<BlobRow>(
    `SELECT sha256, size FROM blobs b
     WHERE touched_at < ? AND NOT EXISTS (SELECT 1 FROM tree_entries e WHERE e.sha256 = b.sha256)`,
    [context.clock() - graceMs],
  );
  for (const { sha256, size } of unnamed) {
    changing(context, atStart, (_now, tell) => {
      context.db.run('DELETE FROM blobs WHERE sha256 = ?', [sha256]);
      tell({ action: 'blob.collect', object: `blobs/${sha256}`, before: { size }, after: null });
    });
    await fs.remove(blobPath(dataDir, sha256));
  }
}

/** Files that never got their row: their upload was not acknowledged, or their row was collected. */
async function removeStrays(
  { db, clock }: StoreContext,
  dataDir: string,
  fs: BlobFs,
  graceMs: number,
): Promise<void> {
  const blobsDir = join(dataDir, 'blobs');
  for (const outer of await fs.list(blobsDir)) {
    for (const inner of await fs.list(join(blobsDir, outer))) {
      for (const name of await fs.list(join(blobsDir, outer, inner))) {
        if (db.get('SELECT 1 FROM blobs WHERE sha256 = ?', [name]) !== undefined) continue;
        const path = join(blobsDir, outer, inner, name);
        const facts = await fs.facts(path);
        if (facts !== null && facts.modifiedMs < clock() - graceMs) await fs.remove(path);
      }
    }
  }
}

/** @throws {StoreError} `unusable`, naming the first blob whose file is gone or has another size */
async function assertBlobsThere({ db }: StoreContext, dataDir: string, fs: BlobFs): Promise<void> {
  const lost: string[] = [];
  for (const { sha256, size } of db.all<BlobRow>('SELECT sha256, size FROM blobs')) {
    const facts = await fs.facts(blobPath(dataDir, sha256));
    if (facts?.size !== size) lost.push(sha256);
  }
  const [first] = lost;
  if (first === undefined) return;
  throw new StoreError(
    'unusable',
    `${lost.length} uploaded file(s) are gone or cut short in ${dataDir}, the first is ${blobPath('', first)}. Put them back, or restore a backup into an empty folder.`,
  );
}

/**
 * Brings a data folder in order before anybody is served: removes what interrupted uploads left, collects blobs that
 * no version has named for `graceMs`, and checks that every other blob has its file.
 *
 * @throws {StoreError} `unusable` when bytes that were acknowledged are gone
 */
export async function startCheck(
  context: StoreContext,
  dataDir: string,
  fs: BlobFs,
  graceMs: number,
): Promise<void> {
  const tmp = join(dataDir, 'tmp');
  for (const name of await fs.list(tmp)) await fs.remove(join(tmp, name));
  await collectUnnamed(context, dataDir, fs, graceMs);
  await removeStrays(context, dataDir, fs, graceMs);
  await assertBlobsThere(context, dataDir, fs);
}
