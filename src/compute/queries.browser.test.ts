import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JudgementSpec, startingParameters } from '../contracts/judgement.ts';
import type { Scenario } from '../core/money/scenario.ts';
import { decisionQuery, judgementQuery, scenarioQuery, stepThreshold } from './queries.ts';
import type { Compute } from './run.ts';
import { ingestTable } from './tables.ts';
import { scoredTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;
let compute: Compute;
let client: QueryClient;
let spec: JudgementSpec;

const scenario: Scenario = {
  template: 'lending',
  name: 'test',
  currency: '',
  amount: { column: 'amount' },
  lossRate: 0.8,
  reviewCost: 50,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
};

beforeEach(async () => {
  workers = new WatchedWorkers();
  compute = workers.compute();
  client = new QueryClient();
  const { id } = await ingestTable(scoredTable(30_000), {}, compute);
  spec = {
    tableId: id,
    scores: { kind: 'column', column: 'score' },
    target: { column: 'y', positive: ['bad'], excluded: [] },
    split: { column: 'split', value: 'test' },
    amountColumns: ['amount'],
    recalibration: null,
  };
});
afterEach(() => {
  client.clear();
  workers.restore();
});

/** Counts the jobs that reach the worker. */
function countJobs(): Map<string, number> {
  const counts = new Map<string, number>();
  const run = compute.run.bind(compute);
  compute.run = (task, args, options) => {
    counts.set(task, (counts.get(task) ?? 0) + 1);
    return run(task, args, options);
  };
  return counts;
}

describe('queries', () => {
  it('answer a judgement, a scenario and a decision that agree', async () => {
    const { id, rows } = await client.fetchQuery(judgementQuery(spec, compute));
    expect(rows).toBe(20_000);
    const answer = await client.fetchQuery(scenarioQuery(id, scenario, startingParameters, compute));
    const best = answer.strategies.find(({ rule }) => rule === 'maxNet')?.decision;
    const decision = await client.fetchQuery(decisionQuery(id, scenario, best?.threshold ?? 0.5, compute));
    expect(decision).toEqual(best);
  });

  it('ask the worker once for what is asked twice', async () => {
    const counts = countJobs();
    await client.fetchQuery(judgementQuery(spec, compute));
    await client.fetchQuery(judgementQuery({ ...spec }, compute));
    expect(counts.get('judgement/open')).toBe(1);
  });

  it('of a hundred moves of the slider send few, the last one among them', async () => {
    const { id } = await client.fetchQuery(judgementQuery(spec, compute));
    const counts = countJobs();
    const observer = new QueryObserver(client, decisionQuery(id, scenario, 0, compute));
    const last = await new Promise<number>((resolve) => {
      observer.subscribe(({ data }) => data?.threshold === 1 && resolve(data.threshold));
      for (let move = 1; move <= 100; move++)
        observer.setOptions(decisionQuery(id, scenario, move / 100, compute));
    });
    expect(last).toBe(1);
    expect(counts.get('judgement/at')).toBeLessThanOrEqual(3);
  });

  it('try once more after a crash, and only after a crash', async () => {
    const { id } = await client.fetchQuery(judgementQuery(spec, compute));
    const counts = countJobs();
    workers.throwIn(workers.started[0]!);
    const decision = await client.fetchQuery(decisionQuery(id, null, 0.5, compute));
    expect(decision.rows).toBe(20_000);
    const wrong = { ...spec, target: { ...spec.target, column: 'nowhere' } };
    await expect(client.fetchQuery(judgementQuery(wrong, compute))).rejects.toMatchObject({
      code: 'column-missing',
    });
    expect(counts.get('judgement/open')).toBe(1);
  });

  it('tell apart thresholds that JSON does not', async () => {
    const { id } = await client.fetchQuery(judgementQuery(spec, compute));
    const none = await client.fetchQuery(decisionQuery(id, null, Number.POSITIVE_INFINITY, compute));
    const all = await client.fetchQuery(decisionQuery(id, null, Number.NEGATIVE_INFINITY, compute));
    expect([none.flagged, all.flagged]).toEqual([0, 20_000]);
  });

  it('step to the next distinct score', async () => {
    const { id } = await client.fetchQuery(judgementQuery(spec, compute));
    const up = await stepThreshold(id, 0.5, 1, 'decision', compute);
    expect(up).toBeGreaterThan(0.5);
    expect(up - 0.5).toBeLessThan(0.001);
    expect(await stepThreshold(id, 0.5, -1, 'percent', compute)).toBeLessThanOrEqual(0.491);
  });
});
