import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableOfCsv, takeColumns } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { ModelCheck, ModelCheckCode } from '../../src/core/sanity/model-check.ts';
import type { Column, Table } from '../../src/core/table/column.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const demos = join(import.meta.dirname, '../../public/demo');

let runtime: Runtime;
let lastJobId = 0;

beforeEach(() => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
});
afterEach(() => runtime.close());

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'background' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

interface Case {
  /** Path of the model file. */
  readonly model: string;
  /** Its bytes when they are not those of the file. */
  readonly bytes?: Uint8Array;
  readonly table: Table;
  readonly target: { readonly column: string; readonly positive: string };
  /** Only test rows are judged. */
  readonly split?: string;
  /** Columns for features without names, in their order. */
  readonly order?: readonly string[];
  readonly columnOf?: Record<string, string>;
  readonly golden?: string;
}

/** Scores the table with the model as the page does, and answers its checks by code. */
async function checksOf(one: Case): Promise<Record<ModelCheckCode, ModelCheck>> {
  const { table, target } = one;
  const tableId = 't';
  await run('table/attach', { tableId, table, summary: null });
  const bytes = one.bytes ?? new Uint8Array(readFileSync(one.model));
  const { id: modelId } = await run('model/open', { bytes, name: one.model, persist: false });
  const roled = ['row_id', 'split', target.column, ...(one.golden === undefined ? [] : [one.golden])];
  const choices = { columnOf: one.columnOf ?? {}, order: one.order ?? null };
  const on = { tableId, modelId, choices, roled, positiveValues: [target.positive] };
  const range = { engine: 'reference', rowStart: 0, rowEnd: table.rowCount, into: null } as const;
  const { scores, ...info } = await run('model/score', { ...on, ...range });
  const put = { scoresId: 's', tableId, scores: scores!, info: { ...info, gate: null }, persist: false };
  await run('scores/put', put);
  const { checks } = await run('model/check', {
    ...on,
    scoresId: 's',
    target: { column: target.column, positive: [target.positive], excluded: [] },
    split: one.split === undefined ? null : { column: one.split, value: 'test' },
    goldenColumn: one.golden ?? null,
  });
  return Object.fromEntries(checks.map((check) => [check.code, check])) as Record<ModelCheckCode, ModelCheck>;
}

const verdictsOf = (checks: Record<string, ModelCheck>) =>
  Object.fromEntries(Object.values(checks).map(({ code, verdict }) => [code, verdict]));

const right = {
  probabilities: 'pass',
  'double-softmax': 'pass',
  'class-order': 'pass',
  constant: 'pass',
  saturated: 'pass',
  degenerate: 'pass',
  scaling: 'pass',
  'feature-order': 'pass',
  'missing-values': 'pass',
  'golden-rows': 'not-enough-data',
};

const status = { column: 'Status', positive: 'bad' };
const creditModel = (name: string) => join(fixtures, 'credit_data/models', name);
const credit = await tableOfCsv(join(fixtures, 'credit_data/data_raw.csv'));
const raw = { model: creditModel('lightgbm_raw_columns.txt'), table: credit, target: status, split: 'split' };
const demo = { ...raw, model: creditModel('sklearn_gradient_boosting_raw_pipeline.onnx') };
const logistic = { ...raw, model: creditModel('sklearn_logistic_pipeline.no_zipmap.onnx') };

/** The table with some number columns made from themselves. */
function changed(
  table: Table,
  names: readonly string[],
  change: (values: Float64Array) => Float64Array,
): Table {
  const columns = table.columns.map((column): Column => {
    if (column.kind !== 'number' || !names.includes(column.name)) return column;
    return { ...column, values: change(column.values) };
  });
  return { ...table, columns };
}

const times = (factor: number) => (values: Float64Array) => values.map((value) => factor * value);

function standardised(values: Float64Array): Float64Array {
  const present = values.filter((x) => !Number.isNaN(x));
  const mean = present.reduce((sum, x) => sum + x, 0) / present.length;
  const squares = present.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return values.map((value) => (value - mean) / Math.sqrt(squares / present.length));
}

const numeric = ['Seniority', 'Time', 'Age', 'Expenses', 'Income', 'Assets', 'Debt', 'Amount', 'Price'];

/** A matrix of test rows with the outcome of data_raw.csv beside it. */
async function matrix(dataset: string, name: string, target: string): Promise<Table> {
  const table = await tableOfCsv(join(fixtures, dataset, `matrix_${name}_test.csv`));
  const whole = await tableOfCsv(join(fixtures, dataset, 'data_raw.csv'));
  const [ids] = takeColumns(table, ['row_id']).columns;
  const [labels] = takeColumns(whole, [target]).columns;
  if (ids?.kind !== 'number' || labels?.kind !== 'category') throw new Error('unexpected fixture');
  const codes = Int32Array.from(ids.values, (row) => labels.codes[row]!);
  return { ...table, columns: [...table.columns, { ...labels, codes }] };
}
const churn = { column: 'churn', positive: 'yes' };

async function demoTable(path: string): Promise<Table> {
  const bytes = readFileSync(join(demos, path));
  return (await openTable(new Blob([bytes]), { name: path })).table;
}

describe('models that are right', () => {
  it.each([
    ['the demo', demo],
    ['LightGBM on raw columns', raw],
    ['a logistic regression', logistic],
  ])('%s', async (_, one) => {
    expect(verdictsOf(await checksOf(one))).toEqual(right);
  });

  it.each([
    ['mlc_churn', 'lightgbm_categorical.txt', 'native_codes', churn],
    ['mlc_churn', 'xgboost_categorical.json', 'native_codes', churn],
    ['credit_data', 'lightgbm_categorical.txt', 'native_codes', status],
    ['credit_data', 'lightgbm_numeric.txt', 'native_codes', status],
    ['credit_data', 'xgboost_categorical.json', 'native_codes', status],
    ['credit_data', 'xgboost_binary.json', 'onehot', status],
    ['credit_data', 'xgboost_dart.json', 'onehot', status],
  ] as const)('%s %s', async (dataset, name, matrixName, target) => {
    const table = await matrix(dataset, matrixName, target.column);
    const model = join(fixtures, dataset, 'models', name);
    expect(verdictsOf(await checksOf({ model, table, target }))).toEqual(right);
  });

  // The book goes bad over time, and its test rows are the last: the scores are too low for them.
  it.each(['scorecard.onnx', 'scorecard_without_bureau.onnx'])(
    'the simulated loan book: %s',
    async (name) => {
      const table = await demoTable('loan-book/loan_book.csv.gz');
      const target = { column: 'outcome', positive: 'bad' };
      const checks = await checksOf({ model: join(demos, 'loan-book', name), table, target, split: 'split' });
      expect(verdictsOf(checks)).toEqual({ ...right, probabilities: 'warn' });
      expect(checks.probabilities.finding).toMatch(/too low by a factor of 1\.[23]/);
    },
  );
});

describe('the same models on data that are not theirs', () => {
  it('everything times 1,000: the unit and the features are named', async () => {
    const { scaling } = await checksOf({ ...raw, table: changed(credit, numeric, times(1000)) });
    expect(scaling).toMatchObject({ verdict: 'fail', title: 'Units do not fit' });
    expect(scaling.evidence.map(([name]) => name)).toEqual(
      expect.arrayContaining(['Age', 'Income', 'Amount', 'Price']),
    );
    for (const [, figure] of scaling.evidence) expect(figure).toContain('dividing by 1,000 ');
  });

  it('standardised columns', async () => {
    const { scaling } = await checksOf({ ...raw, table: changed(credit, numeric, standardised) });
    expect(scaling.verdict).toBe('fail');
    expect(scaling.finding).toContain('looks standardised');
  });

  it('one column in cents', async () => {
    const { scaling } = await checksOf({
      ...raw,
      table: changed(credit, ['Amount'], times(100)),
    });
    expect(scaling.verdict).toBe('fail');
    expect(scaling.finding).toMatch(/^"Amount" of 9 numeric features lies outside .* dividing by 100 /);
  });

  it('two columns exchanged', async () => {
    const checks = await checksOf({ ...raw, columnOf: { Age: 'Amount', Amount: 'Age' } });
    expect(checks['feature-order']).toMatchObject({ verdict: 'fail', title: 'Columns exchanged' });
    expect(checks['feature-order'].finding).toContain('"Age" and "Amount"');
    expect(checks.scaling.verdict).toBe('pass');
  });

  it('columns given in another order than the model was trained on', async () => {
    const table = await matrix('credit_data', 'native_codes', 'Status');
    const model = creditModel('lightgbm_numeric.no_zipmap.onnx');
    const one = { model, table, target: status };
    expect(verdictsOf(await checksOf({ ...one, order: numeric }))).toEqual(right);
    const late = await checksOf({ ...one, order: ['row_id', ...numeric.slice(0, -1)] });
    expect(late['feature-order']).toMatchObject({ verdict: 'fail', title: 'Columns one place off' });
    const turned = numeric.map((name) => (name === 'Age' ? 'Price' : name === 'Price' ? 'Age' : name));
    const swapped = await checksOf({ ...one, order: turned });
    expect(swapped['feature-order'].finding).toContain('("Price" and "Age")');
  });

  it('the target turned round', async () => {
    const checks = await checksOf({ ...raw, target: { column: 'Status', positive: 'good' } });
    expect(checks['class-order']).toMatchObject({
      verdict: 'fail',
      title: 'Class order is probably swapped',
    });
  });

  it('a logistic regression on values times 1,000 saturates', async () => {
    const checks = await checksOf({ ...logistic, table: changed(credit, numeric, times(1000)) });
    expect(checks.saturated).toMatchObject({ verdict: 'fail', title: 'Scores are saturated' });
    expect(checks.scaling.verdict).toBe('fail');
  });

  it('XGBoost margins (binary:logitraw) are refused before anything is checked', async () => {
    const table = await matrix('credit_data', 'onehot', 'Status');
    const model = creditModel('xgboost_binary.json');
    const text = readFileSync(model, 'utf8').replaceAll('binary:logistic', 'binary:logitraw');
    const scored = checksOf({ model, table, target: status, bytes: new TextEncoder().encode(text) });
    await expect(scored).rejects.toMatchObject({
      code: 'score-out-of-range',
      message: expect.stringMatching(
        /^The output margins is .*binary:logitraw returns margins, not probabilities\./,
      ),
      advice: expect.stringContaining('binary:logistic and save the model again'),
    });
  });
});

describe('recorded scores', () => {
  const recorded = async (name: string): Promise<Table> => {
    const table = await tableOfCsv(join(fixtures, 'credit_data/expected', `probabilities_${name}.csv`));
    const [column] = takeColumns(table, ['probability']).columns;
    return { ...credit, columns: [...credit.columns, { ...column!, name: 'recorded' }] };
  };

  it('are reproduced by the model that made them', async () => {
    const table = await recorded('lightgbm_raw_columns');
    const checks = await checksOf({ ...raw, table, golden: 'recorded' });
    expect(verdictsOf(checks)).toEqual({ ...right, 'golden-rows': 'pass' });
    expect(checks['golden-rows'].finding).toMatch(/^All 4,454 rows of "recorded" are reproduced/);
  });

  it('are not by another', async () => {
    const table = await recorded('sklearn_gradient_boosting_raw_pipeline');
    const checks = await checksOf({ ...raw, table, golden: 'recorded' });
    expect(checks['golden-rows']).toMatchObject({ verdict: 'fail', title: 'Recorded scores not reproduced' });
  });
});

describe('what is left out', () => {
  it('is said when no row is judged; scores are still looked at', async () => {
    const none = credit.columns.map((column) =>
      column.name === 'Status' && column.kind === 'category'
        ? { ...column, codes: new Int32Array(credit.rowCount).fill(-1) }
        : column,
    );
    const checks = await checksOf({ ...raw, table: { ...credit, columns: none } });
    expect(verdictsOf(checks)).toEqual({
      ...right,
      probabilities: 'not-enough-data',
      'class-order': 'not-enough-data',
    });
  });

  it('a column that is not there is an error', async () => {
    await expect(checksOf({ ...raw, target: { column: 'Nowhere', positive: 'bad' } })).rejects.toMatchObject({
      code: 'column-missing',
    });
  });
});

describe('model/latency', () => {
  it.each([4454, 10])('times one row and 1,000 of a table of %i rows', async (rowCount) => {
    const columns = credit.columns.map((column) => {
      if (column.kind === 'number') return { ...column, values: column.values.slice(0, rowCount) };
      if (column.kind === 'category') return { ...column, codes: column.codes.slice(0, rowCount) };
      throw new Error('unexpected fixture');
    });
    await run('table/attach', { tableId: 't', table: { ...credit, rowCount, columns }, summary: null });
    const bytes = new Uint8Array(readFileSync(raw.model));
    const { id: modelId } = await run('model/open', { bytes, name: 'raw', persist: false });
    const on = {
      tableId: 't',
      modelId,
      choices: { columnOf: {}, order: null },
      roled: ['Status'],
      positiveValues: ['bad'],
    };
    const { engineName, oneRow, thousandRows } = await run('model/latency', { ...on, engine: 'reference' });
    expect(engineName).not.toBe('');
    for (const { p50, p95, p99, runs } of [oneRow, thousandRows]) {
      expect(runs).toBeGreaterThanOrEqual(20);
      expect(p50).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(p50);
      expect(p99).toBeGreaterThanOrEqual(p95);
    }
    expect(thousandRows.p50).toBeGreaterThan(oneRow.p50);
  });

  it('has nothing to time on a table without rows', async () => {
    await run('table/attach', {
      tableId: 'none',
      table: { name: 'none', rowCount: 0, columns: [] },
      summary: null,
    });
    const { id: modelId } = await run('model/open', {
      bytes: new Uint8Array(readFileSync(raw.model)),
      name: 'raw',
      persist: false,
    });
    const on = {
      tableId: 'none',
      modelId,
      choices: { columnOf: {}, order: null },
      roled: [],
      positiveValues: [],
    };
    await expect(run('model/latency', { ...on, engine: 'reference' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});
