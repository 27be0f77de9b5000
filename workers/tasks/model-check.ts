import type { TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import type { ComparedScores } from '../../src/core/parity/compared-form.ts';
import type { Table } from '../../src/core/table/column.ts';
import { scoresFromColumn } from '../../src/core/table/score-column.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { LentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

/** The sanity checks of a model whose scores are held here: gathered by the engine, in turns with other jobs. */
export function modelCheckTasks(
  shelves: {
    readonly tables: Shelf<HeldTable>;
    readonly models: Shelf<HeldModel>;
    readonly scores: Shelf<HeldScores>;
  },
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
  scorers: LentScorers,
): Pick<TaskHandlers, 'model/check'> {
  return {
    'model/check': async (args, job) => {
      const { table } = shelves.tables.get(args.tableId);
      const { opened, summary } = shelves.models.get(args.modelId);
      const held = shelves.scores.get(args.scoresId);
      refuseOtherTable(held, table);
      const { target, split, goldenColumn } = args;
      const ground = {
        ...{ opened, summary, table, target, split },
        ...{ report: reportOf(args), scores: held.scores, recorded: recordedScores(table, goldenColumn) },
      };
      // The engine that made these scores: the gate proved it equal to the reference.
      const engine = held.info.gate?.engine ?? 'reference';
      const { checkModel } = await import('../../src/engine/check-model.ts');
      const checks = await checkModel(ground, (use) => scorers.withScorer(args.modelId, engine, use), job);
      return { checks };
    },
  };
}

function recordedScores(table: Table, column: string | null): ComparedScores | null {
  if (column === null) return null;
  return { name: column, scores: scoresFromColumn(table, column), precision: 'column', trees: null };
}

function refuseOtherTable({ scores }: HeldScores, table: Table): void {
  if (scores.length === table.rowCount) return;
  throw new DataError(
    'shape-mismatch',
    `The scores are of ${scores.length} rows, but the table "${table.name}" has ${table.rowCount}.`,
    { place: { file: table.name }, advice: 'Score this table again.' },
  );
}
