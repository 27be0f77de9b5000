import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../fixtures/golden.ts';
import { proportionInterval } from '../src/core/stats/proportion-interval.ts';
import { documentOf } from './run-review.laws.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

const asked = [
  ...['--data', join(fixtures, 'credit_data', 'data_raw.csv'), '--target', 'Status', '--positive', 'bad'],
  ...['--join', join(fixtures, 'credit_data', 'expected', 'probabilities_test.csv'), '--on', 'row_id'],
  ...['--score-column', 'lightgbm_categorical', '--split', 'split=test', '--threshold', '0.5'],
];

describe('how sure review is', () => {
  it('gives every strategy intervals by the bootstrap, with the seed in the document', async () => {
    const { strategies, decision, bootstrap } = await documentOf(...asked, '--bootstrap', '200');
    expect(bootstrap).toMatchObject({ replicates: 200, seed: 20240501, isExact: true });
    const maxF1 = strategies.find(({ name }) => name === 'maxF1')!;
    const [low, high] = maxF1.uncertainty!.intervals.recall;
    expect(low).toBeLessThan(maxF1.recall!);
    expect(high).toBeGreaterThan(maxF1.recall!);
    expect(maxF1.uncertainty!.reached).toBe(200);
    // Without a scenario there is no money.
    expect(maxF1.uncertainty!.intervals.net).toEqual([null, null]);
    expect(maxF1.uncertainty!.outOfBagNet).toBeNull();
    expect(strategies.find(({ name }) => name === 'maxNet')!.uncertainty!.reached).toBe(0);
    expect(decision!.uncertainty!.intervals.threshold).toEqual([0.5, 0.5]);
  });

  it('says the same of every strategy whatever threshold is asked for beside them', async () => {
    // More distinct scores than the bootstrap has exact bins for: a fixed threshold moves the bins.
    const rows = Array.from({ length: 3000 }, (_, row) => {
      const score = ((row * 7919) % 3001) / 3001;
      return `${score},${(row * 31) % 97 < 100 * score ? 1 : 0}`;
    });
    const data = join(mkdtempSync(join(tmpdir(), 'review-')), 'scores.csv');
    writeFileSync(data, ['score,label', ...rows].join('\n'));
    const question = ['--data', data, '--target', 'label', '--positive', '1', '--score-column', 'score'];
    const at = (...threshold: string[]) => documentOf(...question, '--bootstrap', '50', ...threshold);
    const [alone, beside] = [await at(), await at('--threshold', '0.3217')];
    expect(alone.bootstrap!.isExact).toBe(false);
    expect(beside.bootstrap).toEqual(alone.bootstrap);
    expect(beside.strategies).toEqual(alone.strategies);
    expect(beside.decision!.uncertainty!.intervals.threshold).toEqual([0.3217, 0.3217]);
    expect(alone.decision).toBeNull();
  });

  it('leaves the bootstrap out on request, and computes intervals of proportions as asked', async () => {
    const { strategies, decision, bootstrap } = await documentOf(
      ...asked,
      ...['--bootstrap', '0', '--intervals', 'clopper-pearson'],
    );
    expect(bootstrap).toBeNull();
    expect(strategies.every(({ uncertainty }) => uncertainty === null)).toBe(true);
    const { tp, fn, flagged, precision, rowsToNoticeDrop } = decision!;
    expect(decision!.recallInterval).toEqual(proportionInterval(tp!, tp! + fn!, 'clopper-pearson'));
    expect(decision!.precisionInterval).toEqual(proportionInterval(tp!, flagged!, 'clopper-pearson'));
    // Without the far tail of the test: n = 2 (1.9600 + 0.8416)² / h².
    const h = 2 * Math.asin(Math.sqrt(precision!)) - 2 * Math.asin(Math.sqrt(precision! - 0.05));
    expect(Math.abs(rowsToNoticeDrop! / ((2 * 2.8016 ** 2) / h ** 2) - 1)).toBeLessThan(0.01);
    const unreachable = strategies.find(({ reason }) => reason === 'no-scenario')!;
    expect(unreachable.recallInterval).toEqual([null, null]);
  });

  it('lays the judged rows beside the labelled ones outside the split', async () => {
    const { models } = goldenJson<{ models: Record<string, { n: number; positives: number }> }>(
      './credit_data/expected/metrics_classification.json',
    );
    const { n, positives } = models.lightgbm_categorical!;
    const { split } = await documentOf(...asked, '--bootstrap', '0');
    const { judged, outside, difference, interval, p } = split!.baseRate;
    expect(judged).toBe(positives / n);
    expect(difference).toBe(judged! - outside!);
    // The split is stratified: both parts have the same rate.
    expect(Math.abs(difference!)).toBeLessThan(0.001);
    expect(interval[0]).toBeLessThan(0);
    expect(interval[1]).toBeGreaterThan(0);
    expect(p).toBeGreaterThan(0.9);
  });
});
