import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CascadeDesign } from './cascade.ts';
import { answerCascade } from './cascade-answer.ts';
import type { CascadeRows } from './cascade-rows.ts';
import { defaultScenario } from './scenario-templates.ts';

const lending = { ...defaultScenario('lending', 'Amount'), reviewCost: 50 };

function rowsOf(
  fast: readonly number[],
  accurate: readonly number[],
  labels: readonly number[],
  amounts: readonly number[] = labels.map(() => 100),
): CascadeRows {
  return {
    fast: Float64Array.from(fast),
    accurate: Float64Array.from(accurate),
    labels: Uint8Array.from(labels),
    amounts: [Float64Array.from(amounts)],
  };
}

const six = rowsOf(
  [0.9, 0.6, 0.5, 0.4, 0.1, NaN],
  [0.2, 0.9, 0.1, 0.8, 0.9, 0.9],
  [1, 1, 0, 1, 0, 1],
  [100, 200, 300, NaN, 500, 600],
);
const design: CascadeDesign = { low: 0.4, high: 0.7, accurateThreshold: 0.5, fastCost: 1, accurateCost: 10 };

describe('cascade', () => {
  it('by hand: the accurate model decides three rows of six', () => {
    const answer = answerCascade(six, ['Amount'], lending, design);
    expect(answer.handedOn).toBe(3);
    // Flagged: 0.9 by the fast model; 0.6 and 0.4 by the accurate one. The fourth row's amount is missing.
    expect(answer.pair).toMatchObject({ flagged: 3, precision: 1, recall: 3 / 4, f1: 6 / 7 });
    expect(answer.pair.scoringCost).toBe(6 * 1 + 3 * 10);
    expect(answer.pair.net).toBeCloseTo(80 + 160 - 3 * 50 - 36, 10);
    // Alone, the accurate model flags the 200 and the 600 at 0.9, with the good 500 between them.
    expect(answer.accurateAlone).toMatchObject({ threshold: 0.9, flagged: 3, scoringCost: 60 });
    expect(answer.accurateAlone.net).toBeCloseTo(160 + 480 - 150 - 60, 10);
    expect(answer.fastAlone).toMatchObject({ threshold: 0.6, flagged: 2, scoringCost: 6 });
    expect(answer.tried).toBe(0);
  });

  it('by hand: the interval of the difference is of paired rows', () => {
    const { netDifference } = answerCascade(six, ['Amount'], lending, design);
    // Pair less accurate alone: 30 - 0, same, 0, -50, 0 + 50, 0 - 430; scoring 1 + 10 in the band, 1 outside, against 10.
    const differences = [30 + 9, -1, -1, -50 - 1, 50 + 9, -430 + 9];
    const sum = differences.reduce((total, d) => total + d, 0);
    const spread = differences.reduce((total, d) => total + (d - sum / 6) ** 2, 0);
    const half = 1.959963984540054 * Math.sqrt((6 * spread) / 5);
    expect(netDifference[0]).toBeCloseTo(sum - half, 9);
    expect(netDifference[1]).toBeCloseTo(sum + half, 9);
  });

  it('scales to a year; takes the fixed cost once for each way', () => {
    const yearly = { ...lending, rowsPerYear: 60, fixedCost: 5 };
    const here = answerCascade(six, ['Amount'], lending, design);
    const year = answerCascade(six, ['Amount'], yearly, design);
    expect(year.pair.net).toBeCloseTo(10 * here.pair.net - 5, 9);
    expect(year.pair.scoringCost).toBe(360);
    expect(year.netDifference[1]).toBeCloseTo(10 * here.netDifference[1], 8);
  });

  it('without a scenario: by F1, money not defined', () => {
    const answer = answerCascade(six, ['Amount'], null, null);
    expect(answer.pair.net).toBeNaN();
    expect(answer.netDifference).toEqual([Number.NaN, Number.NaN]);
    expect(answer.pair.f1).toBe(6 / 7);
    expect(answer.tried).toBeGreaterThan(0);
  });

  it('finds the band at the costs that are given: a dearer accurate model is asked less', () => {
    const rows = rowsOf([0.9, 0.6, 0.5, 0.1], [0.1, 0.2, 0.9, 0.8], [1, 0, 1, 0]);
    const cheap = answerCascade(rows, ['Amount'], lending, { fastCost: 2, accurateCost: 0 });
    const dear = answerCascade(rows, ['Amount'], lending, { fastCost: 2, accurateCost: 1000 });
    expect(cheap.handedOn).toBeGreaterThan(0);
    expect(dear.handedOn).toBe(0);
    expect(dear.pair.net).toBe(dear.fastAlone.net);
    expect(dear.design).toMatchObject({ fastCost: 2, accurateCost: 1000 });
  });

  it('refuses scores of other rows and a band that ends before it begins', () => {
    expect(() =>
      answerCascade({ ...six, accurate: new Float64Array(5) }, ['Amount'], lending, design),
    ).toThrow(/fast ones are of 6 rows, the accurate ones of 5/);
    expect(() => answerCascade(six, ['Amount'], lending, { ...design, low: 0.8 })).toThrow(/must not end/);
  });
});

const runs = process.env.CUTLINE_LANE === 'slow' ? 500 : 50;

const anyRows = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 9 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 300 }),
    ),
    { minLength: 2, maxLength: 40 },
  )
  .map((rows) =>
    rowsOf(
      rows.map(([fast]) => fast / 10),
      rows.map(([, accurate]) => accurate / 10),
      rows.map(([, , bad]) => Number(bad)),
      rows.map(([, , , amount]) => amount),
    ),
  );

describe('laws of the cascade', () => {
  it('an empty band is the fast model alone; a band over all is the accurate one, and pays for both', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const alone = answerCascade(rows, ['Amount'], lending, design);
        const { fastAlone, accurateAlone } = alone;
        const cut = fastAlone.threshold;
        const empty = answerCascade(rows, ['Amount'], lending, { ...design, low: cut, high: cut });
        expect({ ...empty.pair, threshold: cut }).toEqual(fastAlone);
        const all = answerCascade(rows, ['Amount'], lending, {
          ...design,
          low: -1,
          high: 2,
          accurateThreshold: accurateAlone.threshold,
        });
        expect(all.handedOn).toBe(rows.labels.length);
        expect(all.pair.flagged).toBe(accurateAlone.flagged);
        expect(all.pair.net).toBeCloseTo(accurateAlone.net - rows.labels.length * design.fastCost, 6);
        expect(all.netDifference[1]).toBeCloseTo(-rows.labels.length * design.fastCost, 6);
      }),
      { numRuns: runs },
    );
  });

  it('the best found is the best of all bands and thresholds when there are few scores, at the least rows handed on', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const best = answerCascade(rows, ['Amount'], lending, null);
        const costs = { fastCost: 0, accurateCost: 1 };
        const levels = [...Array.from({ length: 10 }, (_, i) => i / 10), 2];
        let most = Number.NEGATIVE_INFINITY;
        for (const high of levels) {
          for (const low of levels.filter((level) => level <= high)) {
            for (const accurateThreshold of levels) {
              const tried = answerCascade(rows, ['Amount'], lending, {
                low,
                high,
                accurateThreshold,
                ...costs,
              });
              most = Math.max(most, tried.pair.net);
            }
          }
        }
        expect(best.pair.net).toBeCloseTo(most, 6);
        expect(best.pair.net).toBeGreaterThanOrEqual(best.fastAlone.net - 1e-9);
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  });

  it('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const turned: CascadeRows = {
          fast: rows.fast.toReversed(),
          accurate: rows.accurate.toReversed(),
          labels: rows.labels.toReversed(),
          amounts: rows.amounts.map((column) => column.toReversed()),
        };
        const first = answerCascade(rows, ['Amount'], lending, null);
        const second = answerCascade(turned, ['Amount'], lending, null);
        expect(second.design).toEqual(first.design);
        expect(second.pair.net).toBeCloseTo(first.pair.net, 6);
      }),
      { numRuns: runs },
    );
  });
});
