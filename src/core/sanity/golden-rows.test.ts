import { expect, it } from 'vitest';
import { goldenRowsCheck } from './golden-rows.ts';

const comparison = {
  rows: 1000,
  differing: 0,
  tolerance: 2e-6,
  maxDifference: 5e-7,
  maxRow: 12,
  scoredInOne: 3,
};
const check = (changes: Partial<typeof comparison>) =>
  goldenRowsCheck({ column: 'score_2023', comparison: { ...comparison, ...changes } });

it('passes when every row is within the tolerance', () => {
  expect(check({})).toMatchObject({
    verdict: 'pass',
    finding: 'All 1,000 rows of "score_2023" are reproduced, to within 5e-7 (allowed: 2e-6).',
  });
});

it('warns up to 1 % of rows beyond it, fails for more, and names the worst row', () => {
  expect(check({ differing: 10, maxDifference: 0.25 })).toMatchObject({ verdict: 'warn' });
  const failed = check({ differing: 11, maxDifference: 0.25 });
  expect(failed.verdict).toBe('fail');
  expect(failed.finding).toBe(
    '11 of 1,000 rows (1.1 %) differ from "score_2023" by more than 2e-6, at most by 0.250 in data row 13 (from 1).',
  );
});

it('says when there is nothing to compare', () => {
  expect(goldenRowsCheck(null)).toMatchObject({ verdict: 'not-enough-data', title: 'No recorded scores' });
  expect(check({ rows: 0, maxDifference: Number.NaN }).verdict).toBe('not-enough-data');
});
