import { describe, expect, it } from 'vitest';
import { takeRows } from './take-rows.ts';

describe('takeRows', () => {
  it('gathers in the order of the rows, missing values too', () => {
    const values = Float64Array.of(10, 11, Number.NaN, 13);
    expect(takeRows(values, Uint32Array.of(3, 2, 0, 3))).toEqual(Float64Array.of(13, Number.NaN, 10, 13));
  });
  it('gives a fresh, empty array for no rows', () => {
    expect(takeRows(Float64Array.of(1), new Uint32Array(0)).length).toBe(0);
  });
});
