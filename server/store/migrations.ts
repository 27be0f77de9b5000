import type { SqlDatabase } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * Schema 1: blobs, trees, models, versions, datasets, decisions, documents, audit, idempotency.
 *
 * A model's name lives longer than the model: `model_names` holds the version counter, so a name that is registered
 * again goes on counting. What is never changed is guarded by triggers, not only by the code above.
 */
const firstRoom = `
CREATE TABLE blobs (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  created_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE trees (
  tree_sha256 TEXT PRIMARY KEY CHECK (length(tree_sha256) = 64),
  manifest TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tree_entries (
  tree_sha256 TEXT NOT NULL REFERENCES trees (tree_sha256),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES blobs (sha256),
  size INTEGER NOT NULL,
  PRIMARY KEY (tree_sha256, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX tree_entries_by_blob ON tree_entries (sha256);

CREATE TABLE model_names (
  name TEXT PRIMARY KEY,
  next_version INTEGER NOT NULL CHECK (next_version >= 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE registered_models (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL REFERENCES model_names (name),
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  latest_version INTEGER,
  version_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX registered_models_by_name ON registered_models (name) WHERE deleted_at IS NULL;

CREATE TABLE model_versions (
  model_id INTEGER NOT NULL REFERENCES registered_models (id),
  version INTEGER NOT NULL,
  tree_sha256 TEXT NOT NULL REFERENCES trees (tree_sha256),
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (model_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 64),
  name TEXT NOT NULL,
  byte_length INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  columns TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT,
  sha256 TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (kind, name, revision),
  CHECK ((body IS NULL) = (sha256 IS NULL))
) STRICT;

CREATE TABLE document_heads (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE REFERENCES documents (seq),
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_heads_by_kind ON document_heads (kind, seq);

CREATE TABLE audit_events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  identity_verified INTEGER NOT NULL CHECK (identity_verified IN (0, 1)),
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  request_id TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE idempotency (
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  request_sha256 TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events
  BEGIN SELECT RAISE(ABORT, 'audit events never change'); END;
CREATE TRIGGER audit_events_remain BEFORE DELETE ON audit_events
  BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;
CREATE TRIGGER documents_stay BEFORE UPDATE ON documents
  BEGIN SELECT RAISE(ABORT, 'revisions never change'); END;
CREATE TRIGGER documents_remain BEFORE DELETE ON documents
  BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER trees_stay BEFORE UPDATE ON trees
  BEGIN SELECT RAISE(ABORT, 'trees never change'); END;
CREATE TRIGGER tree_entries_stay BEFORE UPDATE ON tree_entries
  BEGIN SELECT RAISE(ABORT, 'trees never change'); END;
CREATE TRIGGER model_versions_stay BEFORE UPDATE OF model_id, version, tree_sha256, created_at, created_by ON model_versions
  BEGIN SELECT RAISE(ABORT, 'a version is frozen'); END;
`;

/** Entry n brings schema n to n + 1. An entry that was released is never edited: a change is a new entry. */
export const migrations: readonly string[] = [firstRoom];

/** The schema number that a database says it has; 0 for an empty one. */
export function schemaVersion(db: SqlDatabase): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/**
 * Brings a database to the latest schema, each step in a transaction of its own.
 *
 * @throws {StoreError} `unusable` when a newer release wrote it
 */
export function migrate(db: SqlDatabase, steps: readonly string[] = migrations): void {
  const found = schemaVersion(db);
  if (found > steps.length) {
    throw new StoreError(
      'unusable',
      `registry.db was written by a newer release (schema ${found}, this one knows ${steps.length}). Start that release, or another data folder.`,
    );
  }
  for (let version = found; version < steps.length; version += 1) {
    db.transaction(() => {
      db.exec(steps[version] ?? '');
      db.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}
