import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import type { Progress } from '../../src/contracts/tasks.ts';
import { valuesOf } from '../../src/core/impact/outcomes-by-id.ts';
import { predictImpact } from '../../src/core/impact/predict-impact.ts';
import { type LoggedDecisions, realiseImpact } from '../../src/core/impact/realise-impact.ts';
import { recalibrateSliced } from '../../src/core/metrics/recalibration.ts';
import type { SliceProgress } from '../../src/core/sliced.ts';
import { selectSplitRows } from '../../src/core/table/judged-rows.ts';
import { amountsFromColumn } from '../../src/core/table/score-column.ts';
import { takeRows } from '../../src/core/table/take-rows.ts';
import type { Job } from '../job.ts';
import type { TaskHandlers } from '../runtime.ts';
import { type JudgementShelves, judgedRowsOf, recalibrationOf, scoresOf } from './judgement.ts';

type ImpactTasks = Pick<TaskHandlers, 'impact/predicted' | 'impact/realised'>;

/** What the decisions of a table bring, promised and kept. Rows stay here: only sums by month leave. */
export function impactTasks(shelves: JudgementShelves): ImpactTasks {
  const { tables } = shelves;
  return {
    'impact/predicted': async ({ spec, scenario, threshold, dateColumn }, job) => {
      const { rows, scores, labels, amounts } = await judgedRowsOf(spec, shelves, job);
      const { table } = tables.get(spec.tableId);
      const dates = dateColumn === null ? null : takeRows(valuesOf(table, dateColumn, 'date'), rows);
      await job.turn();
      const judged = { scores, labels, amountColumns: spec.amountColumns, amounts, dates };
      return job.drain(predictImpact(judged, scenario, threshold), rowsDone);
    },

    'impact/realised': async ({ spec, outcomesId, ...question }, job) => {
      const decisions = await loggedDecisions(spec, shelves, job);
      const outcomes = tables.get(outcomesId).table;
      return job.drain(realiseImpact(decisions, { ...question, outcomes }), rowsDone);
    },
  };
}

/** The scored rows of the split, labelled or not: what was decided, whether it was judged or not. */
async function loggedDecisions(
  spec: JudgementSpec,
  shelves: JudgementShelves,
  job: Job,
): Promise<LoggedDecisions> {
  const { table } = shelves.tables.get(spec.tableId);
  const all = scoresOf(spec, shelves);
  const decided = selectSplitRows(table, spec.target, spec.split);
  await job.turn();
  const isScored = (_: unknown, i: number) => !Number.isNaN(all[decided.rows[i]!]!);
  const rows = decided.rows.filter(isScored);
  const labels = decided.labels.filter(isScored);
  await job.turn();
  const recalibration = await recalibrationOf(spec, shelves, job);
  const raw = takeRows(all, rows);
  const scores = recalibration === null ? raw : await job.drain(recalibrateSliced(recalibration, raw));
  const amounts = spec.amountColumns.map((column) => takeRows(amountsFromColumn(table, column), rows));
  return { table, rows, labels, scores, amountColumns: spec.amountColumns, amounts };
}

function rowsDone({ done, total }: SliceProgress): Progress {
  return { done, total, unit: 'rows', rows: done };
}
