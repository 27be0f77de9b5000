import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import type { Notice } from '../core/table/summary.ts';
import { scoresCsv } from './export.ts';
import { forgetKept, keptData } from './kept.ts';
import { openModel } from './models.ts';
import type { Compute } from './run.ts';
import { ingestTable, restoreTable } from './tables.ts';
import { fileNames, named, openAndKeep, specOf, tableNames, waitFor } from './testing/kept.ts';
import { creditModel } from './testing/tables.ts';
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

describe('a storage that is full', () => {
  it('makes room by dropping the least recently used', async () => {
    // Two tables of 2.4 MB, not three.
    await setQuota(7 * MB);
    const a = await openAndKeep(named(100_000, 'a.csv'), compute);
    await openAndKeep(named(100_001, 'b.csv'), compute);
    const other = workers.compute();
    await restoreTable(a.summary.id, {}, other);
    const { notices } = await openAndKeep(named(100_002, 'c.csv'), compute);
    expect(notices).toEqual([]);
    expect(await tableNames(compute)).toEqual(['c.csv', 'a.csv']);
  });

  it('is said, and the table stays open, when no making room would help', async () => {
    await openAndKeep(named(1000, 'small.csv'), compute);
    await setQuota(2 * MB);
    const { summary, notices } = await openAndKeep(named(100_000, 'large.csv'), compute);
    expect(notices.map(({ code }) => code)).toEqual(['table-not-kept']);
    expect(notices[0]?.message).toContain('"large.csv"');
    expect((await compute.run('judgement/open', { spec: specOf(summary.id) })).rows).toBe(66_666);
    expect(await tableNames(compute)).toEqual(['small.csv']);
  });

  it('is said when something else fills the storage, and nothing is left behind', async () => {
    const root = await navigator.storage.getDirectory();
    const filler = await (await root.getFileHandle('filler', { create: true })).createWritable();
    await filler.write(new Uint8Array(8 * MB));
    await filler.close();
    await setQuota(10 * MB);
    const { summary, notices } = await openAndKeep(named(200_000, 'large.csv'), compute);
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
    const info = { engine: 'e', scoreOutput: 'o', unscored: 0, notices: [], gate: null };
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
    const [first, second] = await Promise.all([openAndKeep(file, compute), openAndKeep(file, other)]);
    expect([...first.notices, ...second.notices]).toEqual([]);
    expect(await fileNames()).toEqual([`table.${first.summary.id}`]);
    const [third, fourth] = [workers.compute(), workers.compute()];
    const restored = await Promise.all([third, fourth].map((tab) => restoreTable(first.summary.id, {}, tab)));
    expect(restored).toEqual([first.summary, first.summary]);
  });

  it('read what the other one forgets: whole, or not at all', async () => {
    const { summary } = await openAndKeep(named(400_000, 'same.csv'), compute);
    const tabs = [workers.compute(), workers.compute(), workers.compute()];
    const reading = tabs.slice(1).map((tab) => restoreTable(summary.id, {}, tab));
    const forgotten = forgetKept([summary.id], tabs[0]!);
    for (const read of await Promise.all(reading)) if (read !== null) expect(read).toEqual(summary);
    expect(await forgotten).toBe(1);
    expect(await tableNames(compute)).toEqual([]);
    expect(await fileNames()).toEqual([]);
  });

  it('forget what the other one is just keeping', async () => {
    const { id } = await ingestTable(named(800_000, 'large.csv'), {}, compute);
    await waitFor(async () => expect(await fileNames()).toEqual([`table.${id}`]));
    expect(await forgetKept([id], workers.compute())).toBe(1);
    expect(await fileNames()).toEqual([]);
  });

  it('forget the same things at once, without an error', async () => {
    const { summary } = await openAndKeep(named(1000, 'same.csv'), compute);
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
