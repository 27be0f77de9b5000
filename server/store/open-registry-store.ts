import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLog } from '../audit/audit-log.ts';
import { type BlobFs, nodeFs } from './blob-fs.ts';
import { blobShelf } from './blob-shelf.ts';
import { BlobStore } from './blob-store.ts';
import { assertNotHalfRestored, databasePath, holdDataDir, makeDataDir } from './data-folder.ts';
import { SqlDatabase } from './database.ts';
import { datasetStore } from './datasets.ts';
import { decisionStore } from './decisions.ts';
import { documentStore } from './documents.ts';
import type { Failpoint } from './failpoint.ts';
import { idempotency } from './idempotency.ts';
import { migrate } from './migrations.ts';
import { modelStore } from './models.ts';
import type { Readiness, RegistryStore } from './registry-store.ts';
import { defaultGraceMs, startCheck } from './start-check.ts';
import type { StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';
import { versionStore } from './versions.ts';

/** Enough for SQLite to go on writing decisions and audit events long after the last upload was refused. */
const defaultFloorBytes = 256 * 1024 * 1024;

export type RegistryStoreOptions = (
  | { /** Absolute; made when it is not there. */ readonly dataDir: string }
  | {
      /** Rows in memory, blobs in a folder of their own until `close`: for tests of routes. */ readonly memory: true;
    }
) & {
  /** Epoch milliseconds; the system's clock when absent. */
  readonly clock?: () => number;
  readonly failpoint?: Failpoint;
  readonly fs?: BlobFs;
  /** Bytes of the disk that uploads leave free. */
  readonly floorBytes?: number;
  /** How long an upload waits for a version to name it. */
  readonly graceMs?: number;
};

/** Where rows and files lie, and how to let go of them. */
interface Place {
  readonly dataDir: string;
  readonly database: string;
  /** Folders in which names were made. */
  readonly changedDirs: readonly string[];
  readonly release: () => void;
}

function placeInMemory(): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'cutline-registry-'));
  const changedDirs = makeDataDir(dataDir);
  return {
    dataDir,
    database: ':memory:',
    changedDirs,
    release: () => rmSync(dataDir, { recursive: true }),
  };
}

function placeOnDisk(dataDir: string): Place {
  const changedDirs = makeDataDir(dataDir);
  const release = holdDataDir(dataDir);
  return { dataDir, database: databasePath(dataDir), changedDirs, release };
}

function readinessOf(db: SqlDatabase, dataDir: string, floorBytes: number): Readiness {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return { writable: isWritable(db, dataDir), freeBytes: bavail * bsize, floorBytes };
  } catch {
    // The folder is gone, or its disk.
    return { writable: false, freeBytes: 0, floorBytes };
  }
}

function isWritable(db: SqlDatabase, dataDir: string): boolean {
  try {
    // A disk that became read-only shows in the folder before SQLite, which has its files open, meets it.
    accessSync(dataDir, constants.W_OK);
    db.transaction(() => undefined);
    return true;
  } catch {
    return false;
  }
}

/** Uploads under way, so that closing can wait for them. */
function trackUploads(shelf: RegistryStore['blobs']): {
  readonly blobs: RegistryStore['blobs'];
  readonly settled: () => Promise<unknown>;
} {
  const underWay = new Set<Promise<unknown>>();
  return {
    blobs: {
      ...shelf,
      put: (...args) => {
        const upload = shelf.put(...args);
        const ended = upload.catch(() => undefined).finally(() => underWay.delete(ended));
        underWay.add(ended);
        return upload;
      },
    },
    settled: () => Promise.all(underWay),
  };
}

/**
 * Opens the registry: takes the data folder for this process, brings its schema to this release, removes what
 * interrupted uploads left.
 *
 * @throws {StoreError} `unusable` the folder is held by another process, written by a newer release, or bytes are gone
 */
export async function openRegistryStore(options: RegistryStoreOptions): Promise<RegistryStore> {
  const {
    clock = Date.now,
    failpoint = () => undefined,
    fs = nodeFs,
    floorBytes = defaultFloorBytes,
    graceMs = defaultGraceMs,
  } = options;
  const place = 'memory' in options ? placeInMemory() : placeOnDisk(options.dataDir);
  const { dataDir } = place;
  let opened: SqlDatabase | undefined;
  try {
    assertNotHalfRestored(dataDir);
    const db = new SqlDatabase(place.database, failpoint);
    opened = db;
    const context = { db, clock };
    migrate(db);
    await startCheck(context, dataDir, fs, graceMs);
    for (const dir of place.changedDirs) await fs.syncDir(dir);
    const files = new BlobStore({ dataDir, fs, floorBytes, failpoint });
    return assemble(context, files, { floorBytes, place });
  } catch (error) {
    opened?.close();
    place.release();
    throw error;
  }
}

/** What stays in the write-ahead log, on a full disk say, is committed all the same: the next start finds it there. */
function emptyLog(db: SqlDatabase): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'disk-full')) throw error;
  }
}

function assemble(
  context: StoreContext,
  files: BlobStore,
  { floorBytes, place }: { readonly floorBytes: number; readonly place: Place },
): RegistryStore {
  const { db } = context;
  const { blobs, settled } = trackUploads(blobShelf(context, files));
  let closing: Promise<void> | undefined;
  async function closeOnce(): Promise<void> {
    await settled();
    emptyLog(db);
    db.close();
    place.release();
  }
  return {
    models: modelStore(context),
    versions: versionStore(context),
    blobs,
    datasets: datasetStore(context),
    decisions: decisionStore(context),
    documents: documentStore(context),
    audit: auditLog(db),
    once: idempotency(context),
    readiness: () => readinessOf(db, place.dataDir, floorBytes),
    close: () => {
      closing ??= closeOnce();
      return closing;
    },
  };
}
