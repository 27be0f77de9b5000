import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'libsql';
import { StoreError } from './store-error.ts';

/** The registry's folder: `CUTLINE_DATA`, else `.cutline` in the working folder; absolute. */
export function dataDirFrom(env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env.CUTLINE_DATA || '.cutline');
}

/** The database of a data folder. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'registry.db');
}

/** Lies in a data folder while a backup is restored into it. */
export function restoreMark(dataDir: string): string {
  return join(dataDir, 'restore-unfinished');
}

/**
 * Makes a data folder with its parts where they are missing.
 *
 * @returns the folders in which names were made, to be flushed
 */
export function makeDataDir(dataDir: string): string[] {
  const topmost = mkdirSync(dataDir, { recursive: true, mode: 0o750 });
  for (const part of ['tmp', 'blobs']) mkdirSync(join(dataDir, part), { recursive: true, mode: 0o750 });
  const changed = [dataDir];
  for (let made = dataDir; topmost !== undefined && made.length >= topmost.length; made = dirname(made)) {
    changed.push(dirname(made));
  }
  return changed;
}

/** @throws {StoreError} `unusable` a restore into this folder did not end */
export function assertNotHalfRestored(dataDir: string): void {
  if (!existsSync(restoreMark(dataDir))) return;
  throw new StoreError(
    'unusable',
    `A restore into ${dataDir} did not end. Empty the folder and restore again.`,
  );
}

function holderOf(dataDir: string): string {
  const path = join(dataDir, 'server.pid');
  return existsSync(path) ? ` (process ${readFileSync(path, 'utf8').trim()})` : '';
}

function tellHolder(dataDir: string): void {
  try {
    writeFileSync(join(dataDir, 'server.pid'), `${process.pid}\n`);
  } catch {
    // It only names the process in the refusal of a second one: a full disk must not keep a server from starting.
  }
}

function whyNotHeld(dataDir: string, error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
    return `The data folder ${dataDir} is in use by another Cutline server${holderOf(dataDir)}. Stop it, or set CUTLINE_DATA to another folder.`;
  }
  return `The data folder ${dataDir} cannot be written. Set CUTLINE_DATA to another folder.`;
}

/**
 * Holds a data folder for this process: an exclusive SQLite lock on `server.lock`, which the system drops however the
 * process ends. Nothing else may open that file: closing it would drop the lock.
 *
 * @returns lets go of the folder
 * @throws {StoreError} `unusable` another process holds it, or it cannot be written
 */
export function holdDataDir(dataDir: string): () => void {
  let lock: Database.Database | undefined;
  try {
    // SQLite opens what it may only read, and its exclusive transaction is then none.
    accessSync(dataDir, constants.W_OK);
    lock = new Database(join(dataDir, 'server.lock'));
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw new StoreError('unusable', whyNotHeld(dataDir, error), '', error);
  }
  tellHolder(dataDir);
  const held = lock;
  return () => held.close();
}
