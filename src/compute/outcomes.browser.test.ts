import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JudgementSpec } from '../contracts/judgement.ts';
import type { Progress } from '../contracts/tasks.ts';
import type { OutcomesReading } from '../core/impact/impact-figures.ts';
import type { Scenario } from '../core/money/scenario.ts';
import { closeOutcomes, openOutcomes } from './outcomes.ts';
import type { Compute } from './run.ts';
import { ingestTable } from './tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;
let compute: Compute;

beforeEach(() => {
  workers = new WatchedWorkers();
  compute = workers.compute();
});
afterEach(() => workers.restore());

const csv = (name: string, ...lines: string[]) => new File([lines.join('\n')], name);
const decided = () =>
  csv(
    'loans.csv',
    'id,day,score,y',
    ...['a,2024-01-05,0.9,1', 'b,2024-01-06,0.8,0', 'c,2024-02-01,0.2,0', 'd,2024-02-02,0.7,1'],
  );
const ends = (name = 'ends.csv', last = 'd,good') => csv(name, 'id,end', 'a,bad', 'b,good', 'c,bad', last);

const isHeld = () => false;
const scenario: Scenario = {
  ...{ template: 'lending', name: 'Lending', currency: 'EUR', amount: { constant: 100 } },
  ...{ lossRate: 1, reviewCost: 10, frictionCost: 0, fixedCost: 0, rowsPerYear: null },
};
const reading: OutcomesReading = {
  ...{ idColumn: 'id', decisionIdColumn: 'id', outcomeColumn: 'end', amount: null },
  ...{ positive: ['bad'], undecided: [], dateColumn: { from: 'decisions', column: 'day' } },
};
const specOf = (tableId: string): JudgementSpec => ({
  ...{ tableId, scores: { kind: 'column', column: 'score' }, split: null },
  ...{ target: { column: 'y', positive: ['1'], excluded: [] }, amountColumns: [], recalibration: null },
});
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

async function realise(tableId: string, outcomesId: string) {
  const question = { spec: specOf(tableId), scenario, threshold: 0.5 };
  const { perDecision } = await compute.run('impact/predicted', { ...question, dateColumn: 'day' });
  return compute.run('impact/realised', { ...question, outcomesId, reading, promise: perDecision });
}

describe('a file of outcomes', () => {
  it('is read beside the session, and joined to its decisions', async () => {
    const { id } = await ingestTable(decided(), {}, compute);
    const seen: Progress[] = [];
    const outcomes = await openOutcomes(ends(), { onProgress: (progress) => seen.push(progress) }, compute);
    expect(outcomes.columns.map(({ name }) => name)).toEqual(['id', 'end']);
    expect(seen.at(-1)).toMatchObject({ unit: 'bytes', rows: 4 });
    const realised = await realise(id, outcomes.id);
    // Flagged: a is bad, b and d are good; c is bad and was passed.
    expect(realised.total).toMatchObject({ known: 4, prevented: 100, spent: 30, missed: 100, net: 70 });
    expect(realised.months.map(({ month, net }) => [month, net])).toEqual([
      ['2024-01', 80],
      ['2024-02', -10],
    ]);
  });

  it('stays open while the next one is read, until it is closed', async () => {
    const { id } = await ingestTable(decided(), {}, compute);
    const first = await openOutcomes(ends(), {}, compute);
    expect(await caught(openOutcomes(csv('empty.csv'), {}, compute))).toMatchObject({
      ...{ name: 'FormatError', code: 'empty-file', place: { file: 'empty.csv' } },
    });
    expect((await realise(id, first.id)).total.known).toBe(4);
    const second = await openOutcomes(ends('later.csv', 'd,bad'), {}, compute);
    expect((await realise(id, second.id)).total.prevented).toBe(200);
    expect((await realise(id, first.id)).total.prevented).toBe(100);
    await closeOutcomes(first.id, isHeld, compute);
    expect(await caught(realise(id, first.id))).toMatchObject({ code: 'unknown-handle' });
    expect((await realise(id, second.id)).total.prevented).toBe(200);
    await closeOutcomes(second.id, isHeld, compute);
    expect(await caught(realise(id, second.id))).toMatchObject({ code: 'unknown-handle' });
  });

  it('stays open where the session has the same file', async () => {
    const { id } = await ingestTable(decided(), {}, compute);
    const table = await ingestTable(ends(), {}, compute);
    const same = await openOutcomes(ends('copy.csv'), {}, compute);
    expect(same.id).toBe(table.id);
    await closeOutcomes(same.id, (tableId) => tableId === table.id, compute);
    expect((await realise(id, table.id)).total.known).toBe(4);
  });

  it('comes back after its worker died', async () => {
    const { id } = await ingestTable(decided(), {}, compute);
    const outcomes = await openOutcomes(ends(), {}, compute);
    workers.kill(workers.started[0]!);
    const realised = await caught(realise(id, outcomes.id));
    const again = realised instanceof Error ? await realise(id, outcomes.id) : realised;
    expect(again).toMatchObject({ total: { known: 4, net: 70 } });
  });
});
