import { describe, expect, it } from 'vitest';
import type { Scenario } from '../money/scenario.ts';
import { drain } from '../sliced.ts';
import { predictImpact } from './predict-impact.ts';
import { promiseOnNewRows } from './promise-on-new-rows.ts';
import { promisedNet } from './promised-net.ts';

/** a and b are flagged: one bad of 100 prevented, two reviews of 10: net 80 on four rows, 20 a row. */
const rows = {
  ...{ scores: Float64Array.of(0.9, 0.8, 0.2, 0.1), labels: Uint8Array.of(1, 0, 0, 0) },
  ...{ amountColumns: [], amounts: [], dates: null },
};
const scenario: Scenario = {
  ...{ template: 'lending', name: 'Lending', currency: 'EUR', amount: { constant: 100 } },
  ...{ lossRate: 1, reviewCost: 10, frictionCost: 0, fixedCost: 0, rowsPerYear: null },
};
const predicted = (changes: Partial<Pick<Scenario, 'rowsPerYear' | 'fixedCost'>> = {}) =>
  drain(predictImpact(rows, { ...scenario, ...changes }, 0.5));

describe('promiseOnNewRows', () => {
  it('has the mean of the out-of-bag net value: 60 on 4 rows is 15 a row, and 30 for 2 of them', () => {
    const before = predicted();
    expect(before).toMatchObject({ total: { net: 80 }, perDecision: { mean: 20 } });
    const promise = promiseOnNewRows(before, 60);
    expect(promise).toEqual({ ...before.perDecision, mean: 15 });
    const [was, is] = [promisedNet(before.perDecision, 2), promisedNet(promise, 2)];
    expect(is.net).toBe(30);
    expect(is.high - is.low).toBeCloseTo(was.high - was.low, 9);
  });

  it('is of one row whatever the yearly volume: 400 rows a year bring 100 times as much, less the fixed cost', () => {
    const yearly = predicted({ rowsPerYear: 400, fixedCost: 2000 });
    expect(yearly).toMatchObject({ total: { net: 6000, rows: 400 }, perDecision: { mean: 15 } });
    expect(promiseOnNewRows(yearly, 4000).mean).toBeCloseTo(10, 12);
  });

  it('is the mean of the judged rows where they did not choose the threshold, or nothing better is known', () => {
    const { perDecision } = predicted();
    expect(promiseOnNewRows(predicted(), null)).toEqual(perDecision);
    expect(promiseOnNewRows(predicted(), Number.NaN)).toEqual(perDecision);
  });
});
