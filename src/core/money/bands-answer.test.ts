import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../sliced.ts';
import { judgeAt, openJudgement } from '../threshold/judgement.ts';
import type { BandDesign } from './bands.ts';
import { answerBands } from './bands-answer.ts';
import type { FraudScenario, LendingScenario, RetentionScenario, Scenario } from './scenario.ts';
import { defaultScenario } from './scenario-templates.ts';

const lending: LendingScenario = { ...defaultScenario('lending', 'Amount'), frictionCost: 20 };
const design: BandDesign = {
  low: 0.4,
  high: 0.7,
  reviewCost: 10,
  sensitivity: 0.75,
  specificity: 0.5,
  declineCost: 30,
  capacity: 1,
};

function judge(scores: readonly number[], labels: readonly number[], amounts: readonly number[]) {
  const columns = [{ column: 'Amount', values: Float64Array.from(amounts) }];
  return drain(openJudgement(Float64Array.from(scores), Uint8Array.from(labels), columns));
}

const six = judge([0.9, 0.8, 0.6, 0.5, 0.2, NaN], [1, 0, 1, 0, 1, 0], [100, 200, 300, 400, 500, 600]);

describe('bands', () => {
  it('by hand: a declined row pays no review, a referred one is worth what the reviewer makes of it', () => {
    const answer = answerBands(six, lending, design);
    // Declined: 0.8 x 100 saved, and a good one lost for friction 20 and 30 more.
    const declined = 80 - 50;
    // Referred: 3 in 4 save 0.8 x 300; half of the good ones are declined; two reviews.
    const referred = 0.75 * 240 - 0.5 * 50 - 2 * 10;
    expect(answer.bands.map(({ band, rows, positives, net }) => [band, rows, positives, net])).toEqual([
      ['approve', 2, 1, 0],
      ['refer', 2, 1, referred],
      ['decline', 2, 1, declined],
    ]);
    expect(answer.bands.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(answer.bands[1]!.positiveRate).toBe(0.5);
    expect(answer.net).toBeCloseTo(declined + referred, 10);
    expect(answer.reviews).toBe(2);
    expect(answer.overCapacity).toBe(1);
  });

  it('by hand: the interval holds the spread of the rows and of the reviewer', () => {
    const { net, netInterval } = answerBands(six, lending, design);
    // Values with their weights: declined 80, -50; referred 230 (0.75), -10 (0.25), -60 (0.5), -10 (0.5); approved 0, 0.
    const values = [80, -50, 230, -10, -60, -10, 0, 0];
    const weights = [1, 1, 0.75, 0.25, 0.5, 0.5, 1, 1];
    const mean = net / 6;
    const spread = values.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0);
    const half = 1.959963984540054 * Math.sqrt((6 * spread) / 5);
    expect(netInterval[0]).toBeCloseTo(net - half, 9);
    expect(netInterval[1]).toBeCloseTo(net + half, 9);
  });

  it('a yearly book scales money and reviews, and takes the fixed cost once', () => {
    const yearly = { ...lending, rowsPerYear: 600, fixedCost: 7 };
    const here = answerBands(six, lending, design);
    const year = answerBands(six, yearly, { ...design, capacity: 150 });
    expect(year.net).toBeCloseTo(100 * here.net - 7, 8);
    expect(year.reviews).toBe(200);
    expect(year.overCapacity).toBe(50);
    expect(year.bands[1]!.net).toBeCloseTo(100 * here.bands[1]!.net, 8);
  });

  it('starts with the cost of a review of the scenario and the best cut-offs; declining is never free', () => {
    const free = answerBands(six, { ...lending, frictionCost: 0 }, null);
    // A tenth of the mean amount, 350.
    expect(free.design).toMatchObject({ reviewCost: 50, sensitivity: 0.9, declineCost: 35, capacity: null });
    expect(answerBands(six, lending, null).design.declineCost).toBe(0);
    expect(free.net).toBe(free.best.net);
    expect([free.design.low, free.design.high]).toEqual([free.best.low, free.best.high]);
    const retention: RetentionScenario = defaultScenario('retention', null);
    expect(answerBands(six, retention, null).design).toMatchObject({ reviewCost: 10, declineCost: 0 });
  });

  it('nobody declined and nobody referred are cut-offs that no score reaches', () => {
    const dear: BandDesign = { ...design, reviewCost: 1e6, declineCost: 1e6, capacity: null };
    const { best } = answerBands(judge([0.9, 0.1], [0, 1], [1, 1]), lending, dear);
    expect(best).toEqual({ low: Infinity, high: Infinity, net: 0 });
  });

  it('refuses cut-offs in the wrong order', () => {
    expect(() => answerBands(six, lending, { ...design, low: 0.8 })).toThrow(/must not end before/);
  });
});

const runs = process.env.CUTLINE_LANE === 'slow' ? 1000 : 60;

const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.integer({ min: 0, max: 500 })), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((rows) => rows.some(([, bad]) => bad) && rows.some(([, bad]) => !bad));

const anyDesign = fc
  .record({
    cuts: fc.tuple(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 13 })),
    reviewCost: fc.integer({ min: 0, max: 60 }),
    sensitivity: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
    specificity: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
    declineCost: fc.integer({ min: 0, max: 100 }),
    capacity: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  })
  .map(
    ({ cuts: [a, b], ...rest }): BandDesign => ({
      low: Math.min(a, b) / 12,
      high: Math.max(a, b) / 12,
      ...rest,
    }),
  );

const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(fc.constantFrom('lending', 'fraud', 'retention'), fc.integer({ min: 0, max: 50 }), fc.boolean())
  .map(
    ([template, frictionCost, isYearly]) =>
      ({
        ...defaultScenario(template as 'lending' | 'fraud' | 'retention', 'Amount'),
        ...(template === 'retention' ? {} : { frictionCost }),
        rowsPerYear: isYearly ? 1000 : null,
      }) as Scenario,
  );

/** A score of 12 has no score where the score is dropped. */
const judgeRows = (rows: readonly (readonly [number, boolean, number])[]) =>
  judge(
    rows.map(([score]) => (score === 5 ? NaN : score / 12)),
    rows.map(([, bad]) => Number(bad)),
    rows.map(([, , amount]) => amount),
  );

const hasScore = (rows: readonly (readonly [number, boolean, number])[]) =>
  rows.some(([score]) => score !== 5);

describe('laws of bands', () => {
  it('an empty band for review is the single threshold of the scenario without its review', () => {
    fc.assert(
      fc.property(
        anyRows.filter(hasScore),
        anyDesign,
        fc.integer({ min: 0, max: 50 }),
        (rows, any, friction) => {
          const judgement = judgeRows(rows);
          const scenario: FraudScenario = { ...defaultScenario('fraud', 'Amount'), frictionCost: friction };
          const answer = answerBands(judgement, scenario, { ...any, low: any.high });
          const single = judgeAt(
            judgement,
            { ...scenario, reviewCost: 0, frictionCost: friction + any.declineCost },
            any.high,
          );
          expect(answer.net).toBeCloseTo(single.money!.net, 6);
          expect(answer.netInterval[0]).toBeCloseTo(single.money!.netInterval[0], 5);
          expect(answer.bands[1]!.rows).toBe(0);
          expect(answer.bands[2]!.rows).toBe(single.flagged);
        },
      ),
      { numRuns: runs },
    );
  });

  it('a reviewer who is always right, and nobody declined, is the single threshold of the scenario itself', () => {
    fc.assert(
      fc.property(anyRows.filter(hasScore), anyDesign, (rows, any) => {
        const judgement = judgeRows(rows);
        const scenario = { ...lending, frictionCost: 0 };
        const perfect = { ...any, high: 99, reviewCost: lending.reviewCost, sensitivity: 1, specificity: 1 };
        const { net } = answerBands(judgement, scenario, perfect);
        expect(net).toBeCloseTo(judgeAt(judgement, scenario, any.low).money!.net, 6);
      }),
      { numRuns: runs },
    );
  });

  it('the best pair is the best of all pairs within the capacity, ties to the lowest', () => {
    fc.assert(
      fc.property(anyRows.filter(hasScore), anyDesign, anyScenario, (rows, any, scenario) => {
        const judgement = judgeRows(rows);
        const { best } = answerBands(judgement, scenario, any);
        const cuts = [...judgement.ranked.threshold, Infinity].sort((a, b) => a - b);
        let brute = -Infinity;
        for (const high of cuts) {
          for (const low of cuts.filter((cut) => cut <= high)) {
            const { net, overCapacity } = answerBands(judgement, scenario, { ...any, low, high });
            if (overCapacity <= 1e-9) brute = Math.max(brute, net);
          }
        }
        expect(best.net).toBeCloseTo(brute, 6);
        expect(answerBands(judgement, scenario, { ...any, ...best }).overCapacity).toBeLessThan(1e-9);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });

  it('more capacity never lowers the best; the order of the rows does not matter; shares sum to 1', () => {
    fc.assert(
      fc.property(anyRows.filter(hasScore), anyDesign, anyScenario, (rows, any, scenario) => {
        const judgement = judgeRows(rows);
        const answer = answerBands(judgement, scenario, any);
        const more = any.capacity === null ? null : any.capacity + 3;
        const wider = answerBands(judgement, scenario, { ...any, capacity: more });
        expect(wider.best.net).toBeGreaterThanOrEqual(answer.best.net - 1e-6);
        const reversed = answerBands(judgeRows(rows.toReversed()), scenario, any);
        expect(reversed.net).toBeCloseTo(answer.net, 6);
        expect(reversed.best.net).toBeCloseTo(answer.best.net, 6);
        expect(answer.bands.reduce((sum, { rows: count }) => sum + count, 0)).toBe(rows.length);
      }),
      { numRuns: runs },
    );
  });
});
