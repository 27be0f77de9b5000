import { expect, it } from 'vitest';
import { openPair } from './order-stability.ts';

const rule = { top: 2, tieShare: 0.05 };
const values = Float64Array.of(3, 10, 6);

it('names the first neighbours whose intervals overlap, the larger first', () => {
  // 1.96 (1 + 0.6) is 3.1, below the gap of 4; 1.96 (0.6 + 1) is above the gap of 3.
  expect(openPair(values, Float64Array.of(1, 1, 0.6), rule)).toEqual([2, 0]);
  expect(openPair(values, Float64Array.of(1, 2, 0.6), rule)).toEqual([1, 2]);
});

it('is null where all of the top are apart, whatever lies below', () => {
  expect(openPair(values, Float64Array.of(0.5, 1, 0.6), rule)).toBeNull();
  expect(openPair(values, Float64Array.of(9, 1, 0.6), { ...rule, top: 1 })).toBeNull();
});

it('takes what differs by little for a tie, and a NaN for open', () => {
  const near = Float64Array.of(10, 9.9);
  expect(openPair(near, Float64Array.of(0.05, 0.05), rule)).toBeNull();
  expect(openPair(near, Float64Array.of(0.2, 0.2), rule)).toEqual([0, 1]);
  expect(openPair(values, Float64Array.of(0, Number.NaN, 0), rule)).toEqual([1, 2]);
  expect(openPair(Float64Array.of(4), Float64Array.of(9), rule)).toBeNull();
});
