import { describe, expect, it } from 'vitest';
import { tableOfCsv } from '../../../fixtures/table-of-csv.ts';
import { categoryColumn } from './build-column.ts';
import { guessRoles, isNamedScore } from './guess-roles.ts';
import { oneHotColumns } from './one-hot.ts';
import { summarizeTable } from './profile.ts';
import { retypeColumn } from './retype.ts';
import type { ColumnSummary } from './summary.ts';

async function summaryOf(file: string) {
  const table = await tableOfCsv(`fixtures/${file}`);
  return summarizeTable(table, { id: file, byteLength: 0, notices: [], unparsable: new Map() });
}

async function rolesOf(file: string) {
  const { columns, rowCount } = await summaryOf(file);
  return guessRoles(columns, rowCount);
}

function column(name: string, values: readonly string[], change: Partial<ColumnSummary> = {}): ColumnSummary {
  const topValues = values.map((value, i) => ({ value, count: 100 - i }));
  const numbers = values.map(Number);
  const isNumber = numbers.every(Number.isFinite);
  return {
    name,
    kind: isNumber ? 'number' : 'category',
    missing: 0,
    unparsable: 0,
    distinct: values.length,
    min: isNumber ? Math.min(...numbers) : null,
    median: null,
    max: isNumber ? Math.max(...numbers) : null,
    quartiles: null,
    missingTokens: [],
    reading: {},
    topValues,
    histogram: null,
    guessedRole: null,
    ...change,
  };
}

const flag = (name: string): ColumnSummary => column(name, ['0', '1']);
const inUnit = (name: string): ColumnSummary => column(name, ['0', '0.5', '1'], { distinct: 90 });
const roles = (...columns: readonly ColumnSummary[]) => guessRoles(columns, 1000);

describe('guessed roles of the fixtures', () => {
  it.each([
    ['credit_data/data_raw.csv', { row_id: 'id', split: 'split', Status: 'target', Amount: 'amount' }],
    ['mlc_churn/data_raw.csv', { row_id: 'id', split: 'split', churn: 'target' }],
    ['credit_data/matrix_imputed_onehot_test.csv', { row_id: 'id', Amount: 'amount' }],
    ['credit_data/matrix_onehot_test.csv', { row_id: 'id', Amount: 'amount' }],
    ['mlc_churn/matrix_imputed_onehot_test.csv', { row_id: 'id' }],
    [
      'credit_data/expected/probabilities_test.csv',
      { row_id: 'id', label: 'target', lightgbm_categorical: 'score' },
    ],
    [
      'credit_data/expected/probabilities_sklearn_gradient_boosting_raw_pipeline.csv',
      { row_id: 'id', split: 'split', label: 'target', probability: 'score' },
    ],
  ])('%s', async (file, expected) => {
    expect(await rolesOf(file)).toEqual(expected);
  });

  it('a one-hot matrix leaves the model its 26 columns', async () => {
    const { columns, rowCount } = await summaryOf('credit_data/matrix_imputed_onehot_test.csv');
    const guessed = guessRoles(columns, rowCount);
    const features = columns.filter(({ name }) => guessed[name] === undefined || guessed[name] === 'amount');
    expect(features).toHaveLength(26);
    expect(oneHotColumns(columns).size).toBe(17);
  });
});

describe('the target is no level of a one-hot encoded category', () => {
  it('by name=level, also alone and with other values than 0 and 1', () => {
    expect(roles(inUnit('x'), flag('Job=partime'))).toEqual({});
    expect(roles(column('Records=yes', ['no', 'yes']))).toEqual({});
  });

  it('by a prefix that another 0/1 column has too', () => {
    expect(roles(flag('Job_fixed'), flag('Job_part_time'))).toEqual({});
    expect(roles(flag('default_no'), flag('default_yes'))).toEqual({});
    expect(roles(column('Job.fixed', ['False', 'True']), column('Job.other', ['True']))).toEqual({});
  });

  it('but a name that says target is one', () => {
    expect(roles(flag('loan_status'), flag('loan_insured'))).toEqual({ loan_status: 'target' });
    expect(roles(flag('Job_fixed'), flag('Job_other'), flag('churn'))).toEqual({ churn: 'target' });
  });

  it('and flags, other values and prefixes that no other 0/1 column has stay possible', () => {
    expect(roles(flag('has_phone'), flag('has_default'))).toEqual({ has_default: 'target' });
    expect(roles(flag('is_active'), flag('is_late'))).toEqual({ is_late: 'target' });
    expect(roles(column('plan_a', ['no', 'yes']), column('plan_b', ['no', 'yes']))).toEqual({
      plan_b: 'target',
    });
    expect(roles(inUnit('late_days'), flag('late_90'))).toEqual({ late_90: 'target' });
  });
});

describe('the date', () => {
  it.each(['issued', 'customer_id'])(
    'is a column of dates in any form, even where all differ: %s',
    (name) => {
      const texts = Array.from({ length: 28 }, (_, i) => `${i + 1}/01/2024`);
      const { column: dates } = retypeColumn(categoryColumn(name, texts, 28), 'date');
      const { columns } = summarizeTable(
        { name: 't', rowCount: 28, columns: [dates] },
        { id: 't', byteLength: 0, notices: [], unparsable: new Map() },
      );
      expect(columns[0]).toMatchObject({ reading: { dateOrder: 'day-first' }, guessedRole: 'date' });
    },
  );
});

describe('the score', () => {
  it('is the column of exactly such a name, wherever it stands', () => {
    expect(roles(inUnit('base_score'), inUnit('probability'), inUnit('new_score'))).toEqual({
      probability: 'score',
    });
  });

  it('else the first that says so', () => {
    expect(roles(column('Age', ['20', '30', '40']), inUnit('champion_score'), inUnit('new_score'))).toEqual({
      champion_score: 'score',
    });
    expect(
      roles(column('Age', ['20', '30', '40']), inUnit('utilization'), inUnit('bad_probability')),
    ).toEqual({ bad_probability: 'score' });
  });

  it('is never guessed where no name says so, and never outside [0, 1]', () => {
    expect(roles(inUnit('a'), inUnit('b'))).toEqual({});
    expect(roles(column('score', ['300', '512', '850'], { distinct: 400 }))).toEqual({});
    expect(isNamedScore('credit_score')).toBe(true);
    expect(isNamedScore('scorer')).toBe(false);
  });
});
