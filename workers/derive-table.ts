import type { TableRecipe } from '../src/contracts/tasks.ts';
import type { Column, Table } from '../src/core/table/column.ts';
import { columnByName } from '../src/core/table/column-access.ts';
import type { ColumnReading } from '../src/core/table/column-reading.ts';
import { joinTables } from '../src/core/table/join.ts';
import { type Allocate, placeColumn } from '../src/core/table/place-column.ts';
import { summarizeColumn, withGuessedRoles } from '../src/core/table/profile.ts';
import { readColumn } from '../src/core/table/read-column.ts';
import type { ColumnSummary, Notice } from '../src/core/table/summary.ts';
import { type HeldTable, type MadePart, summaryOf } from './holds.ts';
import type { Job } from './job.ts';
import { canonicalColumns, canonicalMatch, canonicalReading, type RecipeJoin, shortHash } from './recipe.ts';

/** What deriving takes from its worker. */
export interface DeriveContext {
  /** Parts that other recipes of the same base made already. */
  readonly known: ReadonlyMap<string, MadePart>;
  /** A table by its id, to join. @throws {DataError} `unknown-handle` */
  readonly tableOf: (tableId: string) => Table;
  /** Where new columns shall lie, for tables whose columns workers share; null = anywhere. */
  readonly allocate: Allocate | null;
  readonly job: Pick<Job, 'turn' | 'drain'>;
}

/**
 * The table that a recipe makes of a base: readings, then joins in order; the base itself when nothing changes.
 *
 * Its id is the base's, `+`, and a hash of the readings that change something (in no order) and of the joins. All
 * columns that the recipe leaves alone are the base's arrays; what another recipe of the base made is taken from there.
 * @throws {DataError} `column-missing`, and as `joinTables`
 * @throws {CanceledError} between two columns or slices of a join
 */
export async function deriveTable(
  base: HeldTable,
  recipe: TableRecipe,
  context: DeriveContext,
): Promise<HeldTable> {
  const making = new Making(base, context);
  for (const [name, reading] of Object.entries(recipe.readings)) await making.read(name, reading);
  for (const join of recipe.joins) await making.join(join);
  return making.finish();
}

class Making {
  readonly #base: HeldTable;
  readonly #context: DeriveContext;
  readonly #columns: Column[];
  readonly #summaries: ColumnSummary[];
  readonly #notices: Notice[];
  readonly #parts = new Map<string, MadePart>();
  readonly #made = new Map<string, string>();
  readonly #readings: (readonly [string, readonly unknown[]])[] = [];
  readonly #joins: unknown[] = [];

  constructor(base: HeldTable, context: DeriveContext) {
    this.#base = base;
    this.#context = context;
    const { columns, notices } = summaryOf(base);
    this.#columns = [...base.table.columns];
    this.#summaries = [...columns];
    this.#notices = [...notices];
  }

  async read(name: string, reading: ColumnReading): Promise<void> {
    const asRead = columnByName(this.#base.table, name);
    const index = this.#base.table.columns.indexOf(asRead);
    const canonical = canonicalReading(reading);
    if (canonical === null) return;
    const part = await this.#part(JSON.stringify(['read', name, canonical]), async () => {
      const { column, unparsable, notices } = readColumn(asRead, reading);
      const before = this.#summaries[index]!.unparsable;
      return { columns: [column], summaries: [summarizeColumn(column, before + unparsable)], notices };
    });
    const column = part.columns[0]!;
    if (column === asRead && part.notices.length === 0) return;
    this.#readings.push([name, canonical]);
    this.#notices.push(...part.notices);
    if (column === asRead) return;
    this.#columns[index] = column;
    this.#summaries[index] = part.summaries[0]!;
    this.#made.set(name, await shortHash(['read', name, canonical]));
  }

  async join(join: RecipeJoin): Promise<void> {
    const { job, tableOf } = this.#context;
    const left: Table = { ...this.#base.table, columns: this.#columns };
    const key = columnByName(left, join.leftKey).name;
    const match = [...canonicalMatch(join), this.#made.get(key) ?? null];
    // A name that is taken changes the name that a joined column gets.
    const near = left.columns
      .map(({ name }) => name)
      .filter((name) => join.columns.some(({ as }) => name.startsWith(as)));
    const columns = canonicalColumns(join.columns);
    const part = await this.#part(JSON.stringify(['join', match, columns, near]), async () => {
      const right = tableOf(join.tableId);
      const joined = await job.drain(joinTables(left, right, join));
      const added = joined.table.columns.slice(left.columns.length);
      const summaries: ColumnSummary[] = [];
      for (const column of added) {
        summaries.push(summarizeColumn(column));
        await job.turn();
      }
      return { columns: added, summaries, notices: joined.notices };
    });
    this.#joins.push([match, columns]);
    this.#columns.push(...part.columns);
    this.#summaries.push(...part.summaries);
    this.#notices.push(...part.notices);
    for (const [i, { name }] of part.columns.entries()) {
      const [column, aggregate] = columns[i]!;
      this.#made.set(name, await shortHash(['join', match, column, aggregate]));
    }
  }

  async finish(): Promise<HeldTable> {
    if (this.#readings.length === 0 && this.#joins.length === 0) return this.#base;
    const summary = summaryOf(this.#base);
    const readings = this.#readings.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      table: { ...this.#base.table, columns: this.#columns },
      summary: {
        ...summary,
        id: `${summary.id}+${await shortHash([readings, this.#joins])}`,
        columns: withGuessedRoles(this.#summaries, summary.rowCount),
        notices: this.#notices,
      },
      parts: this.#parts,
      made: Object.fromEntries(this.#made),
    };
  }

  /** What was made under this key before, or is made now and placed where columns lie. */
  async #part(key: string, make: () => Promise<MadePart>): Promise<MadePart> {
    const part = this.#context.known.get(key) ?? this.#placed(await make());
    this.#parts.set(key, part);
    await this.#context.job.turn();
    return part;
  }

  #placed(part: MadePart): MadePart {
    const { allocate } = this.#context;
    const { columns: own } = this.#base.table;
    if (allocate === null) return part;
    // A reading that changes nothing gives the base's own column, which lies there already.
    return {
      ...part,
      columns: part.columns.map((made) => (own.includes(made) ? made : placeColumn(made, allocate))),
    };
  }
}
