import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import nativeExpectedCsv from '../../fixtures/credit_data/expected/probabilities_lightgbm_raw_columns.csv?raw';
import expectedCsv from '../../fixtures/credit_data/expected/probabilities_sklearn_gradient_boosting_raw_pipeline.csv?raw';
import codes from '../../fixtures/credit_data/matrix_native_codes_test.csv?raw';
import nativeModel from '../../fixtures/credit_data/models/lightgbm_raw_columns.txt?raw';
import linearModel from '../../fixtures/credit_data/models/lightgbm_small_linear_tree.txt?raw';
import type { JudgementSpec } from '../contracts/judgement.ts';
import type { Progress, ScoresInfo } from '../contracts/tasks.ts';
import { CanceledError, ModelError } from '../core/errors.ts';
import type { ColumnReadings } from '../core/table/column-reading.ts';
import { scoresCsv } from './export.ts';
import { forgetKept } from './kept.ts';
import { bindModel, openModel } from './models.ts';
import type { Compute } from './run.ts';
import { type ScoreRequest, scoreTable } from './scoring.ts';
import { deriveTable, ingestTable } from './tables.ts';
import { CREDIT_ROWS, creditModel, creditRoled, creditTable, longCreditTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Runs `review` on the demo in Node (vitest.browser.config.ts). */
    reviewDemo(): Promise<{ readonly document: string; readonly csv: string }>;
    /** Addresses asked for since the last call, by workers too. */
    takeRequests(): Promise<readonly string[]>;
  }
}

let workers: WatchedWorkers;

beforeEach(async () => {
  workers = new WatchedWorkers();
  const cleaner = workers.compute();
  await forgetKept('all', cleaner);
  cleaner.stop();
  workers.started.length = 0;
});
afterEach(() => workers.restore());

/** Opens a table and a model (the demo's when left out), ready to be scored. */
async function ready(compute: Compute, file: File, modelFile?: File): Promise<ScoreRequest> {
  const [table, model] = [
    await ingestTable(file, {}, compute),
    await openModel(modelFile ?? (await creditModel()), {}, compute),
  ];
  const choices = { columnOf: {}, order: null };
  const request = { tableId: table.id, modelId: model.id, choices, roled: creditRoled };
  expect((await bindModel(request, {}, compute)).ready).toBe(true);
  return { ...request, positiveValues: ['bad'], rowCount: table.rowCount };
}

function demoSpec(tableId: string, scoresId: string): JudgementSpec {
  return {
    tableId,
    scores: { kind: 'model', scoresId },
    target: { column: 'Status', positive: ['bad'], excluded: [] },
    split: { column: 'split', value: 'test' },
    amountColumns: ['Amount'],
    recalibration: null,
  };
}

async function scoresOf(compute: Compute, scoresId: string): Promise<Float64Array> {
  const [, ...lines] = (await (await scoresCsv(scoresId, {}, compute)).text()).trimEnd().split('\n');
  return Float64Array.from(lines, (line) => Number(line.slice(line.indexOf(',') + 1)));
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

/** The worker that is scoring already when the first rows are done: the others may still be starting. */
const firstScoring = (): Worker => workers.started[1] ?? workers.started[0]!;

/** Longer than several chunks, and not a multiple of one. */
const LONG_ROWS = 30_001;

describe('scoring in real workers', () => {
  it('scores the demo as the library that trained its model does (tolerance 2e-6)', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const seen: Progress[] = [];
    const options = { onProgress: (progress: Progress) => seen.push(progress) };
    const result = await scoreTable(request, options, compute);
    expect(result).toMatchObject({ restored: false, unscored: 0 });
    expect(result.gate?.referenceName).toContain('ONNX Runtime Web 1.30.0');
    expect(result.engine).toBe(result.gate?.engineName);
    expect(result.rowsPerSecond).toBeGreaterThan(0);
    expect(seen.at(-1)).toEqual({ done: CREDIT_ROWS, total: CREDIT_ROWS, unit: 'rows', rows: CREDIT_ROWS });

    const scores = await scoresOf(compute, result.scoresId);
    const expected = expectedCsv.trimEnd().split('\n').slice(1);
    expect(scores.length).toBe(CREDIT_ROWS);
    expect(expected.length).toBe(CREDIT_ROWS);
    const worst = Math.max(
      ...expected.map((line, row) => Math.abs(Number(line.split(',')[3]) - scores[row]!)),
    );
    expect(worst).toBeLessThan(2e-6);
  });

  it('scores and judges the demo to the last digit as Node does', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const { scoresId } = await scoreTable(request, {}, compute);
    const inNode = await commands.reviewDemo();
    expect(await (await scoresCsv(scoresId, {}, compute)).text()).toBe(inNode.csv);
    const { metrics } = await compute.run('judgement/open', { spec: demoSpec(request.tableId, scoresId) });
    expect({ ...metrics }).toMatchObject(JSON.parse(inNode.document).metrics);
  });

  it('gives the very same scores with one worker, with two, and without shared columns', async () => {
    const file = await longCreditTable(LONG_ROWS);
    const columns: Float64Array[] = [];
    const pools = crossOriginIsolated
      ? [{ scoringWorkers: 1 }, { scoringWorkers: 2 }, { shared: false }]
      : [{ scoringWorkers: 1 }, { scoringWorkers: 2 }];
    for (const pool of pools) {
      const compute = workers.compute(pool);
      const { scoresId, restored } = await scoreTable(await ready(compute, file), {}, compute);
      expect(restored).toBe(false);
      columns.push(await scoresOf(compute, scoresId));
      await forgetKept('all', compute);
      compute.stop();
    }
    expect(columns[0]!.length).toBe(LONG_ROWS);
    for (const column of columns.slice(1)) expect(column).toEqual(columns[0]);
  });

  it.runIf(crossOriginIsolated)(
    'uses as many scoring workers as there are chunks, and never the home worker',
    async () => {
      const compute = workers.compute({ scoringWorkers: 4 });
      await scoreTable(await ready(compute, await creditTable()), {}, compute);
      expect(workers.started.length).toBe(2);
    },
  );

  it('cancels in mid-run and keeps nothing; then scores', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    expect(await failureOf(scoreTable(request, options, compute))).toBeInstanceOf(CanceledError);
    const result = await scoreTable(request, {}, compute);
    expect(result).toMatchObject({ restored: false, unscored: 0 });
  });

  it('goes on when a worker dies once in mid-run', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    let killed = 0;
    const onProgress = () => {
      if (killed++ === 0) workers.kill(firstScoring());
    };
    const result = await scoreTable(request, { onProgress }, compute);
    expect(killed).toBeGreaterThan(1);
    const scores = await scoresOf(compute, result.scoresId);
    const first = scores.subarray(0, 1000);
    const again = scores.subarray(6 * CREDIT_ROWS, 6 * CREDIT_ROWS + 1000);
    expect(again).toEqual(first);
    expect(result.unscored).toBe(0);
  });

  it('fails with worker-crashed when every worker dies, and nothing loaded is lost', async () => {
    const compute = workers.compute({ scoringWorkers: 1 });
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    const onProgress = () => {
      workers.poisoning = true;
      workers.kill(firstScoring());
    };
    const error = await failureOf(scoreTable(request, { onProgress }, compute));
    workers.poisoning = false;
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ code: 'worker-crashed' });
    expect((error as ModelError).message).toContain('while scoring');
    const result = await scoreTable(request, {}, compute);
    expect((await scoresOf(compute, result.scoresId)).length).toBe(LONG_ROWS);
  });
});

describe('a native model in real workers', () => {
  const nativeFile = () => new File([nativeModel], 'lightgbm_raw_columns.txt');

  it('is scored by the kernel, as the library that trained it scores (tolerance 1e-10)', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable(), nativeFile());
    const result = await scoreTable(request, {}, compute);
    expect(result).toMatchObject({ unscored: 0, scoreOutput: 'probabilities, class 1' });
    expect(result.engine).toMatch(/^Cutline tree kernel \d+/);
    expect(result.gate).toEqual({
      engine: 'kernel',
      engineName: result.engine,
      referenceName: 'Cutline trees 1 (float64)',
      rows: 4454,
      maxDifference: 0,
      tolerance: 1e-12,
      flipped: 0,
      reason: null,
    });
    const scores = await scoresOf(compute, result.scoresId);
    const expected = nativeExpectedCsv.trimEnd().split('\n').slice(1);
    expect(expected.length).toBe(scores.length);
    const worst = Math.max(
      ...expected.map((line, row) => Math.abs(Number(line.split(',')[3]) - scores[row]!)),
    );
    expect(worst).toBeLessThan(1e-10);
  });

  it('scores by its reference as by the kernel, to the last bit', async () => {
    const compute = workers.compute();
    const { rowCount, ...request } = await ready(compute, await creditTable(), nativeFile());
    const rows = { ...request, rowStart: 0, rowEnd: rowCount, into: null };
    const [slot = 'home'] = compute.pool.scoringSlots();
    const byKernel = await compute.runOn(slot, 'model/score', { ...rows, engine: 'kernel' });
    const byReference = await compute.runOn(slot, 'model/score', { ...rows, engine: 'reference' });
    expect(byReference.engine).toBe('Cutline trees 1 (float64)');
    expect(byReference.scores).toEqual(byKernel.scores);
    expect(byKernel.scores?.length).toBe(CREDIT_ROWS);
  });

  it('never loads ONNX Runtime, which an ONNX model does', async () => {
    const compute = workers.compute();
    const isOfOnnx = (url: string) => /onnxruntime|ort-wasm/.test(url);
    await commands.takeRequests();
    await scoreTable(await ready(compute, await creditTable(), nativeFile()), {}, compute);
    const forNative = await commands.takeRequests();
    expect(forNative.length).toBeGreaterThan(0);
    expect(forNative.filter(isOfOnnx)).toEqual([]);
    await scoreTable(await ready(compute, await creditTable()), {}, compute);
    expect((await commands.takeRequests()).filter(isOfOnnx)).not.toEqual([]);
  });

  it('is scored by its reference from the first row when the kernel fails after the gate', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS), nativeFile());
    const { runOn } = compute;
    // As a second worker that has no memory for the kernel: the first chunk is scored, a later one is not.
    compute.runOn = (slot, task, args, options) =>
      'rowStart' in args && args.engine === 'kernel' && args.rowStart > 0
        ? Promise.reject(new ModelError('session-failed', 'There is no memory for it.'))
        : runOn.call(compute, slot, task, args, options);
    const { scoresId, engine, gate } = await scoreTable(request, {}, compute);
    expect(engine).toBe('Cutline trees 1 (float64)');
    expect(gate).toMatchObject({ engine: 'reference', engineName: engine, flipped: 0, maxDifference: 0 });
    expect(gate?.reason).toContain('There is no memory for it.');
    const scores = await scoresOf(compute, scoresId);
    const expected = nativeExpectedCsv.trimEnd().split('\n').slice(1);
    const worst = scores.map((score, row) =>
      Math.abs(Number(expected[row % CREDIT_ROWS]!.split(',')[3]) - score),
    );
    expect(worst.length).toBe(LONG_ROWS);
    expect(Math.max(...worst)).toBeLessThan(1e-10);
  });

  it('is scored by its reference, with the reason, where the kernel cannot run it', async () => {
    const compute = workers.compute();
    const linear = new File([linearModel], 'lightgbm_small_linear_tree.txt');
    const result = await scoreTable(
      await ready(compute, new File([codes], 'codes.csv'), linear),
      {},
      compute,
    );
    expect(result).toMatchObject({ engine: 'Cutline trees 1 (float64)', unscored: 0 });
    expect(result.gate).toMatchObject({ engine: 'reference', rows: 0, maxDifference: null });
    expect(result.gate?.reason).toBe('Its leaves hold linear models.');
  });
});

describe('scores kept in the browser', () => {
  it('come back in a new page without an engine, equal to the last bit', async () => {
    const first = workers.compute();
    const scored = await scoreTable(await ready(first, await creditTable()), {}, first);
    const scores = await scoresOf(first, scored.scoresId);
    first.stop();
    workers.started.length = 0;

    const reloaded = workers.compute();
    const request = await ready(reloaded, await creditTable());
    const restored = await scoreTable(request, {}, reloaded);
    const { engine, scoreOutput, unscored, notices, gate, scoresId } = scored;
    expect(gate).not.toBeNull();
    expect(restored).toEqual({
      ...{ engine, scoreOutput, unscored, notices, gate, scoresId },
      ...{ restored: true, rowsPerSecond: null },
    });
    expect(await scoresOf(reloaded, scored.scoresId)).toEqual(scores);
    expect(workers.started.length).toBe(1);
  });

  it('are computed again when the mapping or the positive values are others', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const bad = await scoreTable(request, {}, compute);
    const good = await scoreTable({ ...request, positiveValues: ['good'] }, {}, compute);
    const remapped = await scoreTable(
      { ...request, choices: { columnOf: { Price: 'Amount' }, order: null } },
      {},
      compute,
    );
    expect(new Set([bad, good, remapped].map(({ scoresId }) => scoresId)).size).toBe(3);
    expect(remapped.restored).toBe(false);
  });

  it('outlive changes of columns that the model does not read, and only those', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const first = await scoreTable(request, {}, compute);
    const scoredWith = async (readings: ColumnReadings) => {
      const { id } = await deriveTable(request.tableId, { readings, joins: [] }, {}, compute);
      expect(id).not.toBe(request.tableId);
      return scoreTable({ ...request, tableId: id }, {}, compute);
    };
    const same = await scoredWith({ row_id: { kind: 'text' } });
    expect(same).toMatchObject({ restored: true, scoresId: first.scoresId });
    const other = await scoredWith({ row_id: { kind: 'text' }, Home: { missing: ['rent'] } });
    expect(other.restored).toBe(false);
    expect(other.scoresId).not.toBe(first.scoresId);
  });

  it('are ignored when their file is damaged', async () => {
    const first = workers.compute();
    const { scoresId } = await scoreTable(await ready(first, await creditTable()), {}, first);
    first.stop();
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('kept');
    const file = await folder.getFileHandle(`scores.${scoresId}`);
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    bytes[bytes.length - 3]! ^= 1;
    const writable = await file.createWritable();
    await writable.write(bytes);
    await writable.close();

    const reloaded = workers.compute();
    const again = await scoreTable(await ready(reloaded, await creditTable()), {}, reloaded);
    expect(again.restored).toBe(false);
  });

  it('stay in memory, with a notice, when there is no room', async () => {
    const compute = workers.compute();
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [], gate: null };
    // A name that no file system takes stands for every refusal of the storage.
    const put = { scoresId: 'a/b', tableId: 't', scores: Float64Array.of(0.5), info, persist: true };
    expect((await compute.run('scores/put', put)).notice?.code).toBe('scores-not-kept');
    expect(await scoresOf(compute, 'a/b')).toEqual(Float64Array.of(0.5));
  });

  it('have no gate report when a version kept them that had no gate', async () => {
    const [first, reloaded] = [workers.compute(), workers.compute()];
    const before = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [] };
    const info = before as unknown as ScoresInfo;
    const put = { scoresId: 'old', tableId: 't', scores: Float64Array.of(0.5), info, persist: true };
    expect(await first.run('scores/put', put)).toEqual({ notice: null });
    const kept = await reloaded.run('scores/restore', { scoresId: 'old', tableId: 't', rowCount: 1 });
    expect(kept.info).toEqual({ ...before, gate: null });
  });

  it('are judged like a score column, also after the home worker died', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const { scoresId } = await scoreTable(request, {}, compute);
    const summary = await compute.run('judgement/open', { spec: demoSpec(request.tableId, scoresId) });
    expect(summary).toMatchObject({ rows: 1336, outsideSplit: CREDIT_ROWS - 1336, unscored: 0 });
    workers.throwIn(workers.started[0]!);
    const args = { judgementId: summary.id, scenario: null, threshold: 0.5 };
    await failureOf(compute.run('judgement/at', args));
    expect((await compute.run('judgement/at', args)).rows).toBe(1336);
  });
});
