import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { type LinearValue, noValues, type ValueModel } from '../money/value-model.ts';
import { drain } from '../sliced.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { gainsTableOf } from './gains-table.ts';
import { rankingFiguresOf } from './ranking-of.ts';
import { rocHullSliced } from './roc-hull.ts';

interface GoldenRanking {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly ks: number;
        readonly ks_threshold: number;
        readonly ks_two_sample_scipy: number;
        readonly gains_table_10: readonly {
          readonly rows: number;
          readonly bads: number;
          readonly goods: number;
          readonly score_max: number;
          readonly score_min: number;
          readonly bad_rate: number;
          readonly cum_bad_capture: number;
          readonly cum_good_share: number;
          readonly ks: number;
          readonly lift: number;
          readonly cum_lift: number;
          readonly mean_score: number;
        }[];
      }
    >
  >;
}

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 150;
const rank = (scores: readonly number[], labels: readonly number[]) =>
  rankScores(Float64Array.from(scores), Uint8Array.from(labels), []);
const figuresOf = (scores: readonly number[], labels: readonly number[]) =>
  rankingFiguresOf(rank(scores, labels), null);

describe.each(['credit_data', 'mlc_churn'])('ranking of %s agrees with the reference', (dataset) => {
  const golden = goldenJson<GoldenRanking>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.keys(golden.models))('%s', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!;
    const { gains, ks } = rankingFiguresOf(rankScores(scores, labels, []), null);
    expect(gains.bins.length).toBe(10);
    expected.gains_table_10.forEach((row, i) => {
      const bin = gains.bins[i]!;
      expect([bin.rows, bin.positives, bin.negatives, bin.highestScore, bin.lowestScore]).toEqual([
        row.rows,
        row.bads,
        row.goods,
        row.score_max,
        row.score_min,
      ]);
      expect(bin.positiveRate).toBeCloseTo(row.bad_rate, 9);
      expect(bin.cumulativePositives).toBeCloseTo(row.cum_bad_capture, 9);
      expect(bin.cumulativeNegatives).toBeCloseTo(row.cum_good_share, 9);
      expect(bin.ks).toBeCloseTo(row.ks, 9);
      expect(bin.lift).toBeCloseTo(row.lift, 9);
      expect(bin.cumulativeLift).toBeCloseTo(row.cum_lift, 9);
      expect(bin.positives / bin.observedToExpected / bin.rows).toBeCloseTo(row.mean_score, 9);
    });
    expect(gains.tableKs).toBeCloseTo(Math.max(...expected.gains_table_10.map((row) => row.ks)), 9);
    expect(ks.statistic).toBeCloseTo(expected.ks, 9);
    expect(ks.statistic).toBeCloseTo(expected.ks_two_sample_scipy, 9);
    expect(ks.threshold).toBe(expected.ks_threshold);
    const at = ks.score.indexOf(ks.threshold);
    expect(ks.negatives[at]! - ks.positives[at]!).toBeCloseTo(expected.ks, 9);
    expect(ks.score.length).toBeLessThanOrEqual(500);
  });
});

describe('gains table by hand', () => {
  // Twelve rows from the highest score: the first two bins hold two rows each.
  const labels = [1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const scores = labels.map((_, i) => 0.9 - 0.05 * i);

  it('the first rows mod 10 bins are one row larger', () => {
    const { bins } = gainsTableOf(rank(scores, labels), null);
    expect(bins.map(({ rows }) => rows)).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(bins.slice(0, 3).map(({ positives }) => positives)).toEqual([2, 1, 1]);
    expect(bins[0]!.lift).toBeCloseTo(1 / (4 / 12), 15);
    expect(bins[1]!.cumulativeLift).toBeCloseTo(0.75 / (4 / 12), 15);
    expect(bins[1]!.ks).toBeCloseTo(3 / 4 - 1 / 8, 15);
    expect(bins[0]!.observedToExpected).toBeCloseTo(2 / (0.9 + 0.85), 14);
    // (0 + 0.5)/(8 + 5) against (2 + 0.5)/(4 + 5)
    const [good, bad] = [0.5 / 13, 2.5 / 9];
    expect(bins[0]!.weightOfEvidence).toBeCloseTo(Math.log(good / bad), 14);
    expect(bins[0]!.informationValue).toBeCloseTo((good - bad) * Math.log(good / bad), 14);
    expect(bins[0]!.net).toBeNaN();
  });

  it('a tie never straddles: it goes to the bin where it begins, and bins it swallows are left out', () => {
    const tied = [0.9, 0.8, 0.8, 0.8, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1];
    const { bins } = gainsTableOf(rank(tied, [1, 1, 0, 1, 0, 0, 0, 1, 0, 0]), null);
    expect(bins.map(({ rows }) => rows)).toEqual([1, 4, 1, 1, 1, 1, 1]);
    expect([bins[1]!.highestScore, bins[1]!.lowestScore]).toEqual([0.8, 0.8]);
  });

  it('net value of a bin is that of its own rows, scaled, without the fixed cost', () => {
    const per = (constant: number): LinearValue => ({ constant, perAmount: 0, amount: 0 });
    const model: ValueModel = {
      benefit: { ...noValues, flagPositive: per(100) },
      cost: { ...noValues, flagPositive: per(10), flagNegative: per(10) },
      missed: per(100),
      fixedCost: 5000,
      rowsPerYear: 120,
    };
    const { bins } = gainsTableOf(rank(scores, labels), model);
    // Ten decisions a year for each judged row.
    expect(bins.slice(0, 4).map(({ net }) => net)).toEqual([1800, 800, 900, -100]);
  });

  it('rows without a score stay out of the bins and in the totals', () => {
    const { bins } = gainsTableOf(rank([0.9, 0.1, Number.NaN, Number.NaN], [1, 0, 1, 0]), null);
    expect(bins.length).toBe(2);
    expect(bins[1]!.cumulativePositives).toBe(0.5);
    expect(bins[1]!.cumulativeRows).toBe(0.5);
    expect(bins[0]!.lift).toBe(2);
  });

  it('scores that are no probabilities expect nothing; no scored rows, no bins', () => {
    const { bins } = gainsTableOf(rank([700, 300], [1, 0]), null);
    expect(bins[0]!.observedToExpected).toBeNaN();
    expect(bins[0]!.lift).toBe(2);
    const empty = gainsTableOf(rank([Number.NaN], [1]), null);
    expect(empty).toEqual({ bins: [], informationValue: Number.NaN, tableKs: Number.NaN });
  });
});

describe('curves by hand', () => {
  it('gains and lift begin with nobody flagged', () => {
    const { gainsCurve } = figuresOf([0.9, 0.6, 0.6, 0.2], [1, 1, 0, 0]);
    expect([...gainsCurve.flaggedShare]).toEqual([0, 0.25, 0.75, 1]);
    expect([...gainsCurve.recall]).toEqual([0, 0.5, 1, 1]);
    expect([...gainsCurve.lift]).toEqual([Number.NaN, 2, 1 / 0.75, 1]);
    expect([...gainsCurve.threshold]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.6, 0.2]);
  });

  it('KS: shares below each score', () => {
    const { ks } = figuresOf([0.9, 0.6, 0.6, 0.2], [1, 1, 0, 0]);
    expect([...ks.score]).toEqual([0.2, 0.6, 0.9]);
    expect([...ks.positives]).toEqual([0, 0, 0.5]);
    expect([...ks.negatives]).toEqual([0, 0.5, 1]);
    expect([ks.statistic, ks.threshold]).toEqual([0.5, 0.6]);
  });

  it('one class: shares and figures that need the other are not defined', () => {
    const { ks, costCurve, emp, gains } = figuresOf([0.9, 0.2], [0, 0]);
    expect([ks.statistic, ks.threshold, ks.positives[0], ks.negatives[1]]).toEqual([NaN, NaN, NaN, 0.5]);
    expect(costCurve.probabilityCost.length).toBe(0);
    expect(emp).toEqual({ value: Number.NaN, rejectedShare: Number.NaN });
    expect(gains.bins[0]!.lift).toBeNaN();
  });
});

describe('ROC hull', () => {
  const hullOf = (scores: readonly number[], labels: readonly number[]) => [
    ...drain(rocHullSliced(rank(scores, labels))),
  ];

  it('keeps corners only: points on a side or below are left out', () => {
    // (0, 0), (0, 1/2), (1/2, 1/2) below, (1/2, 1), (1, 1)
    expect(hullOf([0.9, 0.7, 0.5, 0.1], [1, 0, 1, 0])).toEqual([0, 1, 3, 4]);
    // Two positives in a row, then two negatives: the middle of each side goes.
    expect(hullOf([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0])).toEqual([0, 2, 4]);
    // Equal steps along the diagonal.
    expect(hullOf([0.9, 0.9, 0.5, 0.5], [1, 0, 1, 0])).toEqual([0, 2]);
    expect(hullOf([], [])).toEqual([0]);
  });
});

describe('cost curve', () => {
  it('by hand: three thresholds, one of them never best', () => {
    // ROC: (0,0) 0.9:(0,1/2) 0.7:(1/2,1/2) 0.5:(1/2,1) 0.1:(1,1); 0.7 lies below the hull.
    const { costCurve } = figuresOf([0.9, 0.7, 0.5, 0.1], [1, 0, 1, 0]);
    // (fnr 1, fpr 0) and (1/2, 0) meet at 0; (1/2, 0) and (0, 1/2) at 1/2; (0, 1/2) and (0, 1) at 1.
    expect([...costCurve.probabilityCost]).toEqual([0, 0.5, 1]);
    expect([...costCurve.expectedCost]).toEqual([0, 0.25, 0]);
  });

  it('a scorer that separates costs nothing anywhere, one that knows nothing costs as much as the better trivial one', () => {
    expect([...figuresOf([0.9, 0.1], [1, 0]).costCurve.expectedCost]).toEqual([0, 0]);
    const blind = figuresOf([0.5, 0.5, 0.5], [1, 0, 0]).costCurve;
    expect([...blind.probabilityCost]).toEqual([0, 0.5, 1]);
    expect([...blind.expectedCost]).toEqual([0, 0.5, 0]);
  });
});

describe('expected maximum profit', () => {
  it('of a scorer that separates: every defaulter is refused as soon as anything is lost', () => {
    const { value, rejectedShare } = figuresOf([0.9, 0.8, 0.2, 0.1, 0.05], [1, 1, 0, 0, 0]).emp;
    // p (0.35 · 1/2 + 0.1 · 1), refused p in the 45 % of cases with a loss.
    expect(value).toBeCloseTo(0.4 * 0.275, 15);
    expect(rejectedShare).toBeCloseTo(0.4 * 0.45, 15);
  });

  it('of a scorer that knows nothing: all or nobody', () => {
    // Refusing all pays from λ = 0.2644 · (1 - p)/p = 0.5288 with p = 1/3.
    const { value, rejectedShare } = figuresOf([0.5, 0.5, 0.5], [1, 0, 0]).emp;
    const from = 0.5288;
    const integral = (1 / 3) * ((1 - from ** 2) / 2) - 0.2644 * (2 / 3) * (1 - from);
    expect(value).toBeCloseTo(0.35 * integral + 0.1 * (1 / 3 - 0.2644 * (2 / 3)), 15);
    expect(rejectedShare).toBeCloseTo(0.35 * (1 - from) + 0.1, 15);
    // With p = 1/10 it never does: λ would have to be 2.38.
    const rare = figuresOf(Array(10).fill(0.5), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]).emp;
    expect(rare).toEqual({ value: 0, rejectedShare: 0 });
  });

  it('by hand: one good applicant between two defaulters', () => {
    // Corners (caught, refused): (0, 0), (1/4, 0) at once, (1/2, 1/4) from λ = 0.2644.
    const { value } = figuresOf([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]).emp;
    const first = 0.25 * (0.2644 ** 2 / 2);
    const second = 0.5 * ((1 - 0.2644 ** 2) / 2) - 0.2644 * 0.25 * (1 - 0.2644);
    expect(value).toBeCloseTo(0.35 * (first + second) + 0.1 * (0.5 - 0.2644 * 0.25), 15);
  });
});

describe('laws', () => {
  const data = fc.array(
    fc.record({
      score: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 15 }).map((n) => n / 15) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      label: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: 50 },
  );
  const of = (rows: readonly { score: number; label: number }[]) => {
    const ranked = rank(
      rows.map(({ score }) => score),
      rows.map(({ label }) => label),
    );
    return { ranked, ...rankingFiguresOf(ranked, null) };
  };

  it('bins hold every scored row once and never share a score', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const { ranked, gains } = of(rows);
        const scored = rows.filter(({ score }) => !Number.isNaN(score));
        expect(gains.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(scored.length);
        expect(gains.bins.length).toBeLessThanOrEqual(10);
        gains.bins.forEach((bin, i) => {
          const inside = scored.filter(({ score }) => score <= bin.highestScore && score >= bin.lowestScore);
          expect(bin.rows).toBe(inside.length);
          expect(bin.positives).toBe(inside.filter(({ label }) => label === 1).length);
          expect(bin.informationValue).toBeGreaterThanOrEqual(0);
          if (i > 0) expect(bin.highestScore).toBeLessThan(gains.bins[i - 1]!.lowestScore);
        });
        const last = gains.bins.at(-1);
        if (last !== undefined) expect(last.cumulativeRows).toBe(scored.length / ranked.rows);
      }),
      { numRuns },
    );
  });

  it('the cost curve and EMP are the best of all thresholds, tried one by one', () => {
    fc.assert(
      fc.property(data, fc.double({ min: 0, max: 1, noNaN: true }), (rows, pc) => {
        const { costCurve, emp } = of(rows);
        const scored = rows.filter(({ score }) => !Number.isNaN(score));
        const bad = scored.filter(({ label }) => label === 1);
        const good = scored.filter(({ label }) => label === 0);
        if (bad.length === 0 || good.length === 0) return;
        const thresholds = [Number.POSITIVE_INFINITY, ...scored.map(({ score }) => score)];
        const rates = thresholds.map((t) => ({
          tpr: bad.filter(({ score }) => score >= t).length / bad.length,
          fpr: good.filter(({ score }) => score >= t).length / good.length,
        }));
        const least = Math.min(...rates.map(({ tpr, fpr }) => (1 - tpr) * pc + fpr * (1 - pc)));
        const { probabilityCost: x, expectedCost: y } = costCurve;
        const i = Math.max(
          1,
          x.findIndex((value) => value >= pc),
        );
        const share = (pc - x[i - 1]!) / (x[i]! - x[i - 1]!);
        expect(y[i - 1]! + share * (y[i]! - y[i - 1]!)).toBeCloseTo(least, 12);
        const p = bad.length / scored.length;
        const profit = (loss: number) =>
          Math.max(...rates.map(({ tpr, fpr }) => loss * p * tpr - 0.2644 * (1 - p) * fpr));
        // The best profit is convex in the loss: midpoints lie below the integral, trapezoids above.
        const steps = 400;
        let middle = 0;
        let trapezoid = 0;
        for (let step = 0; step < steps; step++) {
          middle += profit((step + 0.5) / steps) / steps;
          trapezoid += (profit(step / steps) + profit((step + 1) / steps)) / 2 / steps;
        }
        const atFullLoss = 0.1 * profit(1);
        expect(emp.value).toBeGreaterThanOrEqual(0.35 * middle + atFullLoss - 1e-12);
        expect(emp.value).toBeLessThanOrEqual(0.35 * trapezoid + atFullLoss + 1e-12);
      }),
      { numRuns: Math.min(numRuns, 300) },
    );
  });
});
