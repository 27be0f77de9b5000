import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import { DataError } from '../../src/core/errors.ts';
import { answerCascadeSliced } from '../../src/core/money/cascade-answer.ts';
import type { TaskHandlers } from '../runtime.ts';
import { type JudgementShelves, judgedRowsOf } from './judgement.ts';

/** Two scores of the same judged rows, as a cascade. */
export function cascadeTasks(shelves: JudgementShelves): Pick<TaskHandlers, 'judgement/cascade'> {
  return {
    'judgement/cascade': async ({ fast, accurate, scenario, design }, job) => {
      checkSameRows(fast, accurate);
      const first = await judgedRowsOf(fast, shelves, job);
      const second = await judgedRowsOf(accurate, shelves, job);
      const rows = {
        fast: first.scores,
        accurate: second.scores,
        labels: first.labels,
        amounts: first.amounts,
      };
      const answer = answerCascadeSliced(rows, fast.amountColumns, scenario, design);
      return job.drain(answer, (slice) => ({ ...slice, unit: 'rows', rows: slice.done }));
    },
  };
}

/** @throws {DataError} `shape-mismatch` naming in what the two definitions differ: table, target or split */
function checkSameRows(fast: JudgementSpec, accurate: JudgementSpec): void {
  const parts = [
    ['table', (spec: JudgementSpec) => spec.tableId],
    ['target', ({ target }: JudgementSpec) => targetText(target)],
    ['split', ({ split }: JudgementSpec) => JSON.stringify(split && [split.column, split.value])],
  ] as const;
  const different = parts.filter(([, of]) => of(fast) !== of(accurate)).map(([name]) => name);
  if (different.length === 0) return;
  throw new DataError(
    'shape-mismatch',
    `A cascade needs both scores of the same rows: these differ in ${different.join(' and ')}.`,
    { advice: 'Choose two scores of the table that is open.' },
  );
}

function targetText({ column, positive, excluded }: JudgementSpec['target']): string {
  return JSON.stringify([column, [...positive].sort(), [...excluded].sort()]);
}
