import Database from 'libsql';
import type { Failpoint } from './failpoint.ts';
import { StoreError } from './store-error.ts';

export type SqlValue = string | number | null;

/** NUL ends a text inside SQLite, and a lone surrogate becomes U+FFFD (both seen with libsql 0.5): neither would come back. */
const unstorable = /\0|\p{Surrogate}/u;

function assertStorable(values: readonly SqlValue[]): void {
  for (const value of values) {
    if (typeof value === 'string' && unstorable.test(value)) {
      throw new StoreError('invalid', 'A text has a character that cannot be kept (NUL, or half of a pair).');
    }
  }
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What SQLite said, in the store's own words where it has some. */
function storeErrorFrom(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') {
    return new StoreError('disk-full', 'The disk is full: nothing was changed.', '', error);
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new StoreError(
      'unusable',
      'registry.db is damaged. Restore a backup into an empty folder.',
      '',
      error,
    );
  }
  return error;
}

function openDurable(path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: 5000 });
    db.pragma('journal_mode = WAL');
    // NORMAL can lose the last commits of a power cut, and they were acknowledged.
    db.pragma('synchronous = FULL');
    db.pragma('busy_timeout = 5000');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    return db;
  } catch (error) {
    db?.close();
    throw new StoreError('unusable', `${path} cannot be opened as a database.`, '', error);
  }
}

/**
 * One connection to one SQLite file: the pragmas that make a commit durable, prepared statements, transactions that
 * nest. Rows come back as plain objects of their columns.
 */
export class SqlDatabase {
  readonly #db: Database.Database;
  readonly #failpoint: Failpoint;
  readonly #statements = new Map<string, Database.Statement>();
  #depth = 0;

  /**
   * @param path a file, made when it is not there, or `:memory:`
   * @throws {StoreError} `unusable` not a database, or it cannot be opened
   */
  constructor(path: string, failpoint: Failpoint = () => undefined) {
    this.#failpoint = failpoint;
    this.#db = openDurable(path);
  }

  #statement(sql: string): Database.Statement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  /** The rows of a query, or of a pragma. @param values bound to `?` in order */
  all<Row>(sql: string, values: readonly SqlValue[] = []): Row[] {
    assertStorable(values);
    try {
      return this.#statement(sql).all(values) as Row[];
    } catch (error) {
      throw storeErrorFrom(error);
    }
  }

  /** The first row of a query; undefined when there is none. */
  get<Row>(sql: string, values: readonly SqlValue[] = []): Row | undefined {
    return this.all<Row>(sql, values)[0];
  }

  /** Runs a statement that changes rows. @returns how many */
  run(sql: string, values: readonly SqlValue[] = []): number {
    assertStorable(values);
    try {
      return this.#statement(sql).run(values).changes;
    } catch (error) {
      throw storeErrorFrom(error);
    }
  }

  /** Runs statements that are separated by `;` and take no values. */
  exec(sql: string): void {
    try {
      this.#db.exec(sql);
    } catch (error) {
      throw storeErrorFrom(error);
    }
  }

  /**
   * Runs `work` in an IMMEDIATE transaction: all of it, or nothing when it throws. Within a transaction it is a
   * savepoint, so that a caught error leaves nothing behind either.
   */
  transaction<T>(work: () => T): T {
    const depth = this.#depth;
    this.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT s${depth}`);
    this.#depth = depth + 1;
    try {
      const result = work();
      if (depth === 0) this.#failpoint('before-commit');
      this.exec(depth === 0 ? 'COMMIT' : `RELEASE s${depth}`);
      if (depth === 0) this.#failpoint('after-commit');
      return result;
    } catch (error) {
      this.#rollBack(depth);
      throw error;
    } finally {
      this.#depth = depth;
    }
  }

  #rollBack(depth: number): void {
    // A full disk or a failed write has rolled the transaction back already.
    if (!this.#db.inTransaction) return;
    this.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO s${depth}; RELEASE s${depth}`);
  }

  /** Lets go of the file. */
  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}
