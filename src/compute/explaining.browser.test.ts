import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import nativeModel from '../../fixtures/credit_data/models/lightgbm_raw_columns.txt?raw';
import type { Progress } from '../contracts/tasks.ts';
import { CanceledError, ModelError } from '../core/errors.ts';
import type { BackgroundChoice, GlobalExplanation } from '../core/explain/explanation.ts';
import {
  type ExplainRequest,
  explainGlobally,
  explainInteractions,
  explainRows,
  globalExplanationQuery,
} from './explaining.ts';
import { forgetKept, keptData } from './kept.ts';
import { openModel } from './models.ts';
import type { Compute } from './run.ts';
import { scoreTable } from './scoring.ts';
import { ingestTable } from './tables.ts';
import { fileNames } from './testing/kept.ts';
import { CREDIT_ROWS, creditModel, creditRoled, creditTable, longCreditTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;

beforeEach(async () => {
  workers = new WatchedWorkers();
  const cleaner = workers.compute();
  await forgetKept('all', cleaner);
  cleaner.stop();
  workers.started.length = 0;
});
afterEach(() => workers.restore());

const nativeFile = () => new File([nativeModel], 'lightgbm_raw_columns.txt');
const split = { column: 'split', value: 'test' };
const target = { column: 'Status', positive: ['bad'], excluded: [] };
const backgroundOf = (rows: BackgroundChoice['rows']) => ({ rows, size: 100, seed: 1 });
const auto = { method: 'auto', background: backgroundOf({ kind: 'all' }) } as const;
const JUDGED_ROWS = 1336;

/** Four chunks. */
const LONG_ROWS = 12_001;

async function ready(compute: Compute, file: File, model = nativeFile()): Promise<ExplainRequest> {
  const [table, opened] = [await ingestTable(file, {}, compute), await openModel(model, {}, compute)];
  return {
    ...{ tableId: table.id, modelId: opened.id, choices: { columnOf: {}, order: null }, roled: creditRoled },
    ...{ positiveValues: ['bad'], choice: auto, split, scoresId: null, over: { kind: 'all' } },
  };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

const keptExplanations = async () => (await fileNames()).filter((name) => name.startsWith('explanation.'));

describe('explaining in real workers', () => {
  it('gives the very same figures with one worker, with two, and without shared columns', async () => {
    const file = await longCreditTable(LONG_ROWS);
    const found: GlobalExplanation[] = [];
    const pools = crossOriginIsolated
      ? [{ scoringWorkers: 1 }, { scoringWorkers: 2 }, { shared: false }]
      : [{ scoringWorkers: 1 }, { scoringWorkers: 2 }];
    for (const pool of pools) {
      const compute = workers.compute(pool);
      const result = await explainGlobally(await ready(compute, file), {}, compute);
      expect(result).toMatchObject({ restored: false, rowCount: LONG_ROWS, notices: [] });
      expect(result.rowsPerSecond).toBeGreaterThan(0);
      expect(result.maxAdditivityError).toBeLessThan(1e-9);
      found.push({ ...result });
      await forgetKept('all', compute);
      compute.stop();
    }
    for (const other of found.slice(1)) {
      expect(other.meanAbsolute).toEqual(found[0]!.meanAbsolute);
      expect(other.mean).toEqual(found[0]!.mean);
    }
  });

  it('samples to the very same figures and errors with one worker and with two, and keeps them', async () => {
    const choice = { method: 'sampling', background: { ...auto.background, size: 20 } } as const;
    const found: GlobalExplanation[] = [];
    for (const scoringWorkers of [1, 2]) {
      const compute = workers.compute({ scoringWorkers });
      const request = { ...(await ready(compute, await creditTable())), choice };
      const result = await explainGlobally(request, {}, compute);
      const kept = await explainGlobally(request, {}, compute);
      expect(kept).toEqual({ ...result, restored: true, rowsPerSecond: null });
      found.push({ ...result });
      await forgetKept('all', compute);
      compute.stop();
    }
    expect(found[0]).toMatchObject({ rowCount: 128, sampling: { end: 'stable' } });
    expect(found[0]!.standardErrors!.every((error) => error > 0)).toBe(true);
    for (const part of ['meanAbsolute', 'mean', 'standardErrors', 'sampling'] as const)
      expect(found[1]![part]).toEqual(found[0]![part]);
  });

  it('tells figures over the rows so far, near those of all rows from the first chunk on', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    const partials: GlobalExplanation[] = [];
    const seen: Progress[] = [];
    const options = {
      onPartial: (partial: GlobalExplanation) => partials.push(partial),
      onProgress: (progress: Progress) => seen.push(progress),
    };
    const result = await explainGlobally(request, options, compute);
    expect(partials.length).toBeGreaterThan(2);
    expect(partials[0]!.rowCount).toBeLessThan(LONG_ROWS / 2);
    for (const { meanAbsolute } of partials)
      for (const [feature, mean] of meanAbsolute.entries())
        expect(Math.abs(mean / result.meanAbsolute[feature]! - 1)).toBeLessThan(0.1);
    expect(seen.at(-1)).toEqual({ done: LONG_ROWS, total: LONG_ROWS, unit: 'rows', rows: LONG_ROWS });
    expect(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done)).toBe(true);
  });

  it('speaks of the judged rows when asked to', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable(), await creditModel());
    const all = await explainGlobally(request, {}, compute);
    const judged = await explainGlobally({ ...request, over: { kind: 'judged', target } }, {}, compute);
    expect([all.rowCount, judged.rowCount]).toEqual([CREDIT_ROWS, JUDGED_ROWS]);
    expect(judged.plan).toEqual(all.plan);
    expect(judged.plan.covers).toEqual({ source: 'reference-rows', rows: CREDIT_ROWS - JUDGED_ROWS });
    expect(judged.mean).not.toEqual(all.mean);
  });

  it('cancels in mid-run and keeps nothing; then explains', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    const stop = new AbortController();
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => {
      seen.push(progress);
      stop.abort();
    };
    const options = { signal: stop.signal, onProgress };
    expect(await failureOf(explainGlobally(request, options, compute))).toBeInstanceOf(CanceledError);
    // It did not come to its end.
    expect(seen.at(-1)!.done).toBeLessThan(LONG_ROWS);
    expect(await keptExplanations()).toEqual([]);
    expect(await explainGlobally(request, {}, compute)).toMatchObject({
      restored: false,
      rowCount: LONG_ROWS,
    });
  });

  it('goes on when a worker dies once in mid-run', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    let killed = 0;
    const onPartial = () => {
      if (killed++ === 0) workers.kill(workers.started[1] ?? workers.started[0]!);
    };
    const result = await explainGlobally(request, { onPartial }, compute);
    expect(killed).toBeGreaterThan(1);
    expect(result.rowCount).toBe(LONG_ROWS);
    const again = await explainGlobally({ ...request, over: { kind: 'all' } }, {}, compute);
    expect(again.restored).toBe(true);
  });

  it('fails with worker-crashed when every worker dies, and nothing loaded is lost', async () => {
    const compute = workers.compute({ scoringWorkers: 1 });
    const request = await ready(compute, await longCreditTable(LONG_ROWS));
    const onPartial = () => {
      workers.poisoning = true;
      workers.kill(workers.started[1] ?? workers.started[0]!);
    };
    const error = await failureOf(explainGlobally(request, { onPartial }, compute));
    workers.poisoning = false;
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ code: 'worker-crashed' });
    expect((error as ModelError).message).toContain('while explaining all rows');
    expect((await explainGlobally(request, {}, compute)).rowCount).toBe(LONG_ROWS);
  });

  it('explains chosen rows at once, with the plan, and their interactions', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const found = await explainRows(request, Uint32Array.of(5, 0), {}, compute);
    expect(found.rows).toEqual(Uint32Array.of(5, 0));
    for (const [i, output] of found.outputs.entries()) {
      const own = found.values.subarray(13 * i, 13 * (i + 1));
      expect(own.reduce((sum, value) => sum + value, found.plan.baseValue)).toBeCloseTo(output, 9);
    }
    const pairs = await explainInteractions(
      request,
      Uint32Array.from({ length: 300 }, (_, row) => row),
      {},
      compute,
    );
    expect(pairs.rowCount).toBe(300);
    expect(pairs.plan).toEqual(found.plan);
    expect(pairs.meanAbsolute.length).toBe(13 * 13);
    for (let i = 0; i < 13; i++)
      for (let j = 0; j < i; j++)
        expect(pairs.meanAbsolute[13 * i + j]).toBeCloseTo(pairs.meanAbsolute[13 * j + i]!, 12);
  });

  it('takes a background near the threshold from scores that are there', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    const near = { kind: 'near-threshold', side: 'passed', threshold: 0.3 } as const;
    const choice = { method: 'interventional', background: backgroundOf(near) } as const;
    const error = await failureOf(explainRows({ ...request, choice }, Uint32Array.of(1), {}, compute));
    expect(error).toMatchObject({ code: 'score-missing' });
    const { scoresId } = await scoreTable({ ...request, rowCount: CREDIT_ROWS }, {}, compute);
    const { plan } = await explainRows({ ...request, choice, scoresId }, Uint32Array.of(1), {}, compute);
    expect(plan).toMatchObject({ method: 'tree-interventional', background: { rows: 100 } });
    // Just below the threshold, whose log-odds are -0.847.
    expect(plan.baseValue).toBeLessThan(Math.log(0.3 / 0.7));
    expect(plan.baseValue).toBeGreaterThan(Math.log(0.2 / 0.8));
  });
});

describe('global explanations kept in the browser', () => {
  it('come back in a new page without computing, equal to the last bit', async () => {
    const first = workers.compute();
    const found = await explainGlobally(await ready(first, await creditTable()), {}, first);
    expect(await keptExplanations()).toHaveLength(1);
    first.stop();
    workers.started.length = 0;

    const reloaded = workers.compute();
    const request = await ready(reloaded, await creditTable());
    const client = new QueryClient();
    const restored = await client.fetchQuery(globalExplanationQuery(request, {}, reloaded));
    expect(restored).toEqual({ ...found, restored: true, rowsPerSecond: null });
    expect(workers.started.length).toBe(1);
    // Another way to ask the same, and ways to ask something else.
    const same = { ...request, positiveValues: [...request.positiveValues] };
    expect((await explainGlobally(same, {}, reloaded)).restored).toBe(true);
    const others: Partial<ExplainRequest>[] = [
      { over: { kind: 'judged', target } },
      { positiveValues: ['good'] },
      { choice: { ...auto, method: 'interventional' } },
      { split: null },
    ];
    for (const other of others)
      expect((await explainGlobally({ ...request, ...other }, {}, reloaded)).restored).toBe(false);
  });

  it('are forgotten with their table', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    await explainGlobally(request, {}, compute);
    expect((await keptData(compute)).usedBytes).toBeGreaterThan(0);
    await forgetKept([request.tableId], compute);
    expect(await keptExplanations()).toEqual([]);
    expect((await explainGlobally(request, {}, compute)).restored).toBe(false);
  });

  it('are ignored when their file is damaged', async () => {
    const compute = workers.compute();
    const request = await ready(compute, await creditTable());
    await explainGlobally(request, {}, compute);
    const [name = ''] = await keptExplanations();
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('kept');
    const file = await folder.getFileHandle(name);
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    bytes[bytes.length - 3]! ^= 1;
    const writable = await file.createWritable();
    await writable.write(bytes);
    await writable.close();
    expect((await explainGlobally(request, {}, compute)).restored).toBe(false);
  });
});
