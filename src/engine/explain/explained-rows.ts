import { DataError } from '../../core/errors.ts';
import type { ExplainedRows } from '../../core/explain/explanation-ground.ts';
import type { Table } from '../../core/table/column.ts';
import { selectSplitRows } from '../../core/table/judged-rows.ts';
import type { SplitDefinition } from '../../core/table/target.ts';

/**
 * The table rows that a global explanation speaks of, ascending: judged rows are those of the split whose label counts,
 * also when all have the same outcome.
 *
 * @throws {DataError} `column-missing` | `value-missing` for target and split; `no-judged-rows`
 */
export function explainedRows(table: Table, over: ExplainedRows, split: SplitDefinition | null): Uint32Array {
  if (over.kind === 'all') return Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  const { rows, labels } = selectSplitRows(table, over.target, split);
  const judged = rows.filter((_, i) => labels[i]! >= 0);
  if (judged.length > 0) return judged;
  throw new DataError('no-judged-rows', `No row of the split has a label in "${over.target.column}".`, {
    place: { column: over.target.column },
    advice: 'Choose another target column or split, or explain all rows.',
  });
}
