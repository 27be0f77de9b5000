import type { BlobStore } from './blob-store.ts';
import type { SqlDatabase } from './database.ts';
import type { BlobShelf } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

function sizeOf(db: SqlDatabase, sha256: string): number | null {
  return db.get<{ size: number }>('SELECT size FROM blobs WHERE sha256 = ?', [sha256])?.size ?? null;
}

/** Blobs: files of the blob store, each with its row in `blobs`, which is written after the file is safe. */
export function blobShelf(context: StoreContext, files: BlobStore): BlobShelf {
  const { db } = context;
  return {
    size: (sha256) => sizeOf(db, sha256),
    put: async (change, sha256, bytes, limits) => {
      const { size } = await files.write(bytes, sha256, limits);
      return changing(context, change, (now, tell) => {
        // A blob that is uploaded again is wanted again: its grace starts anew.
        const known = db.run('UPDATE blobs SET touched_at = ? WHERE sha256 = ?', [now, sha256]);
        if (known > 0) return { size, created: false };
        db.run('INSERT INTO blobs VALUES (?, ?, ?, ?)', [sha256, size, now, now]);
        tell({ action: 'blob.put', object: `blobs/${sha256}`, before: null, after: { size } });
        return { size, created: true };
      });
    },
    open: async (sha256, range) => {
      const size = sizeOf(db, sha256);
      if (size === null) throw new StoreError('not-found', `There is no blob ${sha256}.`, 'sha256');
      return files.open(sha256, size, range);
    },
  };
}
