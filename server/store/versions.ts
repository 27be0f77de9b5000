import type { Artifact, ModelVersion } from '../../src/contracts/registry/models.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SqlDatabase } from './database.ts';
import { labelsOf, modelRow, patched } from './models.ts';
import { pageOf } from './page-cursor.ts';
import type { VersionStore } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';
import { type Tree, treeOf } from './tree.ts';

/** Row of `model_versions` with the manifest of its tree. */
interface VersionRow {
  readonly version: number;
  readonly tree_sha256: string;
  readonly manifest: string;
  readonly description: string;
  readonly tags: string;
  readonly created_at: number;
  readonly created_by: string;
}

const versionColumns = 'SELECT v.*, t.manifest FROM model_versions v JOIN trees t USING (tree_sha256)';

function artifactsOf(manifest: string): Artifact[] {
  const entries = JSON.parse(manifest) as Artifact[];
  return entries.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
}

function versionOf(modelName: string, row: VersionRow): ModelVersion {
  return {
    modelName,
    version: row.version,
    description: row.description,
    tags: JSON.parse(row.tags),
    artifacts: artifactsOf(row.manifest),
    treeSha256: row.tree_sha256,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

function versionRow(db: SqlDatabase, modelName: string, version: number): VersionRow {
  const { id } = modelRow(db, modelName);
  const row = db.get<VersionRow>(`${versionColumns} WHERE v.model_id = ? AND v.version = ?`, [id, version]);
  if (row === undefined) {
    throw new StoreError('not-found', `Model "${modelName}" has no version ${version}.`, 'version');
  }
  return row;
}

/** @throws {StoreError} `blob-missing` or `invalid`, with the index of the artifact as it was sent */
function assertUploaded(db: SqlDatabase, artifacts: readonly Artifact[]): void {
  artifacts.forEach(({ path, size, sha256 }, index) => {
    const blob = db.get<{ size: number }>('SELECT size FROM blobs WHERE sha256 = ?', [sha256]);
    if (blob === undefined) {
      throw new StoreError(
        'blob-missing',
        `The bytes of "${path}" were not uploaded.`,
        `artifacts.${index}.sha256`,
      );
    }
    if (blob.size !== size) {
      throw new StoreError(
        'invalid',
        `"${path}" has ${blob.size} bytes, not ${size}.`,
        `artifacts.${index}.size`,
      );
    }
  });
}

function keepTree(db: SqlDatabase, { artifacts, manifest, treeSha256 }: Tree, now: number): void {
  const isNew = db.run('INSERT INTO trees VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
    treeSha256,
    manifest,
    now,
  ]);
  if (isNew === 0) return;
  for (const { path, size, sha256 } of artifacts) {
    db.run('INSERT INTO tree_entries VALUES (?, ?, ?, ?)', [treeSha256, path, sha256, size]);
  }
}

/** The name's next number, which is then spent for good. */
function takeNumber(db: SqlDatabase, name: string): number {
  const taken = db.get<{ version: number }>(
    'SELECT next_version AS version FROM model_names WHERE name = ?',
    [name],
  );
  if (taken === undefined) throw new StoreError('unusable', `The counter of model "${name}" is gone.`);
  db.run('UPDATE model_names SET next_version = next_version + 1 WHERE name = ?', [name]);
  return taken.version;
}

/** Versions over the tables `model_versions`, `trees` and `tree_entries`. */
export function versionStore(context: StoreContext): VersionStore {
  const { db } = context;
  return {
    create: (change, modelName, { description, tags, artifacts }) =>
      changing(context, change, (now, tell) => {
        const { id } = modelRow(db, modelName);
        const tree = treeOf(artifacts);
        assertUploaded(db, artifacts);
        keepTree(db, tree, now);
        const version = takeNumber(db, modelName);
        db.run('INSERT INTO model_versions VALUES (?, ?, ?, ?, ?, ?, ?)', [
          id,
          version,
          tree.treeSha256,
          description,
          canonicalJson(tags),
          now,
          change.actor,
        ]);
        db.run(
          'UPDATE registered_models SET latest_version = ?, version_count = version_count + 1, updated_at = ? WHERE id = ?',
          [version, now, id],
        );
        tell({
          action: 'version.create',
          object: `models/${modelName}/versions/${version}`,
          before: null,
          after: { description, tags, treeSha256: tree.treeSha256, files: artifacts.length },
        });
        return versionOf(modelName, versionRow(db, modelName, version));
      }),
    get: (modelName, version) => versionOf(modelName, versionRow(db, modelName, version)),
    list: (modelName, query) => {
      const { id } = modelRow(db, modelName);
      return pageOf(
        query,
        (before, limit) =>
          db.all<VersionRow>(
            `${versionColumns} WHERE v.model_id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?`,
            [id, before, limit],
          ),
        (row) => row.version,
        (row) => versionOf(modelName, row),
      );
    },
    patch: (change, modelName, version, patch) =>
      changing(context, change, (_now, tell) => {
        const row = versionRow(db, modelName, version);
        const next = patched(patch, row);
        db.run('UPDATE model_versions SET description = ?, tags = ? WHERE model_id = ? AND version = ?', [
          next.description,
          next.tags,
          modelRow(db, modelName).id,
          version,
        ]);
        tell({
          action: 'version.patch',
          object: `models/${modelName}/versions/${version}`,
          before: labelsOf(row),
          after: labelsOf(next),
        });
        return versionOf(modelName, versionRow(db, modelName, version));
      }),
    artifact: (modelName, version, path) => {
      const row = versionRow(db, modelName, version);
      const entry = db.get<Artifact>(
        'SELECT path, size, sha256 FROM tree_entries WHERE tree_sha256 = ? AND path = ?',
        [row.tree_sha256, path],
      );
      if (entry === undefined) {
        throw new StoreError(
          'not-found',
          `Version ${version} of "${modelName}" has no file "${path}".`,
          'path',
        );
      }
      return entry;
    },
  };
}
