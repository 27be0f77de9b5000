/** The table that the choices ask for: the one that was read, its changed readings, and the tables joined to it. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { TableRecipe } from '../../contracts/tasks.ts';
import type { ColumnReading, ColumnReadings } from '../../core/table/column-reading.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { openTableOf } from './open-decision.ts';

export interface WantedTable {
  readonly baseId: string;
  readonly recipe: TableRecipe;
  /** True for the table as it was read. */
  readonly isPlain: boolean;
  /** Equal for equal base and recipe. */
  readonly key: string;
}

/**
 * What is to be on screen. Readings of columns that the table lacks, and joins whose table is not open, are left out:
 * the page asks for that table (see `missingFiles`).
 */
export function wantedTable(
  base: TableSummary,
  tables: readonly TableSummary[],
  choices: Pick<ViewState, 'readings' | 'joins'>,
): WantedTable {
  const readings = usedReadings(choices.readings, base);
  const joins = choices.joins.flatMap(({ table, ...spec }) => {
    const other = openTableOf(tables, table.id);
    return other === undefined ? [] : [{ ...spec, tableId: other.id }];
  });
  const recipe = { readings, joins };
  const isPlain = Object.keys(readings).length === 0 && joins.length === 0;
  return {
    baseId: base.id,
    recipe,
    isPlain,
    key: JSON.stringify([base.id, Object.entries(readings), joins]),
  };
}

/** Readings that change something, in the order of the table's columns: equal readings are then equal texts. */
function usedReadings(readings: ColumnReadings, base: TableSummary): ColumnReadings {
  const used = base.columns.flatMap(({ name }): (readonly [string, ColumnReading])[] => {
    const reading = readings[name];
    return reading === undefined || Object.keys(reading).length === 0 ? [] : [[name, reading]];
  });
  return Object.fromEntries(used);
}
