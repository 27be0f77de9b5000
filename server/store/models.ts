import type { RegisteredModel } from '../../src/contracts/registry/models.ts';
import type { LabelPatch } from '../../src/contracts/registry/primitives.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SqlDatabase } from './database.ts';
import { pageOf } from './page-cursor.ts';
import type { ModelStore } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** Row of `registered_models`. */
interface ModelRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly tags: string;
  readonly latest_version: number | null;
  readonly version_count: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly created_by: string;
}

function modelOf(row: ModelRow): RegisteredModel {
  return {
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: row.created_by,
    latestVersion: row.latest_version,
    versionCount: row.version_count,
  };
}

function findRow(db: SqlDatabase, name: string): ModelRow | undefined {
  return db.get<ModelRow>('SELECT * FROM registered_models WHERE name = ? AND deleted_at IS NULL', [name]);
}

/** The row of a model that is there. @throws {StoreError} `not-found` */
export function modelRow(db: SqlDatabase, name: string): ModelRow {
  const row = findRow(db, name);
  if (row === undefined) throw new StoreError('not-found', `There is no model "${name}".`, 'name');
  return row;
}

/** What a patch leaves of description and tags, ready to be written. */
export function patched(
  { description, tags }: LabelPatch,
  row: { readonly description: string; readonly tags: string },
): { description: string; tags: string } {
  return {
    description: description ?? row.description,
    tags: tags === undefined ? row.tags : canonicalJson(tags),
  };
}

/** Description and tags as an audit event tells them. */
export function labelsOf(row: { readonly description: string; readonly tags: string }): {
  description: string;
  tags: Record<string, string>;
} {
  return { description: row.description, tags: JSON.parse(row.tags) };
}

/** Registered models over the tables `model_names` and `registered_models`. */
export function modelStore(context: StoreContext): ModelStore {
  const { db } = context;
  return {
    create: (change, { name, description, tags }) =>
      changing(context, change, (now, tell) => {
        if (findRow(db, name) !== undefined) {
          throw new StoreError('exists', `There is a model "${name}" already.`, 'name');
        }
        db.run('INSERT INTO model_names VALUES (?, 1) ON CONFLICT DO NOTHING', [name]);
        db.run(
          'INSERT INTO registered_models (name, description, tags, created_at, updated_at, created_by) VALUES (?, ?, ?, ?, ?, ?)',
          [name, description, canonicalJson(tags), now, now, change.actor],
        );
        tell({
          action: 'model.create',
          object: `models/${name}`,
          before: null,
          after: { description, tags },
        });
        return modelOf(modelRow(db, name));
      }),
    get: (name) => modelOf(modelRow(db, name)),
    list: (query) =>
      pageOf(
        query,
        (before, limit) =>
          db.all<ModelRow>(
            'SELECT * FROM registered_models WHERE deleted_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?',
            [before, limit],
          ),
        (row) => row.id,
        modelOf,
      ),
    patch: (change, name, patch) =>
      changing(context, change, (now, tell) => {
        const row = modelRow(db, name);
        const next = patched(patch, row);
        db.run('UPDATE registered_models SET description = ?, tags = ?, updated_at = ? WHERE id = ?', [
          next.description,
          next.tags,
          now,
          row.id,
        ]);
        tell({
          action: 'model.patch',
          object: `models/${name}`,
          before: labelsOf(row),
          after: labelsOf(next),
        });
        return modelOf(modelRow(db, name));
      }),
    delete: (change, name) =>
      changing(context, change, (now, tell) => {
        const row = modelRow(db, name);
        db.run('UPDATE registered_models SET deleted_at = ?, updated_at = ? WHERE id = ?', [
          now,
          now,
          row.id,
        ]);
        tell({
          action: 'model.delete',
          object: `models/${name}`,
          before: { ...labelsOf(row), latestVersion: row.latest_version, versionCount: row.version_count },
          after: null,
        });
      }),
  };
}
