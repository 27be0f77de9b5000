import { once } from 'node:events';
import { cpus } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Column, Table } from '../../src/core/table/column.ts';
import { CHUNK_ROWS } from '../../src/engine/score-rows.ts';
import type { BenchRow } from '../row.ts';
import { seededUniform } from '../seeded-uniform.ts';
import { randomForestOnnx } from './random-forest-onnx.ts';
import type { WorkerAnswer, WorkerJob, WorkerSetup } from './score-worker.ts';

const ROWS = 1_000_000;
const FEATURES = 30;
const forest = { trees: 100, leaves: 31, features: FEATURES };
const SEED = 20_26;

/** Chunk sizes are compared on fewer rows (enough for a second each) in interleaved rounds, so that a slow moment of the machine hits all alike. */
const CHUNK_ROUND_ROWS = 131_072;
const chunkSizes = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
const ROUNDS = 3;

/** Columns of uniform numbers over shared memory, as the product's own tables are where the page is isolated. */
function sharedTable(): Table {
  const uniform = seededUniform(SEED);
  const columns = Array.from({ length: FEATURES }, (_, j): Column => {
    const values = new Float64Array(new SharedArrayBuffer(ROWS * 8));
    for (let row = 0; row < ROWS; row++) values[row] = uniform();
    return { kind: 'number', name: `x${j}`, values, spelling: 'shortest' };
  });
  return { name: 'uniform', rowCount: ROWS, columns };
}

async function startWorker(setup: WorkerSetup): Promise<Worker> {
  const entry = new URL('./score-worker.ts', import.meta.url).href;
  // tsx hooks the main thread only; a worker has to register it itself before it can load TypeScript.
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
  const worker = new Worker(boot, { eval: true, workerData: setup });
  await once(worker, 'message');
  return worker;
}

async function run1(worker: Worker, job: WorkerJob): Promise<WorkerAnswer> {
  worker.postMessage(job);
  const [answer] = (await once(worker, 'message')) as [WorkerAnswer];
  return answer;
}

function best(values: readonly number[]): number {
  return Math.min(...values);
}

async function compareChunks(worker: Worker): Promise<BenchRow[]> {
  const elapsed = new Map(chunkSizes.map((size) => [size, [] as number[]]));
  await run1(worker, { rowStart: 0, rowEnd: 16_384, chunkRows: 4096 });
  for (let round = 0; round < ROUNDS; round++) {
    for (const chunkRows of chunkSizes) {
      const { elapsedMs } = await run1(worker, { rowStart: 0, rowEnd: CHUNK_ROUND_ROWS, chunkRows });
      elapsed.get(chunkRows)!.push(elapsedMs);
    }
  }
  return [...elapsed].map(([chunkRows, times]) => ({
    name: `chunks of ${chunkRows} rows`,
    value: CHUNK_ROUND_ROWS / (best(times) / 1000),
    unit: 'rows/s',
    note: `best of ${ROUNDS} interleaved runs, ${CHUNK_ROUND_ROWS} rows, 1 worker; ${((best(times) * chunkRows) / CHUNK_ROUND_ROWS).toFixed(0)} ms a chunk`,
  }));
}

/** Wall time of all rows split evenly over the workers, and the sum of all scores. */
async function scoreAll(workers: readonly Worker[]): Promise<WorkerAnswer> {
  const started = performance.now();
  const share = ROWS / workers.length;
  const answers = await Promise.all(
    workers.map((worker, i) =>
      run1(worker, {
        rowStart: Math.round(i * share),
        rowEnd: Math.round((i + 1) * share),
        chunkRows: CHUNK_ROWS,
      }),
    ),
  );
  return {
    elapsedMs: performance.now() - started,
    scoreSum: answers.reduce((sum, { scoreSum }) => sum + scoreSum, 0),
  };
}

/**
 * Scores 1 M rows x 30 columns with a made-up forest of 100 trees x 31 leaves by one and by two Node workers, each with
 * its own single-threaded ONNX Runtime session, through the product's own `scoreRows`; and compares chunk sizes.
 */
export async function run(): Promise<BenchRow[]> {
  const setup: WorkerSetup = { modelBytes: randomForestOnnx(forest, SEED), table: sharedTable() };
  const started = performance.now();
  const first = await startWorker(setup);
  const startMs = performance.now() - started;
  const second = await startWorker(setup);
  try {
    const chunkRows = await compareChunks(first);
    const one: number[] = [];
    const two: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await scoreAll([first]);
      const together = await scoreAll([first, second]);
      if (Math.abs(alone.scoreSum - together.scoreSum) > 1e-6 * ROWS)
        throw new Error('two workers score otherwise than one');
      one.push(alone.elapsedMs);
      two.push(together.elapsedMs);
    }
    const note = `best of ${ROUNDS}, ${ROWS} rows x ${FEATURES}, ${forest.trees} trees x ${forest.leaves} leaves, chunks of ${CHUNK_ROWS}`;
    return [
      ...chunkRows,
      {
        name: 'worker start and session',
        value: startMs,
        unit: 'ms',
        note: 'Node worker, modules, wasm and model',
      },
      { name: '1 worker', value: ROWS / (best(one) / 1000), unit: 'rows/s', note },
      { name: '2 workers', value: ROWS / (best(two) / 1000), unit: 'rows/s', note },
      {
        name: '2 workers against 1',
        value: best(one) / best(two),
        unit: 'x',
        note: `same run, ${cpus().length} cores; rounds ${one.map((ms, i) => (ms / two[i]!).toFixed(2)).join(', ')}`,
      },
    ];
  } finally {
    await Promise.all([first.terminate(), second.terminate()]);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, value, unit, note } of await run()) {
    process.stdout.write(`${name}: ${value.toPrecision(4)} ${unit} (${note})\n`);
  }
}
