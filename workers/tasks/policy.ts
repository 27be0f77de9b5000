import { exportPolicySliced } from '../../src/core/money/policy-export.ts';
import { cellText, columnByName } from '../../src/core/table/column-access.ts';
import type { TaskHandlers } from '../runtime.ts';
import { type JudgementShelves, judgedRowsOf } from './judgement.ts';

/** The policy with its golden rows: the only rows, 50 at most, that leave a worker, and only for the user's own file. */
export function policyTasks(shelves: JudgementShelves): Pick<TaskHandlers, 'judgement/policy'> {
  return {
    'judgement/policy': async ({ spec, policy, idColumn }, job) => {
      const { rows, scores, rawScores } = await judgedRowsOf(spec, shelves, job);
      await job.turn();
      const { table } = shelves.tables.get(spec.tableId);
      const ids = idColumn === null ? null : columnByName(table, idColumn);
      const idAt = (row: number) => (ids === null ? null : cellText(ids, row));
      const chosen = { ...policy, recalibration: spec.recalibration };
      return job.drain(exportPolicySliced(chosen, { rows, raw: rawScores, judged: scores, idColumn, idAt }));
    },
  };
}
