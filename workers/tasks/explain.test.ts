import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goldenJson } from '../../fixtures/golden.ts';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { BackgroundChoice, ExplanationChoice } from '../../src/core/explain/explanation.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const table = await tableOfCsv(join(credit, 'data_raw.csv'));
const auto = choice('auto');
const split = { column: 'split', value: 'test' };
const target = { column: 'Status', positive: ['bad'], excluded: [] };
const judged = { kind: 'judged', target } as const;
const onTable = {
  tableId: 't',
  choices: { columnOf: {}, order: null },
  roled: ['Status', 'split', 'row_id'],
  positiveValues: ['bad'],
};
const JUDGED_ROWS = 1336;
const boosting = 'sklearn_gradient_boosting_raw_pipeline.onnx';

let runtime: Runtime;
let lastJobId = 0;

function choice(method: ExplanationChoice['method'], rows: BackgroundChoice['rows'] = { kind: 'all' }) {
  return { method, background: { rows, size: 100, seed: 1 } };
}

async function run<T extends TaskName>(task: T, args: TaskArgs<T>, own = runtime): Promise<TaskResult<T>> {
  const outcome = await own.run({ jobId: ++lastJobId, task, args, priority: 'background' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

async function started(): Promise<Runtime> {
  const own = new Runtime(createHandlers(), Promise.resolve(false));
  await run('table/attach', { tableId: 't', table, summary: null }, own);
  return own;
}

async function openModel(file: string, own = runtime): Promise<string> {
  const bytes = new Uint8Array(readFileSync(join(credit, 'models', file)));
  return (await run('model/open', { bytes, name: file, persist: false }, own)).id;
}

function prepare(modelId: string, asked: ExplanationChoice = auto, scoresId: string | null = null) {
  const args = { ...onTable, modelId, groundId: 'g', choice: asked, split, scoresId, over: judged };
  return run('explain/prepare', args);
}

const explained = (modelId: string) => ({ ...onTable, modelId, groundId: 'g' });

beforeEach(async () => {
  runtime = await started();
});
afterEach(() => runtime.close());

describe('explaining in a worker', () => {
  it('gives the contributions of the library that trained the model (LightGBM, tolerance 1e-9)', async () => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    const golden = goldenJson<{ row_ids: number[]; shap_values: number[][] }>(
      'credit_data/expected/shap_lightgbm_raw_columns_pred_contrib.json',
    );
    const { ground, rowCount } = await prepare(modelId);
    expect(rowCount).toBe(JUDGED_ROWS);
    expect(ground.plan.method).toBe('tree-path-dependent');
    const rows = Uint32Array.from(golden.row_ids);
    const found = await run('explain/rows', { ...explained(modelId), rows });
    const wanted = golden.shap_values.flat();
    expect(found.values.length).toBe(wanted.length);
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - found.values[i]!)))).toBeLessThan(1e-9);
  });

  it('adds up all judged rows, whatever the stretches', async () => {
    const modelId = await openModel(boosting);
    await prepare(modelId);
    const of = (from: number, to: number) =>
      run('explain/sums', {
        ...explained(modelId),
        split,
        over: judged,
        from,
        to,
        totalRows: JUDGED_ROWS,
        rounds: 1,
      });
    const whole = await of(0, JUDGED_ROWS);
    const parts = [await of(0, 500), await of(500, JUDGED_ROWS)];
    expect(whole.rowCount).toBe(JUDGED_ROWS);
    expect(whole.maxAdditivityError).toBeLessThan(1e-9);
    expect(parts.map(({ rowCount }) => rowCount)).toEqual([500, JUDGED_ROWS - 500]);
    for (let feature = 0; feature < 13; feature++) {
      expect(parts[0]!.absolute[feature]! + parts[1]!.absolute[feature]!).toBeCloseTo(
        whole.absolute[feature]!,
        8,
      );
      expect(parts[0]!.signed[feature]! + parts[1]!.signed[feature]!).toBeCloseTo(whole.signed[feature]!, 8);
    }
    // A stretch stands for all rows: its mean is near theirs.
    const order = (sums: Float64Array) => [...sums.keys()].sort((a, b) => sums[b]! - sums[a]!);
    expect(order(parts[0]!.absolute).slice(0, 2)).toEqual(order(whole.absolute).slice(0, 2));
  });

  it('explains the same in a worker that was given the ground', async () => {
    const modelId = await openModel(boosting);
    const { ground } = await prepare(modelId);
    const other = await started();
    await openModel(boosting, other);
    await run('explain/attach', { groundId: 'g', tableId: 't', modelId, ground }, other);
    const args = { ...explained(modelId), rows: Uint32Array.of(3, 1, 4000) };
    expect(await run('explain/rows', args, other)).toEqual(await run('explain/rows', args));
    other.close();
  });

  it('takes the background near the threshold by the scores that it holds', async () => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    const scores = Float64Array.from({ length: table.rowCount }, (_, row) => row / table.rowCount);
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [], gate: null };
    await run('scores/put', { scoresId: 's', tableId: 't', scores, info, persist: false });
    const near = choice('interventional', { kind: 'near-threshold', side: 'flagged', threshold: 0.5 });
    const { ground } = await prepare(modelId, near, 's');
    expect(ground.backgroundRows!.length).toBe(100);
    expect(ground.backgroundRows![0]).toBeGreaterThanOrEqual(table.rowCount / 2);
    expect(ground.backgroundRows![99]).toBeLessThan(table.rowCount / 2 + 200);
    await expect(prepare(modelId, near)).rejects.toMatchObject({ code: 'score-missing' });
    await run('scores/put', {
      scoresId: 'short',
      tableId: 't',
      scores: scores.slice(1),
      info,
      persist: false,
    });
    await expect(prepare(modelId, near, 'short')).rejects.toMatchObject({ code: 'shape-mismatch' });
  });

  it('gives interactions whose diagonal and pairs add up to no less than the contributions', async () => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    await prepare(modelId);
    const rows = Uint32Array.of(7);
    const { values } = await run('explain/rows', { ...explained(modelId), rows });
    const { rowCount, absolute } = await run('explain/interactions', {
      ...explained(modelId),
      rows,
      totalRows: 1,
    });
    expect(rowCount).toBe(1);
    for (let i = 0; i < 13; i++) {
      const sizes = absolute.subarray(13 * i, 13 * (i + 1));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(Math.abs(values[i]!) - 1e-9);
      for (let j = 0; j < 13; j++) expect(absolute[13 * i + j]).toBeCloseTo(absolute[13 * j + i]!, 12);
    }
  });

  it('has no interactions but main effects for a linear model', async () => {
    const modelId = await openModel('sklearn_logistic_pipeline.no_zipmap.onnx');
    await prepare(modelId);
    const rows = Uint32Array.of(7);
    const { values } = await run('explain/rows', { ...explained(modelId), rows });
    const { absolute } = await run('explain/interactions', { ...explained(modelId), rows, totalRows: 1 });
    expect([...absolute].map((size, cell) => (cell % 14 === 0 ? size : 0))).toEqual([...absolute]);
    expect([...absolute].filter((_, cell) => cell % 14 === 0)).toEqual([...values].map(Math.abs));
  });

  it('explains the score of a network, over a sample of rows where there are many', async () => {
    const modelId = await openModel('sklearn_mlp_pipeline.no_zipmap.onnx');
    const { ground, rowCount, drawnFrom } = await prepare(modelId, {
      ...auto,
      background: { ...auto.background, size: 10 },
    });
    expect([rowCount, drawnFrom]).toEqual([128, JUDGED_ROWS]);
    const { plan } = ground;
    const found = await run('explain/rows', { ...explained(modelId), rows: Uint32Array.of(11) });
    // All coalitions of 13 columns and 10 background rows fit the budget of one row.
    expect(found.standardErrors).toBeNull();
    const total = found.values.reduce((sum, value) => sum + value, plan.baseValue);
    expect(total).toBeCloseTo(found.outputs[0]!, 9);
    expect(found.sampling).toMatchObject({ end: 'enumerated', open: null });
    const args = { ...explained(modelId), split, over: judged, from: 0, to: 2, totalRows: rowCount };
    const sums = await run('explain/sums', { ...args, rounds: 2 });
    expect(sums.rowCount).toBe(2);
    expect(Math.max(...sums.absolute)).toBeGreaterThan(0.01);
    const { sampled } = sums;
    expect(sampled).toMatchObject({ askedRows: 2, isExact: false });
    // Twice as many rounds about halve the squares of the errors.
    const more = (await run('explain/sums', { ...args, rounds: 4 })).sampled!;
    expect(more.predictions - 12).toBe(2 * (sampled!.predictions - 12));
    const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    expect(sumOf(sampled!.draws) / sumOf(more.draws)).toBeGreaterThan(1.4);
    await expect(
      run('explain/interactions', { ...explained(modelId), rows: Uint32Array.of(11), totalRows: 1 }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('names the engines of a model, its scorers among them', async () => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    const { engine } = await run('explain/engine', { modelId });
    expect(engine).toContain('Cutline SHAP 1');
    expect(engine).toContain((await run('model/engine', { modelId })).engine);
  });
});

describe('what a worker holds of an explanation', () => {
  it.each(['model', 'table'] as const)('goes with its %s', async (what) => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    await prepare(modelId);
    const rows = Uint32Array.of(0);
    await run('explain/rows', { ...explained(modelId), rows });
    if (what === 'model') await run('model/release', { modelId });
    else await run('table/release', { tableId: 't' });
    if (what === 'model') await openModel('lightgbm_raw_columns.txt');
    else await run('table/attach', { tableId: 't', table, summary: null });
    await expect(run('explain/rows', { ...explained(modelId), rows })).rejects.toMatchObject({
      code: 'unknown-handle',
    });
  });

  it('is not let go under a job that uses it', async () => {
    const modelId = await openModel('lightgbm_raw_columns.txt');
    await prepare(modelId);
    const args = {
      ...explained(modelId),
      split,
      over: judged,
      from: 0,
      to: 1000,
      totalRows: JUDGED_ROWS,
      rounds: 1,
    };
    const alone = await run('explain/sums', args);
    const running = run('explain/sums', args);
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 1));
    await run('model/release', { modelId });
    expect((await running).absolute).toEqual(alone.absolute);
  });
});
