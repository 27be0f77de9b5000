/** Bands, cascade and policy through the workers' own door, on the fixture's test rows. */
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goldenCsv, numbers } from '../../fixtures/golden.ts';
import { numberColumn, tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { BandDesign } from '../../src/core/money/bands.ts';
import { defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const lending = defaultScenario('lending', 'Amount');

/** Scores of a model for the fixture's test rows; a few are missing. */
function fastScores(): Float64Array {
  const scores = numbers(goldenCsv('./credit_data/expected/probabilities_test.csv')('xgboost_dart'));
  return scores.map((score, row) => (row % 97 === 1 ? Number.NaN : score));
}

let runtime: Runtime;
let lastJobId = 0;

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

/** The table's rows judged by one of its columns: the odd ones, so that there are others to recalibrate on. */
function specOf(column: string, change: Partial<JudgementSpec> = {}): JudgementSpec {
  return {
    tableId: 't',
    scores: { kind: 'column', column },
    target: { column: 'label', positive: ['1'], excluded: [] },
    split: { column: 'half', value: '1' },
    amountColumns: ['Amount'],
    recalibration: null,
    ...change,
  };
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  const read = await tableOfCsv(join(credit, 'expected/probabilities_test.csv'));
  const fast = fastScores();
  const columns = [
    numberColumn('fast', fast),
    numberColumn(
      'half',
      fast.map((_, row) => row % 2),
    ),
    numberColumn(
      'Amount',
      fast.map((_, row) => 500 + ((row * 37) % 1000)),
    ),
  ];
  const table = { ...read, columns: [...read.columns, ...columns] };
  await run('table/attach', { tableId: 't', table, summary: null });
  await run('table/attach', { tableId: 'u', table, summary: null });
});
afterEach(() => runtime.close());

describe('tasks of bands, cascade and policy', () => {
  it('bands of an open judgement, proposed and fixed', async () => {
    const { id, rows } = await run('judgement/open', { spec: specOf('fast') });
    const proposed = await run('judgement/bands', { judgementId: id, scenario: lending, design: null });
    expect(proposed.bands.reduce((sum, band) => sum + band.rows, 0)).toBe(rows);
    expect(proposed.net).toBe(proposed.best.net);
    const fixed = { ...proposed.design, low: 0.4, high: 0.7 };
    const answer = await run('judgement/bands', { judgementId: id, scenario: lending, design: fixed });
    expect(answer.net).toBeLessThanOrEqual(proposed.net);
    expect(answer.best.net).toBe(proposed.best.net);
  });

  it('a cascade of two columns; other rows are refused by name', async () => {
    const [fast, accurate] = [specOf('fast'), specOf('sklearn_gradient_boosting')];
    const answer = await run('judgement/cascade', { fast, accurate, scenario: lending, design: null });
    expect(answer.rows).toBe(668);
    expect(answer.pair.net).toBeGreaterThanOrEqual(answer.fastAlone.net);
    const others: readonly [Partial<JudgementSpec>, RegExp][] = [
      [{ tableId: 'u' }, /these differ in table\./],
      [{ split: null }, /these differ in split\./],
      [{ target: { column: 'label', positive: ['0'], excluded: [] }, split: null }, /in target and split\./],
    ];
    for (const [change, message] of others) {
      const args = { fast, accurate: { ...accurate, ...change }, scenario: null, design: null };
      await expect(run('judgement/cascade', args)).rejects.toThrow(message);
    }
  });

  it('the policy of recalibrated scores decides raw scores as the judgement decides its rows', async () => {
    for (const recalibration of ['isotonic', 'platt', 'intercept', null] as const) {
      const spec = specOf('fast', { recalibration });
      const { id } = await run('judgement/open', { spec });
      const bands: BandDesign = {
        low: 0.2,
        high: 0.6,
        reviewCost: 50,
        sensitivity: 0.9,
        specificity: 0.9,
        declineCost: 0,
        capacity: null,
      };
      const { policy, sql, goldenRows } = await run('judgement/policy', {
        spec,
        policy: {
          createdAt: '2026-11-21T20:00:00.000Z',
          dataset: { name: 'test.csv', tableId: 't' },
          model: null,
          scoreColumn: 'fast',
          threshold: 0.35,
          bands,
          scenario: lending,
        },
        idColumn: 'row_id',
      });
      const decision = await run('judgement/at', { judgementId: id, scenario: null, threshold: 0.35 });
      const answer = await run('judgement/bands', { judgementId: id, scenario: lending, design: bands });
      expect(policy.recalibration).toBe(recalibration);
      expect(goldenRows).toHaveLength(50);
      expect(goldenRows.every(({ row, id: name }) => row % 2 === 1 && name !== null)).toBe(true);
      expect(bySql(sql)).toEqual({
        flagged: decision.flagged,
        bands: answer.bands.map(({ rows }) => rows),
        differing: 0,
        there: 0,
      });
    }
  });
});

/** Counts of what a database decides about the raw scores of the judged rows. */
function bySql(sql: string) {
  const database = new Database(':memory:');
  try {
    database.exec('CREATE TABLE scored_rows (row_id INTEGER, fast TEXT)');
    const rowIds = numbers(goldenCsv('./credit_data/expected/probabilities_test.csv')('row_id'));
    const insert = database.prepare('INSERT INTO scored_rows VALUES (?, ?)');
    fastScores().forEach((score, row) => {
      if (row % 2 === 1) insert.run(rowIds[row]!, Number.isNaN(score) ? '' : String(score));
    });
    const [check, lookUp] = [sql.indexOf('\n-- 2. '), sql.indexOf('\n-- 3. ')];
    const decided = database.prepare(sql.slice(0, check)).all() as { decision: string; band: string }[];
    const count = (band: string) => decided.filter((row) => row.band === band).length;
    return {
      flagged: decided.filter(({ decision }) => decision === 'flag').length,
      bands: ['approve', 'refer', 'decline'].map(count),
      differing: database.prepare(sql.slice(check, lookUp)).all().length,
      there: database.prepare(sql.slice(lookUp)).all().length,
    };
  } finally {
    database.close();
  }
}
