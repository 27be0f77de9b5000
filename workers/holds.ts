import type { ScoresInfo } from '../src/contracts/tasks.ts';
import { DataError } from '../src/core/errors.ts';
import type { Column, Table } from '../src/core/table/column.ts';
import type { ColumnSummary, Notice, TableSummary } from '../src/core/table/summary.ts';

/** Columns that one part of a recipe made: a reading makes one, a join some. */
export interface MadePart {
  readonly columns: readonly Column[];
  /** One for each of `columns`, without a guessed role. */
  readonly summaries: readonly ColumnSummary[];
  readonly notices: readonly Notice[];
}

export interface HeldTable {
  readonly table: Table;
  /** null in a worker that only scores. */
  readonly summary: TableSummary | null;
  /** Of a derived table: what its recipe's parts made, by their keys; other recipes of the same base take it from here. */
  readonly parts: ReadonlyMap<string, MadePart>;
  /** As `ReadTable.made`. */
  readonly made: Readonly<Record<string, string>>;
}

/** A table as it was read. */
export function baseTable(table: Table, summary: TableSummary | null): HeldTable {
  return { table, summary, parts: new Map(), made: {} };
}

/** A table's summary. @throws {DataError} `unknown-handle` in a worker that was given the columns only, for scoring */
export function summaryOf(held: HeldTable): TableSummary {
  if (held.summary !== null) return held.summary;
  throw new DataError('unknown-handle', `This worker only scores the table "${held.table.name}".`);
}

export interface HeldScores {
  readonly tableId: string;
  /** Whether the browser's storage has them too, so that they may leave memory. */
  readonly isKept: boolean;
  readonly scores: Float64Array;
  readonly info: ScoresInfo;
}

/** Things a worker holds, found by handle. */
export class Shelf<V> {
  readonly #things = new Map<string, V>();
  readonly #what: string;
  readonly #most: number;
  readonly #mayGo: (thing: V) => boolean;

  /**
   * @param most the least recently used thing makes room for the next beyond this many
   * @param mayGo which things may make room; others stay, however many there are
   */
  constructor(what: string, most = Number.POSITIVE_INFINITY, mayGo: (thing: V) => boolean = () => true) {
    this.#what = what;
    this.#most = most;
    this.#mayGo = mayGo;
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
    let over = this.#things.size - this.#most;
    for (const [old, other] of this.#things) {
      if (over <= 0 || old === id) return;
      if (!this.#mayGo(other)) continue;
      this.#things.delete(old);
      over--;
    }
  }

  delete(id: string): void {
    this.#things.delete(id);
  }

  deleteWhere(matches: (thing: V, id: string) => boolean): void {
    for (const [id, thing] of this.#things) if (matches(thing, id)) this.#things.delete(id);
  }

  /** All things with their handles, the least recently used first. */
  entries(): IterableIterator<[string, V]> {
    return this.#things.entries();
  }
}
