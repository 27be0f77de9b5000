import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleParameters } from '../../../fixtures/judged-sample.ts';
import { anyScenario, judgeableRows, openRows } from '../../../fixtures/law-rows.ts';
import { drain } from '../sliced.ts';
import { answerScenario, judgeAt, openJudgement } from '../threshold/judgement.ts';
import { heatMapOf } from './heat-map.ts';
import { movableAssumptions, movedRange, withMoved } from './moved-assumption.ts';
import { defaultScenario } from './scenario-templates.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 500 : 20;

const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
const labels = Uint8Array.of(1, 0, 1, 1, 0);
const values = Float64Array.of(1000, 400, 300, 50, 20);
const judgement = drain(openJudgement(scores, labels, [{ column: 'Amount', values }]));
const lending = { ...defaultScenario('lending', null), amount: { constant: 1000 } };

describe('a heat map, on five rows by hand', () => {
  const map = heatMapOf(judgement, lending, 'reviewCost', 0, 800);
  const row = (index: number) => map.net.subarray(120 * index, 120 * (index + 1));

  it('has 120 thresholds from the lowest to the highest score, and 41 values', () => {
    expect(map.thresholds).toHaveLength(120);
    expect([map.thresholds[0], map.thresholds[119]]).toEqual([0.1, 0.9]);
    expect([...map.values]).toEqual(Array.from({ length: 41 }, (_, i) => expect.closeTo(20 * i, 9)));
    expect(map.net).toHaveLength(4920);
  });

  it('holds the net value of each decision', () => {
    // 800 for each of the positives flagged, nothing for reviews.
    expect([row(0)[0], row(0)[119]]).toEqual([2400, 800]);
    // 780 a review: all five flagged, and the first row alone.
    expect([row(39)[0], row(39)[119]]).toEqual([-1500, 20]);
    // Between 0.2 and 0.7 three rows are flagged.
    expect(row(0)[60]).toBe(1600);
  });

  it('follows the best threshold from the lowest score to the highest', () => {
    expect(map.best[0]).toBe(0.1);
    expect(map.best[1]).toBe(0.2);
    expect(map.best[39]).toBe(0.9);
    expect([...map.best].every((best, i) => i === 0 || best >= map.best[i - 1]!)).toBe(true);
    expect(heatMapOf(judgement, lending, 'reviewCost', 801, 801)).toMatchObject({
      values: Float64Array.of(801),
      best: Float64Array.of(Number.NaN),
    });
  });

  it('one threshold and one value where there is no more', () => {
    const equal = drain(openJudgement(new Float64Array(5).fill(0.4), labels));
    const single = heatMapOf(equal, lending, 'lossRate', 0.8, 0.8);
    expect(single).toMatchObject({ thresholds: Float64Array.of(0.4), net: Float64Array.of(2150) });
  });

  it.each([
    ['amount', { amount: { column: 'Amount' } }, 1, 2],
    ['rowsPerYear', {}, 1, 2],
    ['rowsPerYear', { rowsPerYear: 500 }, 0, 2],
    ['saveRate', {}, 0, 1],
    ['lossRate', {}, 0, 1.1],
    ['reviewCost', {}, -1, 5],
    ['reviewCost', {}, 6, 5],
    ['reviewCost', {}, Number.NaN, 5],
  ] as const)('refuses %s of %o from %d to %d', (assumption, change, low, high) => {
    expect(() => heatMapOf(judgement, { ...lending, ...change }, assumption, low, high)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
  });
});

describe('laws of the heat map', () => {
  it('cells are decisions, and the line is what "most net value" picks', () => {
    fc.assert(
      fc.property(judgeableRows, anyScenario, fc.nat(), fc.nat(), (rows, scenario, pick, cell) => {
        const judged = openRows(rows);
        const movable = movableAssumptions(scenario);
        const assumption = movable[pick % movable.length]!;
        const [least, most] = movedRange(scenario, assumption);
        const low = assumption === 'rowsPerYear' ? 10 : Math.max(least, -500);
        const map = heatMapOf(judged, scenario, assumption, low, Math.min(most, 900));
        const column = cell % map.thresholds.length;
        const row = cell % map.values.length;
        const moved = withMoved(scenario, assumption, map.values[row]!);
        const { net } = judgeAt(judged, moved, map.thresholds[column]!).money!;
        expect(map.net[row * map.thresholds.length + column]).toBe(net);
        const { strategies } = answerScenario(judged, moved, sampleParameters);
        const maxNet = strategies.find(({ rule }) => rule === 'maxNet')!;
        expect(map.best[row]).toBe(maxNet.decision?.threshold ?? Number.NaN);
      }),
      { numRuns },
    );
  });
});
