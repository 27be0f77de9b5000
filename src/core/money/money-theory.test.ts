import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, columnsOf, judgeableRows, openRows } from '../../../fixtures/law-rows.ts';
import { drain } from '../sliced.ts';
import { judgeAt, openJudgement, valueModelOf } from '../threshold/judgement.ts';
import { moneyTheoryOf } from './money-theory.ts';
import { scanNet } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import { defaultScenario } from './scenario-templates.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 150;

const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
const labels = Uint8Array.of(1, 0, 1, 1, 0);
const values = Float64Array.of(1000, 400, 300, 50, 20);
const theoryOf = (scenario: Scenario, shift = 0) => {
  const moved = scores.map((score) => score + shift);
  const judgement = drain(openJudgement(moved, labels, [{ column: 'Amount', values }]));
  return moneyTheoryOf(judgement, scenario, { scores: moved, labels, amounts: [values] });
};
const lending = defaultScenario('lending', 'Amount');

describe('theory beside the data, on five rows by hand', () => {
  it('lending with the amount of each row', () => {
    // A mean positive is worth 0.8 x 450 - 50 = 310, a negative costs 50: 50 / 360.
    expect(theoryOf(lending)).toEqual({
      breakEvenPrecision: 50 / 360,
      breakEvenThreshold: 0.1,
      breakEvenRecall: 1,
      theoreticalThreshold: 50 / 360,
      rowWiseRange: [0.15625, Number.POSITIVE_INFINITY],
      netRowWise: 890,
      // Flags all but the last row: 1,080 saved, four reviews.
      netAtTheoretical: 880,
      // Only the row of 50 is decided otherwise: its review costs 50, it saves 40.
      gapError: expect.closeTo(1.959964 * Math.sqrt(100), 4),
      netAtEmpirical: 890,
      empiricalThreshold: 0.7,
      // Pooled from below: 0.1 has rate 0, then 0.2 to 0.8 have 2 of 3.
      calibratedThreshold: 0.2,
    });
  });

  it('constant values: one threshold for all rows', () => {
    const theory = theoryOf({ ...lending, amount: { constant: 600 }, lossRate: 0.5, reviewCost: 60 });
    expect(theory).toMatchObject({
      breakEvenPrecision: 0.2,
      theoreticalThreshold: 0.2,
      rowWiseRange: [0.2, 0.2],
    });
    expect(theory.netRowWise).toBe(theory.netAtTheoretical);
    expect(theory).toMatchObject({ netAtTheoretical: 660, netAtEmpirical: 660, empiricalThreshold: 0.2 });
  });

  it('a fixed cost moves the break-even threshold and no other', () => {
    // Net before it: 750, 700, 890, 880, 830.
    const theory = theoryOf({ ...lending, fixedCost: 885 });
    expect(theory).toMatchObject({
      breakEvenThreshold: 0.7,
      breakEvenRecall: 2 / 3,
      empiricalThreshold: 0.7,
    });
    expect(theory.theoreticalThreshold).toBe(50 / 360);
    const never = theoryOf({ ...lending, fixedCost: 1000 });
    expect(never).toMatchObject({ breakEvenThreshold: Number.NaN, breakEvenRecall: Number.NaN });
  });

  it('where every review costs more than it can save, flagging nobody is best', () => {
    expect(theoryOf({ ...lending, reviewCost: 900 })).toEqual({
      breakEvenPrecision: Number.NaN,
      breakEvenThreshold: Number.NaN,
      breakEvenRecall: Number.NaN,
      theoreticalThreshold: Number.POSITIVE_INFINITY,
      rowWiseRange: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      netRowWise: 0,
      netAtTheoretical: 0,
      gapError: 0,
      netAtEmpirical: 0,
      empiricalThreshold: Number.NaN,
      calibratedThreshold: Number.NaN,
    });
  });

  it('scores beyond 1 are no probabilities: no net value in theory, but the rate of a score is known', () => {
    const theory = theoryOf(lending, 1);
    expect(theory).toMatchObject({
      netAtTheoretical: Number.NaN,
      gapError: Number.NaN,
      netRowWise: Number.NaN,
      calibratedThreshold: 1.2,
    });
    expect(theory.netAtEmpirical).toBe(890);
  });
});

describe('laws of the theory', () => {
  it('no threshold of theory earns more than the empirical one', () => {
    fc.assert(
      fc.property(judgeableRows, anyScenario, (rows, scenario) => {
        const judgement = openRows(rows);
        const theory = moneyTheoryOf(judgement, scenario, columnsOf(rows));
        if (!Number.isNaN(theory.netAtTheoretical))
          expect(theory.netAtTheoretical).toBeLessThanOrEqual(theory.netAtEmpirical + 1e-6);
        if (Number.isNaN(theory.empiricalThreshold)) return;
        const { net } = judgeAt(judgement, scenario, theory.empiricalThreshold).money!;
        expect(net).toBe(theory.netAtEmpirical);
      }),
      { numRuns },
    );
  });

  it('with values that do not vary by row, calibrating on the same rows finds the empirical optimum', () => {
    const constants = anyScenario.map(
      (scenario): Scenario =>
        scenario.template === 'fourValues'
          ? { ...scenario, columns: defaultScenario('fourValues', null).columns }
          : { ...scenario, amount: { constant: 700 } },
    );
    fc.assert(
      fc.property(judgeableRows, constants, (rows, scenario) => {
        const judgement = openRows(rows);
        const theory = moneyTheoryOf(judgement, scenario, columnsOf(rows));
        // A threshold can flag all scored rows at most: with a gain on negatives, "always" may beat it on the others.
        if (Number.isNaN(theory.theoreticalThreshold)) return;
        const { flagNobody } = scanNet(judgement.ranked, valueModelOf(judgement, scenario));
        const calibrated = Number.isNaN(theory.calibratedThreshold)
          ? flagNobody
          : judgeAt(judgement, scenario, theory.calibratedThreshold).money!.net;
        expect(calibrated).toBeCloseTo(theory.netAtEmpirical, 6);
      }),
      { numRuns },
    );
  });
});
