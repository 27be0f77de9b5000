import { describe, expect, test } from 'vitest';
import { histogramX, outcomeBars, positivesAtRight } from './outcome-bars.ts';

const layout = { left: 0, right: 100, axis: 50, gap: 1, tallest: 40 };

describe('outcomeBars', () => {
  test('heights are square roots of shares within the outcome, on one scale', () => {
    const bars = outcomeBars({ low: 0, high: 1, positives: [1, 3], negatives: [400, 0] }, layout);
    // shares: positives 1/4 and 3/4, negatives 1: roots 0.5, 0.866, 1
    expect(bars.negatives).toBe('M0.4 51H49.6V91H0.4Z');
    expect(bars.positives).toBe('M0.4 49H49.6V29H0.4ZM50.4 49H99.6V14.4H50.4Z');
  });

  test('an outcome without rows draws nothing', () => {
    const bars = outcomeBars({ low: 0, high: 1, positives: [0, 0], negatives: [1, 1] }, layout);
    expect(bars.positives).toBe('');
    expect(bars.negatives).not.toContain('NaN');
  });
});

test('the tallest bar of positives at the right end, as it is drawn', () => {
  const counts = { low: 0, high: 1, positives: [9, 3, 4, 0], negatives: [16, 0, 0, 0] };
  // Roots of shares: 0.75, 0.433, 0.5, 0 beside 1, the tallest (40 px); each bin is 25 px wide.
  expect(positivesAtRight(counts, 25, layout)).toBe(1);
  expect(positivesAtRight(counts, 26, layout)).toBe(1 + 0.5 * 40);
  expect(positivesAtRight(counts, 500, layout)).toBe(1 + 0.75 * 40);
  expect(positivesAtRight({ ...counts, positives: [0, 0, 0, 0] }, 50, layout)).toBe(1);
});

test('a threshold stays on the axis, also when it is infinite or all scores are equal', () => {
  expect(histogramX(0.25, [0, 1], layout)).toBe(25);
  expect(histogramX(Number.POSITIVE_INFINITY, [0, 1], layout)).toBe(100);
  expect(histogramX(-1, [0, 1], layout)).toBe(0);
  expect(histogramX(0.5, [0.5, 0.5], layout)).toBe(50);
});
