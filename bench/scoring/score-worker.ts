import { parentPort, workerData } from 'node:worker_threads';
import { bindInputs } from '../../src/core/model/binding.ts';
import type { Table } from '../../src/core/table/column.ts';
import { createScorer } from '../../src/engine/create-scorer.ts';
import { scoreRows } from '../../src/engine/score-rows.ts';
import { openOnnx } from '../../src/formats/model/onnx/open-onnx.ts';
import { summariseOnnx } from '../../src/formats/model/onnx/summarise-onnx.ts';

/** What a worker of the bench is started with; the table's columns lie over SharedArrayBuffers. */
export interface WorkerSetup {
  readonly modelBytes: Uint8Array;
  readonly table: Table;
}

export interface WorkerJob {
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly chunkRows: number;
}

/** Milliseconds of scoring alone, and the sum of the scores, which must not depend on how the rows were split. */
export interface WorkerAnswer {
  readonly elapsedMs: number;
  readonly scoreSum: number;
}

const { modelBytes, table } = workerData as WorkerSetup;
const model = openOnnx(modelBytes, 'forest.onnx');
const order = table.columns.map(({ name }) => name);
const report = bindInputs(summariseOnnx(model, 'bench'), table, { columnOf: {}, order }, []);
const scorer = await createScorer(model);

async function answer(job: WorkerJob): Promise<WorkerAnswer> {
  const started = performance.now();
  const run = scoreRows(scorer, table, report, { ...job, positiveValues: ['1'] });
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  const elapsedMs = performance.now() - started;
  return { elapsedMs, scoreSum: step.value.scores.reduce((sum, score) => sum + score, 0) };
}

parentPort?.on('message', async (job: WorkerJob) => parentPort?.postMessage(await answer(job)));
parentPort?.postMessage('ready');
