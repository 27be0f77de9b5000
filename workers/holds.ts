import type { ScoresInfo } from '../src/contracts/tasks.ts';
import { DataError } from '../src/core/errors.ts';
import type { Column, Table } from '../src/core/table/column.ts';
import type { ColumnSummary, TableSummary } from '../src/core/table/summary.ts';

/** A column as the file was read, kept for the columns whose kind was changed since. */
export interface ColumnAsRead {
  readonly column: Column;
  readonly summary: ColumnSummary;
}

export interface HeldTable {
  readonly table: Table;
  /** null in a worker that only scores. */
  readonly summary: TableSummary | null;
  /** By column name; only columns of another kind than they were read as. */
  readonly changed: ReadonlyMap<string, ColumnAsRead>;
}

export interface HeldScores {
  readonly tableId: string;
  readonly scores: Float64Array;
  readonly info: ScoresInfo;
}

/** Things a worker holds, found by handle. */
export class Shelf<V> {
  readonly #things = new Map<string, V>();
  readonly #what: string;
  readonly #most: number;

  /** @param most the least recently used thing makes room for the next beyond this many */
  constructor(what: string, most = Number.POSITIVE_INFINITY) {
    this.#what = what;
    this.#most = most;
  }

  /** @throws {DataError} `unknown-handle`, at which the page gives the thing again */
  get(id: string): V {
    const thing = this.find(id);
    if (thing !== undefined) return thing;
    throw new DataError(
      'unknown-handle',
      `The worker does not hold this ${this.#what} (${id.slice(0, 12)}).`,
    );
  }

  /** As `get`, but undefined when it is not there. */
  find(id: string): V | undefined {
    const thing = this.#things.get(id);
    if (thing === undefined) return undefined;
    // A Map keeps the order of insertion: taken out and put back, the thing is the most recently used.
    this.#things.delete(id);
    this.#things.set(id, thing);
    return thing;
  }

  put(id: string, thing: V): void {
    this.#things.delete(id);
    this.#things.set(id, thing);
    if (this.#things.size <= this.#most) return;
    for (const oldest of this.#things.keys()) {
      this.#things.delete(oldest);
      return;
    }
  }

  delete(id: string): void {
    this.#things.delete(id);
  }

  deleteWhere(matches: (thing: V) => boolean): void {
    for (const [id, thing] of this.#things) if (matches(thing)) this.#things.delete(id);
  }
}
