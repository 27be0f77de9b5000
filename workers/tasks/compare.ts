import type { ComparedForm, TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import { compareForms } from '../../src/core/parity/compare-forms.ts';
import { comparedColumn } from '../../src/core/parity/compared-column.ts';
import type { ComparedScores } from '../../src/core/parity/compared-form.ts';
import type { Table } from '../../src/core/table/column.ts';
import { comparedModel } from '../../src/engine/compared-model.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { HeldModel } from './models.ts';

/** Laying two forms of a model side by side, from scores that this worker holds. */
export function compareTasks(
  models: Shelf<HeldModel>,
  tables: Shelf<HeldTable>,
  scoresShelf: Shelf<HeldScores>,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
): Pick<TaskHandlers, 'scores/compare'> {
  const compared = (form: ComparedForm, table: Table): ComparedScores => {
    if (form.kind === 'column') return comparedColumn(table, form.column);
    const { opened } = models.get(form.model.modelId);
    const { scores } = scoresShelf.get(form.scoresId);
    if (scores.length !== table.rowCount) throw ofAnotherTable(scores.length, table);
    return comparedModel(opened, table, reportOf(form.model), scores);
  };
  return {
    'scores/compare': async ({ tableId, left, right, threshold }, job) => {
      const { table } = tables.get(tableId);
      const sides = [compared(left, table), compared(right, table)] as const;
      const total = table.rowCount;
      const comparison = await job.drain(compareForms(sides[0], sides[1], threshold), (slice) => {
        const done = Math.floor((slice.done / slice.total) * total);
        return { done, total, unit: 'rows', rows: done };
      });
      const { points } = comparison;
      const buffers = [points.rows, points.left, points.right].map(({ buffer }) => buffer as ArrayBuffer);
      return new Moved(comparison, buffers);
    },
  };
}

function ofAnotherTable(rowCount: number, table: Table): DataError {
  return new DataError(
    'shape-mismatch',
    `The scores are of ${rowCount} rows, but the table "${table.name}" has ${table.rowCount}.`,
    { place: { file: table.name }, advice: 'Score this table again.' },
  );
}
