import { expect, it } from 'vitest';
import { hasTooFewRows } from './few-rows.ts';

it.each([
  [29, 15, 14, true],
  [30, 15, 15, false],
  [1000, 9, 991, true],
  [1000, 991, 9, true],
  [1000, 10, 990, false],
])('%i rows, %i positive, %i negative: %s', (rows, positives, negatives, few) => {
  expect(hasTooFewRows({ rows, positives, negatives })).toBe(few);
});
