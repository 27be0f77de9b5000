import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { GateReport } from '../../src/core/parity/gate-report.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const models = ['sklearn_gradient_boosting_raw_pipeline.onnx', 'sklearn_logistic_pipeline.no_zipmap.onnx'];
const native = 'lightgbm_raw_columns.txt';
/** Several slices of a chunk, so that two runs take turns. */
const ROWS = 4454;

let runtime: Runtime;
let lastJobId = 0;

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'background' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

async function openModel(file: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(join(credit, 'models', file)));
  return (await run('model/open', { bytes, name: file, persist: false })).id;
}

const onTable = {
  tableId: 't',
  choices: { columnOf: {}, order: null },
  roled: ['Status', 'split', 'row_id'],
  positiveValues: ['bad'],
};

async function score(modelId: string, engine: GateReport['engine'] = 'reference'): Promise<Float64Array> {
  const rows = { rowStart: 0, rowEnd: ROWS, into: null };
  return (await run('model/score', { ...onTable, modelId, engine, ...rows })).scores!;
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  const table = await tableOfCsv(join(credit, 'data_raw.csv'));
  await run('table/attach', { tableId: 't', table, summary: null });
});
afterEach(() => runtime.close());

it('scores with two models in turn as with each alone: no session is freed under a run that uses it', async () => {
  const [first = '', second = ''] = await Promise.all(models.map(openModel));
  const alone = [await score(first), await score(second)];
  const together = await Promise.all([score(first), score(second), score(first)]);
  expect(together).toEqual([alone[0], alone[1], alone[0]]);
  expect(alone[0]).not.toEqual(alone[1]);
  expect(alone[0]!.length).toBe(ROWS);
});

it('frees no scorer under a run that uses it, though more are asked for than are kept', async () => {
  const [boosting = '', logistic = '', trees = ''] = await Promise.all([...models, native].map(openModel));
  const asked = [
    [boosting, 'reference'],
    [trees, 'kernel'],
    [logistic, 'reference'],
    [trees, 'reference'],
    [boosting, 'reference'],
  ] as const;
  const alone: Float64Array[] = [];
  for (const [modelId, engine] of asked) alone.push(await score(modelId, engine));
  expect(await Promise.all(asked.map(([modelId, engine]) => score(modelId, engine)))).toEqual(alone);
  expect(alone[1]).toEqual(alone[3]);
});

it('says by the gate which engine scores a model, and by its name which could', async () => {
  const modelId = await openModel(native);
  const gate = await run('model/gate', { ...onTable, modelId });
  expect(gate).toMatchObject({ engine: 'kernel', rows: 4454, maxDifference: 0, flipped: 0, reason: null });
  const { engine } = await run('model/engine', { modelId });
  expect(engine).toBe(`${gate.referenceName} or ${gate.engineName}`);

  const network = await openModel('sklearn_mlp_pipeline.no_zipmap.onnx');
  const reference = await run('model/gate', { ...onTable, modelId: network });
  expect(reference).toMatchObject({ engine: 'reference', rows: 0, maxDifference: null });
  expect((await run('model/engine', { modelId: network })).engine).toBe(reference.engineName);
});
