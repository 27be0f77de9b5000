import { expect, it } from 'vitest';
import { emptySums, sumsWith } from './contribution-sums.ts';

it('adds sizes and signs by feature, and keeps the largest gap between base + Σφ and the output', () => {
  // Two features, three rows, column by column; the base is 1, and the outputs are off by 0, 0.5 and 0.25.
  const values = Float64Array.of(1, -2, 0.5, 0, 3, -0.5);
  const first = sumsWith(emptySums(2), { values, outputs: Float64Array.of(2, 2.5, 0.75) }, 1);
  expect(first).toEqual({
    rowCount: 3,
    absolute: Float64Array.of(3.5, 3.5),
    signed: Float64Array.of(-0.5, 2.5),
    maxAdditivityError: 0.5,
  });
  const more = sumsWith(first, { values: Float64Array.of(-1, 4), outputs: Float64Array.of(4) }, 1);
  expect(more).toEqual({
    rowCount: 4,
    absolute: Float64Array.of(4.5, 7.5),
    signed: Float64Array.of(-1.5, 6.5),
    maxAdditivityError: 0.5,
  });
});

it('leaves out rows without an explained value, and does not count them', () => {
  const { NaN: none } = Number;
  const block = { values: Float64Array.of(none, 2, 1, 1), outputs: Float64Array.of(none, 3) };
  expect(sumsWith(emptySums(2), block, 0)).toEqual({
    rowCount: 1,
    absolute: Float64Array.of(2, 1),
    signed: Float64Array.of(2, 1),
    maxAdditivityError: 0,
  });
});
