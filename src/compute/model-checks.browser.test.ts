import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetKept } from './kept.ts';
import { latencyQuery, modelChecksQuery } from './model-checks.ts';
import { openModel } from './models.ts';
import type { Compute } from './run.ts';
import { scoreTable } from './scoring.ts';
import { ingestTable } from './tables.ts';
import { creditModel, creditRoled, creditTable } from './testing/tables.ts';
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

/** The demo, open and scored. */
async function scored(compute: Compute) {
  const table = await ingestTable(await creditTable(), {}, compute);
  const model = await openModel(await creditModel(), {}, compute);
  const choices = { columnOf: {}, order: null };
  const on = { tableId: table.id, modelId: model.id, choices, roled: creditRoled, positiveValues: ['bad'] };
  const { scoresId, gate } = await scoreTable({ ...on, rowCount: table.rowCount }, {}, compute);
  return { on, scoresId, engine: gate?.engine ?? 'reference' };
}

describe('checks and latency in real workers', () => {
  it('answers all checks of the demo, in their order; each passes but the one that has no recorded scores', async () => {
    const compute = workers.compute();
    const { on, scoresId } = await scored(compute);
    const args = {
      ...on,
      scoresId,
      target: { column: 'Status', positive: ['bad'], excluded: [] },
      split: { column: 'split', value: 'test' },
      goldenColumn: null,
    };
    const client = new QueryClient();
    const checks = await client.fetchQuery(modelChecksQuery(args, compute));
    expect(checks.map(({ code, verdict }) => `${code} ${verdict}`)).toEqual([
      'probabilities pass',
      'double-softmax pass',
      'class-order pass',
      'constant pass',
      'saturated pass',
      'degenerate pass',
      'scaling pass',
      'feature-order pass',
      'missing-values pass',
      'golden-rows not-enough-data',
    ]);
  });

  it('times the engine that scored, once, and not in the home worker where there are others', async () => {
    const compute = workers.compute({ scoringWorkers: 1 });
    const { on, engine } = await scored(compute);
    const client = new QueryClient();
    const query = latencyQuery({ ...on, engine }, compute);
    const report = await client.fetchQuery(query);
    for (const { p50, p95, p99, runs } of [report.oneRow, report.thousandRows]) {
      expect(runs).toBeGreaterThanOrEqual(20);
      expect(p50).toBeGreaterThan(0);
      expect(p99).toBeGreaterThanOrEqual(p95);
    }
    expect(await client.fetchQuery(query)).toBe(report);
    expect(workers.started.length).toBe(crossOriginIsolated ? 2 : 1);
  });
});
