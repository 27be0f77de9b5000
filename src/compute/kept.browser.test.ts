import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import type { JudgementSpec } from '../contracts/judgement.ts';
import type { Notice } from '../core/table/summary.ts';
import { scoresCsv } from './export.ts';
import { followKeptData, forgetKept, keptData, keptDataQuery } from './kept.ts';
import { openModel, releaseModel, restoreModel } from './models.ts';
import type { Compute } from './run.ts';
import { scoreTable } from './scoring.ts';
import { deriveTable, ingestTable, releaseTable, restoreTable } from './tables.ts';
import { creditModel, creditRoled, creditTable, scoredTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;
let compute: Compute;

beforeEach(async () => {
  workers = new WatchedWorkers();
  compute = workers.compute();
  await forgetKept('all', compute);
});
afterEach(async () => {
  workers.restore();
  await setQuota(null);
});

/** The quota that Chromium grants and enforces for this origin; null = its own. */
async function setQuota(quotaSize: number | null): Promise<void> {
  const { origin } = location;
  await cdp().send('Storage.overrideQuotaForOrigin', quotaSize === null ? { origin } : { origin, quotaSize });
}

const MB = 1e6;
const keptFolder = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('kept', { create: true });

async function fileNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await keptFolder()).keys()) names.push(name);
  return names.sort();
}

const tableNames = async (own = compute) => (await keptData(own)).tables.map(({ name }) => name);
const waitFor = <R>(check: () => Promise<R>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** Opens a table and waits until it is kept, or until it is said that it could not be. */
async function openAndKeep(file: File, own = compute) {
  const notices: Notice[] = [];
  const summary = await ingestTable(file, { onNotice: (notice) => notices.push(notice) }, own);
  await waitFor(async () => {
    const { tables } = await keptData(own);
    expect(notices.length > 0 || tables.some(({ id }) => id === summary.id)).toBe(true);
  });
  return { summary, notices };
}

/** About 24 bytes a row. */
const named = (rowCount: number, name: string) => new File([scoredTable(rowCount)], name);

const specOf = (tableId: string): JudgementSpec => ({
  tableId,
  scores: { kind: 'column', column: 'score' },
  target: { column: 'y', positive: ['bad'], excluded: [] },
  split: { column: 'split', value: 'test' },
  amountColumn: 'amount',
});

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
    const { summary, notices } = await openAndKeep(named(30_000, 'scored.csv'));
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
    const { summary } = await openAndKeep(named(3000, 'scored.csv'));
    compute.stop();
    const reloaded = workers.compute();
    await restoreTable(summary.id, {}, reloaded);
    const recipe = { readings: { amount: { kind: 'category' as const } }, joins: [] };
    const derived = await deriveTable(summary.id, recipe, {}, reloaded);
    workers.kill(workers.started.at(-1)!);
    const spec = { ...specOf(derived.id), amountColumn: null };
    const judge = () => reloaded.run('judgement/open', { spec });
    expect((await judge().catch(judge)).rows).toBe(2000);
  });

  it('are listed with their shape, the most recently used first', async () => {
    await openAndKeep(named(1000, 'a.csv'));
    const { summary } = await openAndKeep(named(2000, 'b.csv'));
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
    const { summary } = await openAndKeep(named(3000, 'scored.csv'));
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

describe('a storage that is full', () => {
  it('makes room by dropping the least recently used', async () => {
    // Two tables of 2.4 MB, not three.
    await setQuota(7 * MB);
    const a = await openAndKeep(named(100_000, 'a.csv'));
    await openAndKeep(named(100_001, 'b.csv'));
    const other = workers.compute();
    await restoreTable(a.summary.id, {}, other);
    const { notices } = await openAndKeep(named(100_002, 'c.csv'));
    expect(notices).toEqual([]);
    expect(await tableNames()).toEqual(['c.csv', 'a.csv']);
  });

  it('is said, and the table stays open, when no making room would help', async () => {
    await openAndKeep(named(1000, 'small.csv'));
    await setQuota(2 * MB);
    const { summary, notices } = await openAndKeep(named(100_000, 'large.csv'));
    expect(notices.map(({ code }) => code)).toEqual(['table-not-kept']);
    expect(notices[0]?.message).toContain('"large.csv"');
    expect((await compute.run('judgement/open', { spec: specOf(summary.id) })).rows).toBe(66_666);
    expect(await tableNames()).toEqual(['small.csv']);
  });

  it('is said when something else fills the storage, and nothing is left behind', async () => {
    const root = await navigator.storage.getDirectory();
    const filler = await (await root.getFileHandle('filler', { create: true })).createWritable();
    await filler.write(new Uint8Array(8 * MB));
    await filler.close();
    await setQuota(10 * MB);
    const { summary, notices } = await openAndKeep(named(200_000, 'large.csv'));
    expect(notices.map(({ code }) => code)).toEqual(['table-not-kept']);
    expect(await fileNames()).toEqual([]);
    expect((await compute.run('judgement/open', { spec: specOf(summary.id) })).rows).toBe(133_333);
    // "Forget everything" means all of it.
    await forgetKept('all', compute);
    await expect(root.getFileHandle('filler')).rejects.toThrow();
  });

  it('leaves models and scores in memory, and says so', async () => {
    await setQuota(1000);
    const model = await openModel(await creditModel(), {}, compute);
    expect(model.notices.map(({ code }) => code)).toContain('model-not-kept');
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [] };
    const put = {
      scoresId: 's',
      tableId: 't',
      scores: new Float64Array(1000).fill(0.5),
      info,
      persist: true,
    };
    expect((await compute.run('scores/put', put)).notice?.code).toBe('scores-not-kept');
    expect((await (await scoresCsv('s', {}, compute)).text()).split('\n').length).toBe(1002);
  });
});

describe('two tabs', () => {
  it('keep and restore the same table at once', async () => {
    const other = workers.compute();
    const file = named(200_000, 'same.csv');
    const [first, second] = await Promise.all([openAndKeep(file), openAndKeep(file, other)]);
    expect([...first.notices, ...second.notices]).toEqual([]);
    expect(await fileNames()).toEqual([`table.${first.summary.id}`]);
    const [third, fourth] = [workers.compute(), workers.compute()];
    const restored = await Promise.all([third, fourth].map((tab) => restoreTable(first.summary.id, {}, tab)));
    expect(restored).toEqual([first.summary, first.summary]);
  });

  it('read what the other one forgets: whole, or not at all', async () => {
    const { summary } = await openAndKeep(named(400_000, 'same.csv'));
    const tabs = [workers.compute(), workers.compute(), workers.compute()];
    const reading = tabs.slice(1).map((tab) => restoreTable(summary.id, {}, tab));
    const forgotten = forgetKept([summary.id], tabs[0]!);
    for (const read of await Promise.all(reading)) if (read !== null) expect(read).toEqual(summary);
    expect(await forgotten).toBe(1);
    expect(await tableNames()).toEqual([]);
    expect(await fileNames()).toEqual([]);
  });

  it('forget what the other one is just keeping', async () => {
    const { id } = await ingestTable(named(800_000, 'large.csv'), {}, compute);
    await waitFor(async () => expect(await fileNames()).toEqual([`table.${id}`]));
    expect(await forgetKept([id], workers.compute())).toBe(1);
    expect(await fileNames()).toEqual([]);
  });

  it('forget the same things at once, without an error', async () => {
    const { summary } = await openAndKeep(named(1000, 'same.csv'));
    const other = workers.compute();
    await Promise.all([
      forgetKept([summary.id], compute),
      forgetKept('all', other),
      forgetKept([summary.id], other),
    ]);
    expect(await fileNames()).toEqual([]);
  });
});

describe('a worker that dies while it keeps a table', () => {
  it('is replaced, and the table is kept all the same', async () => {
    const notices: Notice[] = [];
    const file = named(800_000, 'large.csv');
    const { id } = await ingestTable(file, { onNotice: (notice) => notices.push(notice) }, compute);
    await waitFor(async () => expect(await fileNames()).toEqual([`table.${id}`]));
    workers.kill(workers.started[0]!);
    const other = workers.compute();
    expect(await tableNames(other)).toEqual([]);
    await waitFor(async () => expect(await tableNames(other)).toEqual(['large.csv']));
    expect(notices).toEqual([]);
    expect((await restoreTable(id, {}, other))?.rowCount).toBe(800_000);
  });

  it('with its page leaves nothing that is read as whole', async () => {
    const { id } = await ingestTable(named(800_000, 'large.csv'), {}, compute);
    await waitFor(async () => expect(await fileNames()).toEqual([`table.${id}`]));
    compute.keeping.stop('all');
    for (const worker of workers.started) workers.kill(worker);
    const reloaded = workers.compute();
    expect(await restoreTable(id, {}, reloaded)).toBeNull();
    await waitFor(async () => {
      await keptData(reloaded);
      expect(await fileNames()).toEqual([]);
    });
    const { notices } = await openAndKeep(named(800_000, 'large.csv'), reloaded);
    expect(notices).toEqual([]);
  });
});

describe('forgetting', () => {
  it('takes tables by id with the scores of their rows, and leaves the rest', async () => {
    const a = await openAndKeep(named(1000, 'a.csv'));
    await openAndKeep(named(2000, 'b.csv'));
    const model = await openModel(await creditModel(), {}, compute);
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [] };
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
    expect(await tableNames()).toEqual([]);
  });

  it('and keeping are followed by the query', async () => {
    const client = new QueryClient();
    const stop = followKeptData(client);
    const query = keptDataQuery(compute);
    expect((await client.fetchQuery(query)).tables).toEqual([]);
    await openAndKeep(named(1000, 'a.csv'));
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
    const { summary: table } = await openAndKeep(await creditTable());
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
    const { summary: table } = await openAndKeep(await creditTable());
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
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [] };
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
