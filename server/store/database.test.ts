import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqlDatabase } from './database.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cutline-database-'));
  path = join(dir, 'x.db');
});

afterEach(() => rmSync(dir, { recursive: true }));

function withTable(): SqlDatabase {
  const db = new SqlDatabase(path);
  db.exec('CREATE TABLE t (x INTEGER PRIMARY KEY, s TEXT) STRICT');
  return db;
}

describe('the database', () => {
  it('has the pragmas that make a commit durable', () => {
    const db = withTable();
    expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    // 2 = FULL.
    expect(db.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(db.get('PRAGMA trusted_schema')).toEqual({ trusted_schema: 0 });
    db.close();
  });

  it('gives rows of their columns only', () => {
    const db = withTable();
    db.run('INSERT INTO t VALUES (1, NULL)');
    expect(db.get('SELECT * FROM t')).toEqual({ x: 1, s: null });
    expect(db.get('SELECT * FROM t WHERE x = 2')).toBeUndefined();
    db.close();
  });

  it('undoes all of a transaction that throws, and only the inner one when the outer caught it', () => {
    const db = withTable();
    expect(() =>
      db.transaction(() => {
        db.run('INSERT INTO t VALUES (1, NULL)');
        throw new Error('no');
      }),
    ).toThrow('no');
    db.transaction(() => {
      db.run('INSERT INTO t VALUES (2, NULL)');
      expect(() =>
        db.transaction(() => {
          db.run('INSERT INTO t VALUES (3, NULL)');
          db.run('INSERT INTO t VALUES (2, NULL)');
        }),
      ).toThrow(/UNIQUE/);
      db.transaction(() => db.run('INSERT INTO t VALUES (4, NULL)'));
    });
    expect(db.all('SELECT x FROM t')).toEqual([{ x: 2 }, { x: 4 }]);
    db.close();
  });

  it('says that the disk is full, changes nothing, and goes on when there is room', () => {
    const db = withTable();
    const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    db.all(`PRAGMA max_page_count = ${pages + 2}`);
    const large = 'x'.repeat(100_000);
    expect(() =>
      db.transaction(() => {
        db.run('INSERT INTO t VALUES (1, NULL)');
        db.run('INSERT INTO t VALUES (2, ?)', [large]);
      }),
    ).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(db.all('SELECT x FROM t')).toEqual([]);
    db.all(`PRAGMA max_page_count = ${pages + 200}`);
    db.transaction(() => db.run('INSERT INTO t VALUES (2, ?)', [large]));
    expect(db.all('SELECT x FROM t')).toEqual([{ x: 2 }]);
    db.close();
  });

  it('refuses a file that is no database', () => {
    writeFileSync(path, 'not a database, but long enough to be read as a header of one'.repeat(50));
    expect(() => new SqlDatabase(path)).toThrow(expect.objectContaining({ code: 'unusable' }));
  });
});
