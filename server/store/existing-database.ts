import { existsSync } from 'node:fs';
import { databasePath } from './data-folder.ts';
import { SqlDatabase } from './database.ts';
import { migrations, schemaVersion } from './migrations.ts';
import { StoreError } from './store-error.ts';

/**
 * A second connection to the database of a folder, also while a server runs on it. It never changes the schema.
 *
 * @throws {StoreError} `unusable` there is none, or it has the schema of another release
 */
export function openExistingDatabase(dir: string): SqlDatabase {
  const path = databasePath(dir);
  if (!existsSync(path)) {
    throw new StoreError('unusable', `${dir} holds no registry. Set CUTLINE_DATA to the folder of one.`);
  }
  const db = new SqlDatabase(path);
  const found = schemaVersion(db);
  if (found === migrations.length) return db;
  db.close();
  throw new StoreError(
    'unusable',
    `${path} has schema ${found}, this release knows ${migrations.length}. Use the release that wrote it, or start this one's server on it once.`,
  );
}
