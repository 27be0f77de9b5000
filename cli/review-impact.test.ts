import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, run } from './run-review.laws.ts';

// At 0.5 two are flagged: a positive of 1,000 and a negative of 400; a positive of 300 is passed.
const rows =
  'score,bad,amount,day\n0.9,1,1000,2024-01-31\n0.5,0,400,2024-02-01\n0.2,1,300,2024-02-29\n0.1,0,50,\n';
let folder = '';
let question: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-impact-'));
  const [data, scenario] = [join(folder, 'loans.csv'), join(folder, 'scenario.json')];
  writeFileSync(data, rows);
  const costs = { lossRate: 0.5, reviewCost: 50, frictionCost: 10, fixedCost: 40, rowsPerYear: 8 };
  writeFileSync(scenario, JSON.stringify({ template: 'lending', amount: 'amount', ...costs }));
  const label = ['--target', 'bad', '--positive', '1'];
  question = ['--data', data, '--score-column', 'score', ...label, '--scenario', scenario];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the impact of a review', () => {
  it('is what the rows promise at --threshold, by kind of spending and by month', async () => {
    const { impact, decision } = await documentOf(
      ...[...question, '--threshold', '0.5', '--date-column', 'day'],
    );
    // Twice the rows are a year: 2 x 500 prevented; 4 reviews, 2 held up, and 40 fixed: 5 a decision.
    expect(impact).toMatchObject({
      ...{ threshold: 0.5, isYearly: true, undated: 1 },
      total: {
        ...{ rows: 8, flagged: 4, caught: 2, missedPositives: 2 },
        ...{ prevented: 1000, spent: 260, missed: 300, net: 740, roi: 740 / 260 },
      },
      spending: [
        { label: 'Review cost', amount: 200 },
        { label: 'Friction cost', amount: 20 },
        { label: 'Fixed cost', amount: 40 },
      ],
      perDecision: { mean: 92.5, rows: 4, fixedCost: 5 },
    });
    expect(impact!.total.net).toBe(decision!.net);
    expect(impact!.months.map(({ month, rows, net }) => [month, rows, net])).toEqual([
      ['2024-01', 1, 445],
      ['2024-02', 2, -70],
    ]);
  });

  it('is at the threshold that the page proposes when none is given', async () => {
    const { impact, strategies } = await documentOf(...question);
    expect(impact!.threshold).toBe(strategies.find(({ name }) => name === 'maxNet')!.threshold);
    expect(impact!.months).toEqual([]);
  });

  it('is null without a scenario', async () => {
    const { impact } = await documentOf(...question.slice(0, -2));
    expect(impact).toBeNull();
  });

  it('names a date column that is none, before anything is computed', async () => {
    const { code, stdout, stderr } = await run(...question, '--date-column', 'amount');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('invalid-argument: Column "amount" of "loans.csv" is of type number, not date.');
  });
});
