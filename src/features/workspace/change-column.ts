/** What the column table and the settings of a column change: only choices, which undo takes back. */
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnReadings } from '../../core/table/column-reading.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import type { RoleChoice } from './column-options.ts';
import { withKind } from './column-readings.ts';
import { withRole } from './table-choices.ts';

/** Changes how a column is read. `change` gets the readings and the column as the file was read. */
export function changeReading(
  column: string,
  change: (readings: ColumnReadings, asRead: ColumnSummary) => ColumnReadings,
): void {
  const { choices, base, choose } = useWorkspace.getState();
  const asRead = base?.columns.find(({ name }) => name === column);
  if (asRead !== undefined) choose({ readings: change(choices.readings, asRead) });
}

export function changeKind(column: string, kind: ColumnKind): void {
  changeReading(column, (readings, asRead) => withKind(readings, asRead, kind));
}

export function changeRole(column: string, choice: RoleChoice): void {
  const { choices, table, choose } = useWorkspace.getState();
  if (table.value !== null)
    choose(withRole(choices, table.value, column, choice === 'feature' ? null : choice));
}
