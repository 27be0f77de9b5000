import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionAt } from './decision-at.ts';
import { rankScores } from './ranked-scores.ts';
import { flagsSameRows, shownThreshold } from './shown-threshold.ts';
import { stepThreshold } from './step.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 2000 : 200;

/** Scores as models give them: anywhere, in clusters that differ late, and as float32. */
const score = fc.oneof(
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.integer({ min: 0, max: 40 }).map((step) => 0.063 + step * 1e-8),
  fc.float({ min: 0, max: 1, noNaN: true }),
  fc.constant(Number.NaN),
);
const rows = fc.array(fc.tuple(score, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 40 });

function rank(cells: readonly (readonly [number, number])[]) {
  return rankScores(
    Float64Array.from(cells, ([value]) => value),
    Uint8Array.from(cells, ([, label]) => label),
  );
}

describe('the scores on either side of a decision', () => {
  const ranked = rank([
    [0.9, 1],
    [0.5, 0],
    [0.5, 1],
    [0.2, 0],
    [Number.NaN, 1],
  ]);
  it.each([
    [0.95, { lowestFlagged: Number.NaN, highestPassed: 0.9 }],
    [0.9, { lowestFlagged: 0.9, highestPassed: 0.5 }],
    [0.3, { lowestFlagged: 0.5, highestPassed: 0.2 }],
    [0.1, { lowestFlagged: 0.2, highestPassed: Number.NaN }],
  ])('at %f', (threshold, expected) => {
    expect(decisionAt(ranked, threshold, null)).toMatchObject(expected);
  });
  it('is the same decision up to the lowest flagged score, not at the highest passed', () => {
    const range = decisionAt(ranked, 0.3, null);
    expect([0.2, 0.2000001, 0.5, 0.5000001, Number.NaN].map((t) => flagsSameRows(range, t))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(flagsSameRows(decisionAt(ranked, 2, null), Number.POSITIVE_INFINITY)).toBe(true);
    expect(flagsSameRows(decisionAt(ranked, -2, null), -7)).toBe(true);
  });
});

describe('shownThreshold', () => {
  it('rounds where that is inside, else down, with as few decimals as do', () => {
    expect(shownThreshold(0.23612, { highestPassed: 0.23, lowestFlagged: 0.2364 })).toEqual({
      value: 0.23612,
      digits: 5,
    });
    const at = (threshold: number, highestPassed: number) =>
      shownThreshold(threshold, { highestPassed, lowestFlagged: threshold });
    expect(at(0.06302799123, 0.06299)).toEqual({ value: 0.063, digits: 3 });
    expect(at(0.06302799123, 0.0630001)).toEqual({ value: 0.06302, digits: 5 });
    expect(at(0.2869812345, 0.2866)).toEqual({ value: 0.2869, digits: 4 });
    expect(at(0.00996123456, Number.NaN)).toEqual({ value: 0.009, digits: 3 });
    expect(shownThreshold(1.23456789, { highestPassed: 1, lowestFlagged: Number.NaN })).toEqual({
      value: 1.235,
      digits: 3,
    });
  });
  it('writes tiny and close scores out', () => {
    expect(shownThreshold(2e-30, { highestPassed: 1e-30, lowestFlagged: 2e-30 }).value).toBe(2e-30);
    const next = 0.1 + 2 ** -56;
    expect(shownThreshold(next, { highestPassed: 0.1, lowestFlagged: next }).value).toBe(next);
  });
  it('law: read back, it flags exactly the same rows', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: -6, max: 6, noNaN: true }), (cells, anywhere) => {
        const ranked = rank(cells);
        for (const threshold of [anywhere, ...ranked.threshold]) {
          const decision = decisionAt(ranked, threshold, null);
          const { value, digits } = shownThreshold(threshold, decision);
          expect(digits).toBeGreaterThanOrEqual(3);
          const { tp, fp } = decisionAt(ranked, value, null);
          // Very near to 0 twenty decimals may not do; such a threshold stands as it is.
          if (value !== threshold) expect(Number(value.toFixed(digits)) === value).toBe(true);
          expect([tp, fp]).toEqual([decision.tp, decision.fp]);
        }
      }),
      { numRuns },
    );
  });
  it('law: a step to another decision is shown as another number', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const ranked = rank(cells);
        for (const threshold of ranked.threshold) {
          const next = stepThreshold(ranked, threshold, 1, 'decision');
          if (next === threshold) continue;
          const [from, to] = [threshold, next].map((t) => shownThreshold(t, decisionAt(ranked, t, null)));
          expect(to!.value).toBeGreaterThan(from!.value);
        }
      }),
      { numRuns },
    );
  });
});
