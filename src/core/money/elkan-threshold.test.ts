import { describe, expect, it } from 'vitest';
import { drain } from '../sliced.ts';
import { elkanThreshold, rowWiseThresholds, variesByRow } from './elkan-threshold.ts';
import { compileScenario, defaultScenario } from './scenario-templates.ts';

describe('the probability from which flagging pays', () => {
  it.each([
    // Lending: 600 x 0.5 saved, 60 a review: 240 gained against 60 lost, as 60 / 300.
    [240, 60, 0.2],
    // Fraud: 100 and a fee of 25 saved, 5 a review, 10 for a good customer held up.
    [120, 15, 1 / 9],
    // Approval: a good one earns 100, a bad one costs 500.
    [500, 100, 1 / 6],
    [0, 50, 1],
    [10, 0, 0],
    [10, -5, 0],
    [0, 0, 0],
    [-10, 50, Number.POSITIVE_INFINITY],
    [-10, 0, Number.POSITIVE_INFINITY],
    [-5, -5, Number.NaN],
  ])('gains %d, loses %d: %d', (gain, loss, expected) => {
    expect(elkanThreshold(gain, loss)).toBe(expected);
  });
});

describe('thresholds row by row, by hand', () => {
  const rows = {
    scores: Float64Array.of(0.9, 0.8, 0.15, 0.2, Number.NaN),
    labels: Uint8Array.of(1, 0, 1, 1, 0),
    amounts: [Float64Array.of(1000, 400, 250, 50, Number.NaN)],
  };
  const lending = defaultScenario('lending', 'Amount');
  const found = (change: object) =>
    drain(rowWiseThresholds(rows, compileScenario({ ...lending, ...change }, ['Amount'])));

  it('50 a review over 0.8 of each amount: 0.0625, 0.15625, 0.25, and never for 50 and for no amount', () => {
    const { middleHalf, net } = found({});
    expect(middleHalf).toEqual([0.15625, Number.POSITIVE_INFINITY]);
    // Only the first two reach their own: 800 - 50, and a review for nothing.
    expect(net).toBe(700);
  });

  it('is in the scale of the scenario, fixed cost paid', () => {
    expect(found({ rowsPerYear: 50, fixedCost: 900 }).net).toBe(6100);
  });

  it('passes what has no threshold: flagging a positive costs, passing a negative does too', () => {
    const odd = {
      ...defaultScenario('fourValues', null),
      flagPositive: -5,
      passNegative: -5,
      flagNegative: 0,
    };
    const { middleHalf, net } = drain(rowWiseThresholds(rows, compileScenario(odd, ['Amount'])));
    expect(middleHalf).toEqual([Number.NaN, Number.NaN]);
    expect(net).toBe(-10);
  });

  it('says whether rows differ at all', () => {
    const varies = (scenario: Parameters<typeof compileScenario>[0]) =>
      variesByRow(compileScenario(scenario, ['Amount']));
    expect(varies(lending)).toBe(true);
    expect(varies({ ...lending, amount: { constant: 900 } })).toBe(false);
    expect(varies({ ...lending, lossRate: 0 })).toBe(false);
  });
});
