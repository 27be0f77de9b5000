import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import { CanceledError, DataError } from '../../src/core/errors.ts';
import { calibrationFiguresOf } from '../../src/core/metrics/calibration-of.ts';
import { rankingFiguresOf } from '../../src/core/metrics/ranking-of.ts';
import { compileScenario, defaultScenario } from '../../src/core/money/scenario-templates.ts';
import type { Table } from '../../src/core/table/column.ts';
import { selectJudgedRows } from '../../src/core/table/judged-rows.ts';
import { scoresFromColumn } from '../../src/core/table/score-column.ts';
import { takeRows } from '../../src/core/table/take-rows.ts';
import { rankScores } from '../../src/core/threshold/ranked-scores.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const expected = join(import.meta.dirname, '../../fixtures/credit_data/expected');
const spec: JudgementSpec = {
  tableId: 't',
  scores: { kind: 'column', column: 'probability' },
  target: { column: 'label', positive: ['1'], excluded: [] },
  split: { column: 'split', value: 'test' },
  amountColumns: [],
  recalibration: null,
};
const scenario = { ...defaultScenario('lending', null), fixedCost: 1000, rowsPerYear: 13360 };

let runtime: Runtime;
let table: Table;
let lastJobId = 0;

async function run<T extends TaskName>(
  task: T,
  args: TaskArgs<T>,
  onProgress: ((progress: Progress) => void) | null = null,
): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, onProgress);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

const attach = (tableId: string, held: Table) => run('table/attach', { tableId, table: held, summary: null });

/** The table without the rows that `keep` turns down. */
function rowsWhere(keep: (row: number) => boolean): Table {
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter(keep);
  return {
    ...table,
    rowCount: rows.length,
    columns: table.columns.map((column) => {
      if (column.kind === 'category')
        return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
      if (column.kind === 'number')
        return { ...column, values: takeRows(column.values, Uint32Array.from(rows)) };
      throw new Error(`the fixture has a ${column.kind} column`);
    }),
  };
}

function judged() {
  const { rows, labels } = selectJudgedRows(table, spec.target, spec.split);
  return { scores: takeRows(scoresFromColumn(table, 'probability'), rows), labels };
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  table = await tableOfCsv(join(expected, 'probabilities_sklearn_gradient_boosting_raw_pipeline.csv'));
  await attach('t', table);
});
afterEach(() => runtime.close());

describe('ranking and calibration', () => {
  it('answer from the sorted form what the statistics answer', async () => {
    const { id, rows } = await run('judgement/open', { spec });
    expect(rows).toBe(1336);
    const { scores, labels } = judged();
    const ranked = rankScores(scores, labels);
    expect(await run('judgement/ranking', { judgementId: id, scenario: null })).toEqual(
      rankingFiguresOf(ranked, null),
    );
    expect(await run('judgement/calibration', { judgementId: id })).toEqual(calibrationFiguresOf(ranked));
  });

  it('value the bins of the gains table by the scenario, scaled and without the fixed cost', async () => {
    const { id } = await run('judgement/open', { spec });
    const { gains } = await run('judgement/ranking', { judgementId: id, scenario });
    const { scores, labels } = judged();
    expect(gains).toEqual(rankingFiguresOf(rankScores(scores, labels), compileScenario(scenario, [])).gains);
    const all = await run('judgement/at', { judgementId: id, scenario, threshold: 0 });
    expect(gains.bins.reduce((sum, { net }) => sum + net, 0)).toBeCloseTo(
      all.money!.net + scenario.fixedCost,
      6,
    );
  });

  it('refuse a scenario whose amounts the rows were judged without', async () => {
    const { id } = await run('judgement/open', { spec });
    const asked = { judgementId: id, scenario: { ...scenario, amount: { column: 'Amount' } } };
    await expect(run('judgement/ranking', asked)).rejects.toMatchObject({ code: 'invalid-scenario' });
  });

  it('report progress that rises, and stop at the next slice when canceled', async () => {
    const rowCount = 600_000;
    const values = Float64Array.from({ length: rowCount }, (_, row) => (Math.sin(row) + 1) / 2);
    const codes = Int32Array.from(values, (score, row) => (score + Math.cos(7 * row) > 1.1 ? 1 : 0));
    await attach('waves', {
      name: 'waves',
      rowCount,
      columns: [
        { kind: 'number', name: 'score', values, spelling: 'shortest' },
        { kind: 'category', name: 'y', codes, dictionary: ['good', 'bad'] },
      ],
    });
    const { id } = await run('judgement/open', {
      spec: {
        ...spec,
        tableId: 'waves',
        scores: { kind: 'column', column: 'score' },
        target: { column: 'y', positive: ['bad'], excluded: [] },
        split: null,
      },
    });
    for (const task of ['judgement/ranking', 'judgement/calibration'] as const) {
      const seen: Progress[] = [];
      await run(task, { judgementId: id, scenario: null }, (progress) => seen.push(progress));
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.every((now, i) => now.done >= (seen[i - 1]?.done ?? 0) && now.done <= now.total)).toBe(
        true,
      );
      const doomed = run(task, { judgementId: id, scenario: null });
      runtime.cancel(lastJobId);
      await expect(doomed).rejects.toBeInstanceOf(CanceledError);
    }
  });
});

describe('recalibration', () => {
  it.each(['isotonic', 'platt', 'intercept'] as const)(
    '%s: fitted outside the split, measured on the judged rows',
    async (recalibration) => {
      const plain = await run('judgement/open', { spec });
      const summary = await run('judgement/open', { spec: { ...spec, recalibration } });
      expect(summary.id).not.toBe(plain.id);
      expect(summary.rows).toBe(plain.rows);
      const figures = summary.recalibration!;
      expect(figures).toMatchObject({ method: recalibration, fittedRows: 4454 - 1336 });
      expect(figures.brierBefore).toBeCloseTo(plain.metrics.brier, 12);
      expect(figures.brierAfter).toBeCloseTo(summary.metrics.brier, 12);
      const before = await run('judgement/calibration', { judgementId: plain.id });
      const after = await run('judgement/calibration', { judgementId: summary.id });
      expect(figures.eceBefore).toBeCloseTo(before.eceQuantile10, 12);
      expect(figures.eceAfter).toBeCloseTo(after.eceQuantile10, 12);
      // Order is kept; isotonic regression ties rows besides.
      if (recalibration === 'isotonic') expect(summary.distinctScores).toBeLessThan(plain.distinctScores);
      else expect(summary.metrics.rocAuc).toBeCloseTo(plain.metrics.rocAuc, 12);
      expect(summary.notices.find(({ code }) => code === 'recalibrated')?.message).toContain(
        '3118 labelled rows',
      );
      expect(plain.recalibration).toBeNull();
    },
  );

  it.each(['isotonic', 'platt'] as const)(
    '%s: a policy cuts the raw score where it flags the same rows',
    async (recalibration) => {
      const recalibrated = { ...spec, recalibration };
      const { id, metrics } = await run('judgement/open', { spec: recalibrated });
      const threshold = metrics.ksThreshold;
      const { flagged } = await run('judgement/at', { judgementId: id, scenario: null, threshold });
      const { policy } = await run('judgement/policy', {
        spec: recalibrated,
        policy: {
          createdAt: '2026-01-01T00:00:00Z',
          dataset: { name: 'credit', tableId: 't' },
          model: null,
          scoreColumn: 'probability',
          threshold,
          scenario: null,
          bands: null,
        },
        idColumn: null,
      });
      expect(policy).toMatchObject({ threshold, recalibration });
      expect(judged().scores.filter((score) => score >= policy.rawThreshold).length).toBe(flagged);
    },
  );

  const failure = async (tableId: string, changed: Partial<JudgementSpec>) => {
    const asked = { spec: { ...spec, recalibration: 'isotonic' as const, tableId, ...changed } };
    const error = await run('judgement/open', asked).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).advice).toContain('take the scores as they are');
    return (error as DataError).code;
  };

  it('says what is missing: a split, rows outside it, both outcomes', async () => {
    const split = table.columns.find(({ name }) => name === 'split')!;
    const label = table.columns.find(({ name }) => name === 'label')!;
    if (split.kind !== 'category' || label.kind !== 'number') throw new Error('the fixture has other kinds');
    const isTest = (row: number) => split.dictionary[split.codes[row]!] === 'test';
    expect(await failure('t', { split: null })).toBe('invalid-argument');
    await attach('only test', rowsWhere(isTest));
    expect(await failure('only test', {})).toBe('empty-sample');
    await attach(
      'one class',
      rowsWhere((row) => isTest(row) || label.values[row] === 0),
    );
    expect(await failure('one class', {})).toBe('one-class');
  });
});
