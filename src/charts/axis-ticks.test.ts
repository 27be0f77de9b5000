import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitTicks, moneyAxis, niceTicks, stepDecimals } from './axis-ticks.ts';

describe('niceTicks', () => {
  test.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 100, 2, [0, 50, 100]],
    [-0.1, 2, 5, [-0.5, 0, 0.5, 1, 1.5, 2]],
    [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
    [5, 5, 5, [2, 3, 4, 5, 6, 7, 8]],
  ])('%d to %d in at most %d', (low, high, most, ticks) => {
    expect(niceTicks(low, high, most).ticks).toEqual(ticks);
  });

  test('equal and undefined bounds still make an axis', () => {
    expect(niceTicks(0, 0).domain).toEqual([-1, 1]);
    expect(niceTicks(Number.NaN, 3).domain).toEqual([0, 1]);
    expect(niceTicks(0, Number.POSITIVE_INFINITY).domain).toEqual([0, 1]);
  });

  test('law: the ticks hold the data, ascend, and are few', () => {
    const end = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(end, end, fc.integer({ min: 2, max: 10 }), (a, b, most) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high - low > 1e-6 * Math.max(1, Math.abs(low), Math.abs(high)));
        const axis = niceTicks(low, high, most);
        const slack = 1e-6 * axis.step;
        expect(axis.domain[0]).toBeLessThanOrEqual(low + slack);
        expect(axis.domain[1]).toBeGreaterThanOrEqual(high - slack);
        expect(axis.ticks.length).toBeLessThanOrEqual(most + 3);
        for (let i = 1; i < axis.ticks.length; i += 1)
          expect(axis.ticks[i]! - axis.ticks[i - 1]!).toBeCloseTo(axis.step, 4);
      }),
      { numRuns: 200 },
    );
  });
});

describe('fitTicks', () => {
  test('an end far from its tick follows the data, a near one goes to the tick', () => {
    const axis = fitTicks(-0.07, 2.4, 5);
    expect(axis.ticks).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(axis.domain[0]).toBeCloseTo(-0.07 - 0.03 * 2.47, 12);
    expect(axis.domain[1]).toBe(2.5);
  });

  test('all ticks lie inside and the data too', () => {
    const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(end, end, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high - low > 1e-3);
        const { domain, ticks, step } = fitTicks(low, high);
        expect(domain[0]).toBeLessThanOrEqual(low + 1e-6 * step);
        expect(domain[1]).toBeGreaterThanOrEqual(high - 1e-6 * step);
        for (const tick of ticks) expect(tick >= domain[0] && tick <= domain[1]).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('moneyAxis', () => {
  test('one unit for all ticks, decimals from the step', () => {
    const axis = moneyAxis(niceTicks(0, 2_000_000, 4), 'en');
    expect(axis.unit).toBe('M');
    expect([0, 500_000, 2_000_000, -500_000].map((t) => axis.formatTick(t))).toEqual([
      '0',
      '0.5',
      '2.0',
      '\u22120.5',
    ]);
  });

  test('the step of the drawn axis decides the decimals', () => {
    const axis = moneyAxis(niceTicks(0, 2_000_000, 2), 'en');
    expect(axis.formatTick(1_000_000)).toBe('1');
    expect(axis.formatTick(250_000, niceTicks(0, 1_000_000, 4))).toBe('0.25');
  });

  test('small amounts have no unit', () => {
    expect(moneyAxis(niceTicks(0, 400, 4), 'en').unit).toBe('');
  });
});

test('stepDecimals writes a step exactly', () => {
  expect([20, 1, 0.5, 0.25, 0.001].map(stepDecimals)).toEqual([0, 0, 1, 2, 3]);
});
