import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleParameters } from '../../../fixtures/judged-sample.ts';
import { anyScenario, judgeableRows, openRows } from '../../../fixtures/law-rows.ts';
import { drain } from '../sliced.ts';
import { answerScenario, judgeAt, openJudgement } from '../threshold/judgement.ts';
import { movedValue, withMoved } from './moved-assumption.ts';
import type { Scenario } from './scenario.ts';
import { defaultScenario } from './scenario-templates.ts';
import { tornadoOf } from './tornado.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 2000 : 80;

const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
const labels = Uint8Array.of(1, 0, 1, 1, 0);
const values = Float64Array.of(1000, 400, 300, 50, 20);
const judgement = drain(openJudgement(scores, labels, [{ column: 'Amount', values }]));
const lending: Scenario = { ...defaultScenario('lending', null), amount: { constant: 1000 } };

describe('a tornado, on five rows by hand', () => {
  it('moves each assumption by half of itself, shares no further than 1', () => {
    // At 0.7 two positives and a negative are flagged: 2 x 800 - 3 x 50.
    expect(tornadoOf(judgement, lending, 0.7, 0.5)).toEqual({
      threshold: 0.7,
      swing: 0.5,
      net: 1450,
      bars: [
        {
          assumption: 'amount',
          lowValue: 500,
          highValue: 1500,
          netAtLow: 650,
          netAtHigh: 2250,
          bestAtLow: 0.2,
          bestAtHigh: 0.2,
        },
        {
          assumption: 'lossRate',
          lowValue: 0.4,
          highValue: 1,
          netAtLow: 650,
          netAtHigh: 1850,
          bestAtLow: 0.2,
          bestAtHigh: 0.2,
        },
        {
          assumption: 'reviewCost',
          lowValue: 25,
          highValue: 75,
          netAtLow: 1525,
          netAtHigh: 1375,
          bestAtLow: 0.2,
          bestAtHigh: 0.2,
        },
      ],
    });
  });

  it('moves fixed cost and rows a year where they are given, in the scale of the year', () => {
    const { net, bars } = tornadoOf(judgement, { ...lending, fixedCost: 100, rowsPerYear: 50 }, 0.7, 0.5);
    expect(net).toBe(14_400);
    expect(bars.map(({ assumption }) => assumption)).toEqual([
      ...(['amount', 'rowsPerYear', 'lossRate', 'reviewCost', 'fixedCost'] as const),
    ]);
    expect(bars[1]).toMatchObject({ lowValue: 25, highValue: 75, netAtLow: 7150, netAtHigh: 21_650 });
    expect(bars[4]).toMatchObject({ lowValue: 50, highValue: 150, netAtLow: 14_450, netAtHigh: 14_350 });
  });

  it('says where flagging nobody becomes best, and leaves a column of amounts alone', () => {
    const dear: Scenario = { ...defaultScenario('lending', 'Amount'), reviewCost: 600 };
    const { bars } = tornadoOf(judgement, dear, 0.9, 0.5);
    expect(bars.map(({ assumption }) => assumption)).toEqual(['lossRate', 'reviewCost']);
    // 800 saved at most: a review for 900 never pays, one for 300 pays for the first row. Both bars are 600 long.
    expect(bars[1]).toMatchObject({ bestAtLow: 0.9, bestAtHigh: null });
  });

  it('moves a loss of the four-value form downwards to a greater loss', () => {
    const four: Scenario = { ...defaultScenario('fourValues', null), flagNegative: -10 };
    const bar = tornadoOf(judgement, four, 0.7, 0.2).bars.find(
      ({ assumption }) => assumption === 'flagNegative',
    );
    expect(bar).toMatchObject({ lowValue: -12, highValue: -8, netAtLow: 188, netAtHigh: 192 });
  });

  it.each([0, -0.2, Number.NaN, Number.POSITIVE_INFINITY])('refuses a swing of %d', (swing) => {
    expect(() => tornadoOf(judgement, lending, 0.7, swing)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
  });
});

describe('laws of the tornado', () => {
  it('its ends are what the decision bar and the strategies say of the moved scenario; strongest first', () => {
    const levels = fc.integer({ min: 0, max: 12 }).map((level) => level / 12);
    const swings = fc.integer({ min: 1, max: 15 }).map((tenth) => tenth / 10);
    fc.assert(
      fc.property(judgeableRows, anyScenario, levels, swings, (rows, scenario, threshold, swing) => {
        const judged = openRows(rows);
        const { net, bars } = tornadoOf(judged, scenario, threshold, swing);
        const netOf = (moved: Scenario) => judgeAt(judged, moved, threshold).money!.net;
        expect(net).toBe(netOf(scenario));
        let last = Number.POSITIVE_INFINITY;
        for (const { assumption, lowValue, highValue, netAtLow, netAtHigh, bestAtLow, bestAtHigh } of bars) {
          expect(Math.abs(netAtHigh - netAtLow)).toBeLessThanOrEqual(last);
          last = Math.abs(netAtHigh - netAtLow);
          expect(lowValue).toBeLessThan(highValue);
          expect(movedValue(scenario, assumption)).toBeGreaterThanOrEqual(lowValue);
          for (const [value, end, best] of [
            [lowValue, netAtLow, bestAtLow],
            [highValue, netAtHigh, bestAtHigh],
          ] as const) {
            const moved = withMoved(scenario, assumption, value);
            const { strategies } = answerScenario(judged, moved, sampleParameters);
            const maxNet = strategies.find(({ rule }) => rule === 'maxNet')!;
            expect(end).toBe(netOf(moved));
            expect(best).toBe(maxNet.decision?.threshold ?? null);
          }
        }
      }),
      { numRuns },
    );
  });
});
