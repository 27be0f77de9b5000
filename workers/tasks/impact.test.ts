import { afterEach, beforeEach, expect, it } from 'vitest';
import { loanBook } from '../../scripts/simulate/loan-book.ts';
import { outcomes } from '../../scripts/simulate/outcomes.ts';
import type { SimulatedTable } from '../../scripts/simulate/simulated-table.ts';
import { csvPieces } from '../../scripts/simulate/write-table.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { OutcomesReading } from '../../src/core/impact/impact-figures.ts';
import { defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { SLICE_ROWS } from '../../src/core/sliced.ts';
import type { DateColumn, NumberColumn, Table } from '../../src/core/table/column.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

let runtime: Runtime;
let jobId = 0;

function start<T extends TaskName>(task: T, args: TaskArgs<T>, onProgress?: (progress: Progress) => void) {
  return runtime.run({ jobId: ++jobId, task, args, priority: 'background' }, onProgress ?? null);
}

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await start(task, args);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

const read = async (simulated: SimulatedTable, name: string): Promise<Table> =>
  (await openTable(new Blob([[...csvPieces(simulated)].join('')]), { name })).table;

const attach = (tableId: string, table: Table) => run('table/attach', { tableId, table, summary: null });

const scenario = {
  ...defaultScenario('lending', 'amount'),
  ...{ lossRate: 0.25, reviewCost: 450, fixedCost: 12_000, rowsPerYear: 6000 },
};
const spec: JudgementSpec = {
  tableId: 'loans',
  scores: { kind: 'column', column: 'score' },
  target: { column: 'outcome', positive: ['bad'], excluded: [] },
  split: { column: 'split', value: 'test' },
  amountColumns: ['amount'],
  recalibration: null,
};
const reading: OutcomesReading = {
  ...{ idColumn: 'loan_id', decisionIdColumn: 'loan_id', outcomeColumn: 'outcome' },
  ...{ positive: ['bad'], undecided: ['open'], amount: null },
  dateColumn: { from: 'decisions', column: 'application_date' },
};

/** The book with a score: the share of income that goes to debts, missing where the bureau's score is. */
async function scoredBook(rows: number): Promise<Table> {
  const table = await read(loanBook(rows, 5), 'loans.csv');
  const numbers = (name: string) => table.columns.find((column) => column.name === name) as NumberColumn;
  const bureau = numbers('bureau_score').values;
  const values = numbers('debt_to_income').values.map((share, row) =>
    Number.isNaN(bureau[row]) ? Number.NaN : share,
  );
  const score: NumberColumn = { kind: 'number', name: 'score', values, spelling: 'shortest' };
  return { ...table, columns: [...table.columns, score] };
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  await attach('loans', await scoredBook(3000));
  await attach('ends', await read(outcomes(loanBook(3000, 5), 6), 'outcomes.csv'));
});
afterEach(() => runtime.close());

const predict = (change: Partial<TaskArgs<'impact/predicted'>> = {}) =>
  run('impact/predicted', { spec, scenario, threshold: 0.35, dateColumn: 'application_date', ...change });

async function realise(change: Partial<TaskArgs<'impact/realised'>> = {}) {
  const { perDecision } = await predict({ spec: change.spec ?? spec });
  const question = { spec, outcomesId: 'ends', reading, scenario, threshold: 0.35, promise: perDecision };
  return run('impact/realised', { ...question, ...change });
}

it('predicts what the decision bar says, in months of the judged rows', async () => {
  const predicted = await predict();
  const { id, rows } = await run('judgement/open', { spec });
  const { money, flagged } = await run('judgement/at', { judgementId: id, scenario, threshold: 0.35 });
  expect(predicted.total.net).toBeCloseTo(money!.net, 6);
  expect(predicted.total.spent).toBeCloseTo(money!.cost, 6);
  expect(predicted.total.flagged).toBeCloseTo((flagged * 6000) / rows, 6);
  expect(predicted.netInterval[1]).toBeCloseTo(money!.netInterval[1], 5);
  expect(predicted.months).toHaveLength(16);
  expect(predicted.months.reduce((sum, month) => sum + month.rows, 0)).toBe(rows);
});

it('realises the same money where the outcomes are the labels', async () => {
  // Judged rows without a score are no decisions: of the fixed cost, those with one carry their own share.
  const predicted = await predict();
  const realised = await realise();
  expect(realised.total.prevented).toBeCloseTo(
    (predicted.total.prevented * predicted.perDecision.rows) / 6000,
    5,
  );
  expect(
    realised.months.slice(0, 16).map(({ month, flagged, caught, net }) => [month, flagged, caught, net > 0]),
  ).toEqual(
    predicted.months.map(({ month, flagged, caught }, i) => [
      month,
      flagged,
      caught,
      realised.months[i]!.net > 0,
    ]),
  );
  expect(realised.months.slice(16)).toMatchObject([{ known: 0 }, { known: 0 }]);
  expect(realised).toMatchObject({ outcomesName: 'outcomes.csv', relabelled: 0, unknownIds: 0 });
});

it('decisions are recalibrated as the judged rows are', async () => {
  const recalibrated = { ...spec, recalibration: 'platt' as const };
  const judged = await run('judgement/open', { spec: recalibrated });
  const threshold = (judged.lowestScore + judged.highestScore) / 2;
  const predicted = await predict({ spec: recalibrated, threshold });
  const realised = await realise({ spec: recalibrated, threshold });
  expect(predicted.total.flagged).toBeGreaterThan(0);
  expect(realised.total.flagged).toBeCloseTo(
    (predicted.total.flagged * predicted.perDecision.rows) / 6000,
    6,
  );
  expect(realised.threshold).toBe(threshold);
});

it('says what is wrong with its columns, as data', async () => {
  await expect(predict({ dateColumn: 'region' })).rejects.toMatchObject({
    ...{ name: 'DataError', code: 'invalid-argument', place: { file: 'loans.csv', column: 'region' } },
  });
  await expect(realise({ outcomesId: 'gone' })).rejects.toMatchObject({ code: 'unknown-handle' });
  await expect(realise({ reading: { ...reading, idColumn: 'recovered_amount' } })).rejects.toMatchObject({
    ...{ code: 'join-key', place: { file: 'outcomes.csv', column: 'recovered_amount' } },
  });
});

it('gives way between slices, tells how far it is, and ends at a cancel', async () => {
  const rows = 2 * SLICE_ROWS + 1;
  const filled = (name: string, of: (row: number) => number): NumberColumn => ({
    ...{ kind: 'number', name, spelling: 'shortest' },
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  });
  const day: DateColumn = { kind: 'date', name: 'day', values: new Float64Array(rows) };
  const columns = [filled('score', (row) => (row % 100) / 100), filled('bad', (row) => row % 2), day];
  await attach('large', { name: 'large', rowCount: rows, columns });
  const args = {
    spec: {
      ...{ ...spec, tableId: 'large', split: null, amountColumns: [] },
      target: { column: 'bad', positive: ['1'], excluded: [] },
    },
    ...{ scenario: defaultScenario('lending', null), threshold: 0.5, dateColumn: 'day' },
  };
  const seen: Progress[] = [];
  const whole = await start('impact/predicted', args, (progress) => seen.push(progress));
  expect(whole.ok).toBe(true);
  expect(seen.at(-1)).toEqual({ done: rows, total: rows, unit: 'rows', rows });
  const canceled = start('impact/predicted', args, () => runtime.cancel(jobId));
  expect(await canceled).toMatchObject({ ok: false, error: { code: 'canceled' } });
});
