import type { AuditEvent, AuditVerdict } from '../../src/contracts/registry/audit.ts';
import { verifyChain } from '../audit/verify-chain.ts';
import { type BlobName, isGone, sha256OfFile } from './blob-copy.ts';
import { blobPath } from './blob-store.ts';
import { canonicalJson, sha256OfText } from './canonical-json.ts';
import { SqlDatabase } from './database.ts';
import { openExistingDatabase } from './existing-database.ts';
import { migrate } from './migrations.ts';

/** What `registry verify` found. */
export interface RegistryReport {
  readonly audit: AuditVerdict;
  readonly blobs: number;
  readonly trees: number;
  /** One sentence each; none when all is as it was written. */
  readonly faults: readonly string[];
}

/** Damaged pages, rows that point nowhere, and triggers or tables that are not those of this release. */
function structureFaults(db: SqlDatabase): string[] {
  const faults: string[] = [];
  for (const { integrity_check } of db.all<{ integrity_check: string }>('PRAGMA integrity_check')) {
    if (integrity_check !== 'ok') faults.push(`registry.db: ${integrity_check}`);
  }
  for (const { table, parent } of db.all<{ table: string; parent: string }>('PRAGMA foreign_key_check')) {
    faults.push(`A row of ${table} points to a row of ${parent} that is not there.`);
  }
  const found = schemaOf(db);
  const fresh = new SqlDatabase(':memory:');
  migrate(fresh);
  for (const [name, sql] of schemaOf(fresh)) {
    if (found.get(name) !== sql) faults.push(`The ${name} of registry.db is not the one of this release.`);
  }
  fresh.close();
  return faults;
}

function schemaOf(db: SqlDatabase): Map<string, string> {
  const rows = db.all<{ type: string; name: string; sql: string }>(
    'SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name',
  );
  return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
}

function treeFaults(db: SqlDatabase): string[] {
  const faults: string[] = [];
  for (const { tree_sha256: tree } of db.all<{ tree_sha256: string }>('SELECT tree_sha256 FROM trees')) {
    const manifest =
      db.get<{ manifest: string }>('SELECT manifest FROM trees WHERE tree_sha256 = ?', [tree])?.manifest ??
      '';
    if (sha256OfText(manifest) !== tree) faults.push(`The manifest of tree ${tree} has another digest.`);
    const entries = db.all<{ path: string; size: number; sha256: string }>(
      'SELECT path, size, sha256 FROM tree_entries WHERE tree_sha256 = ?',
      [tree],
    );
    const listed = entries
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((entry) => ({ mode: 'file', ...entry }));
    if (canonicalJson(listed) !== manifest) faults.push(`The files of tree ${tree} are not its manifest's.`);
  }
  return faults;
}

/** Name and digest of each thing that the log says was written; what is there now must be the same. */
function* auditedDigests(db: SqlDatabase): Generator<readonly [string, string]> {
  const events = db.all<Pick<AuditEvent, 'action' | 'object'> & { after: string }>(
    "SELECT action, object, after FROM audit_events WHERE action IN ('version.create', 'decision.pin', 'document.put') ORDER BY seq",
  );
  for (const { action, object, after } of events) {
    const facts = JSON.parse(after) as { treeSha256: string; sha256: string; revision: number };
    if (action === 'version.create') yield [object, facts.treeSha256];
    if (action === 'decision.pin') yield [object, facts.sha256];
    if (action === 'document.put') yield [`${object}/revisions/${facts.revision}`, facts.sha256];
  }
}

function* presentDigests(db: SqlDatabase): Generator<readonly [string, string]> {
  const versions = db.all<{ name: string; version: number; tree_sha256: string }>(
    'SELECT m.name, v.version, v.tree_sha256 FROM model_versions v JOIN registered_models m ON m.id = v.model_id',
  );
  for (const { name, version, tree_sha256: tree } of versions)
    yield [`models/${name}/versions/${version}`, tree];
  for (const { id, body } of db.all<{ id: string; body: string }>('SELECT id, body FROM decisions')) {
    yield [`decisions/${id}`, sha256OfText(body)];
  }
  const revisions = db.all<{ kind: string; name: string; revision: number; body: string }>(
    'SELECT kind, name, revision, body FROM documents WHERE body IS NOT NULL',
  );
  for (const { kind, name, revision, body } of revisions) {
    yield [`documents/${kind}/${name}/revisions/${revision}`, sha256OfText(body)];
  }
}

/** Versions, decisions and documents that differ from what the log says of them, on either side. */
function logFaults(db: SqlDatabase): string[] {
  const faults: string[] = [];
  const audited = new Map(auditedDigests(db));
  for (const [object, digest] of presentDigests(db)) {
    const told = audited.get(object);
    if (told === undefined) faults.push(`${object} has no event in the audit log.`);
    else if (told !== digest) faults.push(`${object} is not what the audit log says was written.`);
    audited.delete(object);
  }
  for (const object of audited.keys()) faults.push(`${object} is in the audit log and gone.`);
  return faults;
}

/** A blob that a server which has just started collected is no fault: its row is gone too. */
async function blobFaults(db: SqlDatabase, dataDir: string, blobs: readonly BlobName[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { sha256 } of blobs) {
    try {
      const found = await sha256OfFile(blobPath(dataDir, sha256));
      if (found !== sha256) faults.push(`Blob ${sha256} is damaged: its bytes have another digest.`);
    } catch (error) {
      if (!isGone(error)) throw error;
      const isKept = db.get('SELECT 1 FROM blobs WHERE sha256 = ?', [sha256]) !== undefined;
      if (isKept) faults.push(`Blob ${sha256} is gone.`);
    }
  }
  return faults;
}

/**
 * Checks a data folder from end to end, also while a server runs on it: pages, foreign keys and triggers of the
 * database, the audit chain, every tree, what the log says of each version, decision and document, every blob's digest.
 *
 * @throws {StoreError} `unusable` there is no registry, or one of another schema
 */
export async function verifyRegistry(dataDir: string): Promise<RegistryReport> {
  const db = openExistingDatabase(dataDir);
  try {
    // One snapshot for all that compares rows.
    db.exec('BEGIN');
    const audit = await verifyChain(db);
    const blobs = db.all<BlobName>('SELECT sha256, size FROM blobs');
    const trees = db.get<{ count: number }>('SELECT COUNT(*) AS count FROM trees')?.count ?? 0;
    const broken = audit.firstBroken;
    const faults = [
      ...(broken === null ? [] : [`The audit chain breaks at event ${broken.seq}: ${broken.why}.`]),
      ...structureFaults(db),
      ...treeFaults(db),
      ...(broken === null ? logFaults(db) : []),
    ];
    db.exec('COMMIT');
    faults.push(...(await blobFaults(db, dataDir, blobs)));
    return { audit, blobs: blobs.length, trees, faults };
  } finally {
    db.close();
  }
}
