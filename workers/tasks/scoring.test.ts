import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const models = ['sklearn_gradient_boosting_raw_pipeline', 'sklearn_logistic_pipeline.no_zipmap'];
/** Several slices of a chunk, so that two runs take turns. */
const ROWS = 4454;

let runtime: Runtime;
let lastJobId = 0;

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'background' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

async function openModel(name: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(join(credit, 'models', `${name}.onnx`)));
  return (await run('model/open', { bytes, name, persist: false })).id;
}

async function score(modelId: string): Promise<Float64Array> {
  const mapping = { choices: { columnOf: {}, order: null }, roled: ['Status', 'split', 'row_id'] };
  const rows = {
    engine: 'reference',
    rowStart: 0,
    rowEnd: ROWS,
    positiveValues: ['bad'],
    into: null,
  } as const;
  return (await run('model/score', { tableId: 't', modelId, ...mapping, ...rows })).scores!;
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
