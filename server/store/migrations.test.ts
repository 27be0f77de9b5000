import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256OfText } from './canonical-json.ts';
import { SqlDatabase } from './database.ts';
import { migrate, migrations, schemaVersion } from './migrations.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cutline-migrations-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

describe('migrations', () => {
  it('has released steps that nobody edited', () => {
    // A new step adds a line here; a line that is here never changes.
    expect(migrations.map(sha256OfText)).toEqual([
      '77e9cf02b0cde739ac27c7b1abe122ebe62ff55470cc3b2b62e2f3329c0d54f0',
    ]);
  });

  it('opens a file of schema 1 and brings it on, with its rows', () => {
    const path = join(dir, 'registry.db');
    const old = new SqlDatabase(path);
    migrate(old, migrations.slice(0, 1));
    old.run('INSERT INTO blobs VALUES (?, 3, 1, 1)', ['a'.repeat(64)]);
    old.close();
    const db = new SqlDatabase(path);
    expect(schemaVersion(db)).toBe(1);
    migrate(db, [...migrations.slice(0, 1), 'ALTER TABLE blobs ADD COLUMN seen INTEGER NOT NULL DEFAULT 7']);
    expect(schemaVersion(db)).toBe(2);
    expect(db.all('SELECT size, seen FROM blobs')).toEqual([{ size: 3, seen: 7 }]);
    db.close();
  });

  it('leaves a step that fails undone as a whole', () => {
    const db = new SqlDatabase(join(dir, 'registry.db'));
    migrate(db);
    const broken = [
      ...migrations,
      'CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE half (x INTEGER) STRICT;',
    ];
    expect(() => migrate(db, broken)).toThrow(/already exists/);
    expect(schemaVersion(db)).toBe(migrations.length);
    expect(db.get("SELECT 1 FROM sqlite_master WHERE name = 'half'")).toBeUndefined();
    db.close();
  });

  it('refuses a file of a newer release by name', () => {
    const db = new SqlDatabase(join(dir, 'registry.db'));
    db.exec('PRAGMA user_version = 99');
    expect(() => migrate(db)).toThrow(
      expect.objectContaining({ code: 'unusable', message: expect.stringContaining('schema 99') }),
    );
    db.close();
  });
});
