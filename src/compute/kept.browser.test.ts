import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scoresCsv } from './export.ts';
import { followKeptData, forgetKept, keptData, keptDataQuery } from './kept.ts';
import { openModel, releaseModel, restoreModel } from './models.ts';
import type { Compute } from './run.ts';
import { scoreTable } from './scoring.ts';
import { deriveTable, ingestTable, releaseTable, restoreTable } from './tables.ts';
import { fileNames, keptFolder, named, openAndKeep, specOf, tableNames, waitFor } from './testing/kept.ts';
import { creditModel, creditRoled, creditTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;
let compute: Compute;

beforeEach(async () => {
  workers = new WatchedWorkers();
  compute = workers.compute();
  await forgetKept('all', compute);
});
afterEach(() => workers.restore());

/** Damages one byte of a kept file, counted from its end. */
async function damage(name: string, fromEnd: number): Promise<void> {
  const file = await (await keptFolder()).getFileHandle(name);
  const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
  bytes[bytes.length - fromEnd]! ^= 1;
  const writable = await file.createWritable();
  await writable.write(bytes);
  await writable.close();
}

describe('kept tables', () => {
  it('come back in a new page with the same summary and the same answers', async () => {
    const { summary, notices } = await openAndKeep(named(30_000, 'scored.csv'), compute);
    expect(notices).toEqual([]);
    const judged = await compute.run('judgement/open', { spec: specOf(summary.id) });
    compute.stop();

    const reloaded = workers.compute();
    const seen: number[] = [];
    const options = {
      onProgress: ({ done, total }: { done: number; total: number }) => seen.push(done / total),
    };
    expect(await restoreTable(summary.id, options, reloaded)).toEqual(summary);
    expect(seen.at(-1)).toBe(1);
    expect(await reloaded.run('judgement/open', { spec: specOf(summary.id) })).toEqual(judged);
  });

  it('come back to a worker that died, without their file', async () => {
    const { summary } = await openAndKeep(named(3000, 'scored.csv'), compute);
    compute.stop();
    const reloaded = workers.compute();
    await restoreTable(summary.id, {}, reloaded);
    const recipe = { readings: { amount: { kind: 'category' as const } }, joins: [] };
    const derived = await deriveTable(summary.id, recipe, {}, reloaded);
    workers.kill(workers.started.at(-1)!);
    const spec = { ...specOf(derived.id), amountColumns: [] };
    const judge = () => reloaded.run('judgement/open', { spec });
    expect((await judge().catch(judge)).rows).toBe(2000);
  });

  it('are listed with their shape, the most recently used first', async () => {
    await openAndKeep(named(1000, 'a.csv'), compute);
    const { summary } = await openAndKeep(named(2000, 'b.csv'), compute);
    const data = await keptData(compute);
    expect(data.tables.map(({ name, shape }) => [name, shape])).toEqual([
      ['b.csv', { rowCount: 2000, columnCount: 4 }],
      ['a.csv', { rowCount: 1000, columnCount: 4 }],
    ]);
    expect(data.tables[0]).toMatchObject({ id: summary.id });
    expect(data.usedBytes).toBe(data.tables.reduce((sum, { byteLength }) => sum + byteLength, 0));
    expect(data.limitBytes).toBe(Math.floor(((await navigator.storage.estimate()).quota ?? 0) * 0.6));
    compute.stop();
    const reloaded = workers.compute();
    await restoreTable((await keptData(reloaded)).tables[1]!.id, {}, reloaded);
    expect(await tableNames(reloaded)).toEqual(['a.csv', 'b.csv']);
  });

  it.each([1, 8 * 3000])('are dropped when damaged %i bytes from their end', async (fromEnd) => {
    const { summary } = await openAndKeep(named(3000, 'scored.csv'), compute);
    compute.stop();
    await damage(`table.${summary.id}`, fromEnd);
    const reloaded = workers.compute();
    expect(await restoreTable(summary.id, {}, reloaded)).toBeNull();
    expect(await fileNames()).toEqual([]);
  });

  it('are none where there were none', async () => {
    expect(await restoreTable('ab'.repeat(32), {}, compute)).toBeNull();
    expect(await restoreModel('ab'.repeat(32), {}, compute)).toBeNull();
  });
});

describe('forgetting', () => {
  it('takes tables by id with the scores of their rows, and leaves the rest', async () => {
    const a = await openAndKeep(named(1000, 'a.csv'), compute);
    await openAndKeep(named(2000, 'b.csv'), compute);
    const model = await openModel(await creditModel(), {}, compute);
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [], gate: null };
    for (const [scoresId, tableId] of [
      ['one', a.summary.id],
      ['two', 'other'],
    ] as const)
      await compute.run('scores/put', { scoresId, tableId, scores: Float64Array.of(1), info, persist: true });
    expect((await keptData(compute)).scores).toMatchObject({ count: 2 });
    expect(await forgetKept([a.summary.id], compute)).toBe(2);
    expect(await fileNames()).toEqual([`model.${model.id}`, 'scores.two', expect.stringMatching(/^table\./)]);
    expect(await forgetKept([model.id], compute)).toBe(1);
    expect(await forgetKept('all', compute)).toBe(2);
    expect(await keptData(compute)).toMatchObject({ tables: [], models: [], usedBytes: 0 });
    expect(await compute.run('judgement/open', { spec: specOf(a.summary.id) })).toMatchObject({ rows: 666 });
  });

  it('and closing end the keeping that is under way', async () => {
    for (const end of [
      (id: string) => forgetKept([id], compute),
      (id: string) => releaseTable(id, compute),
    ]) {
      const { id } = await ingestTable(named(800_000, 'large.csv'), {}, compute);
      await waitFor(async () => expect(await fileNames()).toEqual([`table.${id}`]));
      await end(id);
      await waitFor(async () => expect(await fileNames()).toEqual([]));
      await releaseTable(id, compute);
    }
    expect(await tableNames(compute)).toEqual([]);
  });

  it('and keeping are followed by the query', async () => {
    const client = new QueryClient();
    const stop = followKeptData(client);
    const query = keptDataQuery(compute);
    expect((await client.fetchQuery(query)).tables).toEqual([]);
    await openAndKeep(named(1000, 'a.csv'), compute);
    await waitFor(async () => expect(client.getQueryState(query.queryKey)?.isInvalidated).toBe(true));
    await client.fetchQuery(query);
    // From another tab.
    await forgetKept('all', workers.compute());
    await waitFor(async () => expect(client.getQueryState(query.queryKey)?.isInvalidated).toBe(true));
    stop();
  });
});

describe('models', () => {
  it('come back in a new page with their table and scores, without any file', async () => {
    const { summary: table } = await openAndKeep(await creditTable(), compute);
    const model = await openModel(await creditModel(), {}, compute);
    const request = {
      ...{ tableId: table.id, modelId: model.id, rowCount: table.rowCount },
      ...{ choices: { columnOf: {}, order: null }, roled: creditRoled, positiveValues: ['bad'] },
    };
    const scored = await scoreTable(request, {}, compute);
    compute.stop();

    const reloaded = workers.compute();
    expect(await restoreTable(table.id, {}, reloaded)).toEqual(table);
    expect(await restoreModel(model.id, {}, reloaded)).toEqual(model);
    expect(await scoreTable(request, {}, reloaded)).toMatchObject({
      restored: true,
      scoresId: scored.scoresId,
    });
    await forgetKept('all', reloaded);
    const again = { ...request, positiveValues: ['good'] };
    expect(await scoreTable(again, {}, reloaded)).toMatchObject({ restored: false });
  });

  it('are freed when they are closed, and open again', async () => {
    const { summary: table } = await openAndKeep(await creditTable(), compute);
    const file = await creditModel();
    const model = await openModel(file, {}, compute);
    const request = {
      ...{ tableId: table.id, modelId: model.id, rowCount: table.rowCount },
      ...{ choices: { columnOf: {}, order: null }, roled: creditRoled, positiveValues: ['bad'] },
    };
    await scoreTable(request, {}, compute);
    await releaseModel(model.id, compute);
    await expect(scoreTable(request, {}, compute)).rejects.toMatchObject({ code: 'unknown-handle' });
    await openModel(file, {}, compute);
    const other = { ...request, positiveValues: ['good'] };
    expect(await scoreTable(other, {}, compute)).toMatchObject({ restored: false, unscored: 0 });
  });
});

describe('many columns of scores', () => {
  it('leave memory for the storage, and come back when they are asked for', async () => {
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [], gate: null };
    const ids = Array.from({ length: 9 }, (_, i) => `s${i}`);
    for (const [i, scoresId] of ids.entries()) {
      const put = { scoresId, tableId: 't', scores: Float64Array.of(i), info, persist: true };
      await compute.run('scores/put', put);
    }
    const values: string[] = [];
    for (const id of ids)
      values.push((await (await scoresCsv(id, {}, compute)).text()).trim().split(',').at(-1)!);
    expect(values.map(Number)).toEqual(ids.map((_, i) => i));
    await forgetKept('all', compute);
    // Gone from memory and from the storage: the first ones used are the ones that are lost.
    await expect(scoresCsv('s0', {}, compute)).rejects.toMatchObject({ code: 'unknown-handle' });
    expect((await scoresCsv('s8', {}, compute)).size).toBeGreaterThan(0);
  });
});
