import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRows, anyScenario, type LawRow, lawColumns, rankRows } from '../../../fixtures/law-rows.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { moneyCurvesOf, plateauOf } from '../money/money-curves.ts';
import { scanNet } from '../money/net-scan.ts';
import type { FourValueScenario, Scenario, ValueCell } from '../money/scenario.ts';
import { assumptionsOf, compileScenario, withAssumption } from '../money/scenario-templates.ts';
import { decisionAt } from './decision-at.ts';

/**
 * Laws over small random judgements with many ties and missing values, against plain loops over rows written here from
 * the definitions.
 */
const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

type TemplateScenario = Exclude<Scenario, FourValueScenario>;

/** What one flagged row saves when it is positive, and what flagging it costs, as DEFINITIONS "Money" has them. */
function plainRow(
  money: TemplateScenario,
  amount: number,
  isPositive: boolean,
): { saved: number; paid: number } {
  switch (money.template) {
    case 'lending':
      return {
        saved: amount * money.lossRate,
        paid: money.reviewCost + (isPositive ? 0 : money.frictionCost),
      };
    case 'retention':
      return { saved: amount * money.saveRate, paid: money.campaignCost };
    case 'fraud':
      return {
        saved: amount + money.chargebackCost,
        paid: money.reviewCost + (isPositive ? 0 : money.frictionCost),
      };
  }
}

/** What a row brings and costs, and what is lost beside that: an amount that is missing is 0. */
function plainMoney(money: Scenario, { label, amount, fee }: LawRow, flagged: boolean) {
  if (money.template === 'fourValues') {
    const cell: ValueCell = flagged
      ? label === 1
        ? 'flagPositive'
        : 'flagNegative'
      : label === 1
        ? 'passPositive'
        : 'passNegative';
    const times = { Amount: amount || 0, Fee: fee || 0, none: 1 };
    const value = money[cell] * times[(money.columns[cell] ?? 'none') as keyof typeof times];
    return { gained: Math.max(0, value), paid: Math.max(0, -value), lost: 0 };
  }
  const stake = 'constant' in money.amount ? money.amount.constant : amount || 0;
  const { saved, paid } = plainRow(money, stake, label === 1);
  const ofPositive = label === 1 ? saved : 0;
  return flagged ? { gained: ofPositive, paid, lost: 0 } : { gained: 0, paid: 0, lost: ofPositive };
}

/** Counts and money by one loop over the rows; a comparison with NaN is false, so unscored rows are passed. */
function plainDecision(judged: readonly LawRow[], threshold: number, money: Scenario) {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  const scale = money.rowsPerYear === null || judged.length === 0 ? 1 : money.rowsPerYear / judged.length;
  const values: number[] = [];
  let missed = 0;
  let spent = money.fixedCost;
  for (const row of judged) {
    const flagged = row.score >= threshold;
    const { gained, paid, lost } = plainMoney(money, row, flagged);
    counts[flagged ? (row.label === 1 ? 'tp' : 'fp') : row.label === 1 ? 'fn' : 'tn']++;
    values.push(scale * (gained - paid));
    spent += scale * paid;
    missed += scale * lost;
  }
  const net = values.reduce((sum, value) => sum + value, -money.fixedCost);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const roi = spent === 0 ? Number.NaN : net / spent;
  const squares = values.reduce((sum, value) => sum + value ** 2, 0);
  return {
    ...counts,
    net,
    roi,
    missed,
    squares,
    half: 1.959963984540054 * Math.sqrt(values.length * spread),
  };
}

const distinctOf = (judged: readonly LawRow[]) =>
  [...new Set(judged.map(({ score }) => score).filter((score) => !Number.isNaN(score)))].sort(
    (a, b) => a - b,
  );

const sameMoney: LawRow[] = [Number.NaN, 0, 0].map((amount) => ({ score: 0, label: 1, amount, fee: 0 }));
const sameValueScenario: Scenario = {
  template: 'retention',
  name: 'Base case',
  currency: '',
  amount: { constant: 1376 },
  saveRate: 0.19,
  campaignCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
};

describe('decision at any threshold', () => {
  it('equals a plain loop over the rows, counts and money', () => {
    fc.assert(
      fc.property(
        anyRows,
        anyScenario,
        fc.double({ min: -0.2, max: 1.2, noNaN: true }),
        (judged, money, free) => {
          const ranked = rankRows(judged);
          const model = compileScenario(money, lawColumns);
          for (const threshold of [free, ...distinctOf(judged)]) {
            const plain = plainDecision(judged, threshold, money);
            const { tp, fp, tn, fn, ...decision } = decisionAt(ranked, threshold, model);
            expect({ tp, fp, tn, fn }).toEqual({ tp: plain.tp, fp: plain.fp, tn: plain.tn, fn: plain.fn });
            expect(tp + fp + tn + fn).toBe(judged.length);
            expect(decision.recall).toBe(plain.tp / (plain.tp + plain.fn));
            expect(decision.precision).toBe(plain.tp / (plain.tp + plain.fp));
            expect(decision.fpr).toBe(plain.fp / (plain.fp + plain.tn));
            expect(decision.money!.net).toBeCloseTo(plain.net, 6);
            expect(decision.money!.missed).toBeCloseTo(plain.missed, 6);
            if (Number.isNaN(plain.roi)) expect(decision.money!.roi).toBeNaN();
            else expect(decision.money!.roi).toBeCloseTo(plain.roi, 6);
            const [low, high] = decision.money!.netInterval;
            expect((high - low) / 2).toSatisfy((half: number) =>
              judged.length < 2
                ? Number.isNaN(half)
                : Math.abs(half ** 2 - plain.half ** 2) <= 1e-9 * (1 + judged.length * plain.squares),
            );
            const { tp: gain, fp: loss, tn: none, fn: lost } = decision.money!.byCell;
            expect(gain + loss + none + lost + decision.money!.missed - money.fixedCost).toBeCloseTo(
              plain.net,
              6,
            );
          }
        },
      ),
      {
        numRuns,
        // Three rows that carry the same money spread nothing at all: Σv² - net²/n gave 1e-5 here.
        examples: [[sameMoney, sameValueScenario, 0]],
      },
    );
  });

  it('recall, fpr and the flagged share never fall as the threshold falls', () => {
    fc.assert(
      fc.property(anyRows, (judged) => {
        const ranked = rankRows(judged);
        const decisions = distinctOf(judged).map((threshold) => decisionAt(ranked, threshold, null));
        for (const [i, decision] of decisions.entries()) {
          const above = decisions[i + 1];
          if (above === undefined) continue;
          expect(decision.tp).toBeGreaterThanOrEqual(above.tp);
          expect(decision.fp).toBeGreaterThanOrEqual(above.fp);
          expect(decision.flagged).toBeGreaterThan(above.flagged);
        }
      }),
      { numRuns },
    );
  });

  it('net value is linear in every assumption, and in a constant amount', () => {
    fc.assert(
      fc.property(anyRows, anyScenario, fc.integer({ min: 0, max: 12 }), (judged, money, level) => {
        const ranked = rankRows(judged);
        const netOf = (changed: Scenario) =>
          decisionAt(ranked, level / 12, compileScenario(changed, lawColumns)).money!.net;
        for (const { name, most } of assumptionsOf(money.template)) {
          const netAt = (part: number) => netOf(withAssumption(money, name, most === 1 ? part : 400 * part));
          expect(netAt(0.5)).toBeCloseTo((netAt(0.25) + netAt(0.75)) / 2, 6);
        }
        const withFixed = (fixedCost: number) => netOf({ ...money, fixedCost });
        expect(withFixed(500)).toBeCloseTo(withFixed(0) - 500, 6);
        const withAmount = (constant: number) => netOf({ ...money, amount: { constant } });
        expect(withAmount(500)).toBeCloseTo((withAmount(250) + withAmount(750)) / 2, 6);
      }),
      { numRuns },
    );
  });
});

describe('the yearly book', () => {
  it('c times the rows a year are c times the money, but for the fixed cost; no threshold changes its place', () => {
    fc.assert(
      fc.property(anyRows, anyScenario, fc.integer({ min: 2, max: 50 }), (judged, money, times) => {
        const ranked = rankRows(judged);
        const yearOf = (rowsPerYear: number) => compileScenario({ ...money, rowsPerYear }, lawColumns);
        const [one, many] = [yearOf(60), yearOf(60 * times)];
        for (const threshold of distinctOf(judged)) {
          const small = decisionAt(ranked, threshold, one).money!;
          const large = decisionAt(ranked, threshold, many).money!;
          expect((large.net + money.fixedCost) / times).toBeCloseTo(small.net + money.fixedCost, 6);
          expect(large.missed / times).toBeCloseTo(small.missed, 6);
          expect(large.byCell.tp / times).toBeCloseTo(small.byCell.tp, 6);
          const half = ({ net, netInterval }: typeof small) => netInterval[1] - net;
          expect(half(large) / times || 0).toBeCloseTo(half(small) || 0, 5);
        }
        expect(scanNet(ranked, many).best).toBe(scanNet(ranked, one).best);
      }),
      { numRuns },
    );
  });

  it('rows a year equal to the judged rows change nothing', () => {
    fc.assert(
      fc.property(anyRows, anyScenario, fc.integer({ min: 0, max: 12 }), (judged, money, level) => {
        const ranked = rankRows(judged);
        const netOf = (rowsPerYear: number | null) =>
          decisionAt(ranked, level / 12, compileScenario({ ...money, rowsPerYear }, lawColumns)).money!;
        expect(netOf(judged.length)).toEqual(netOf(null));
      }),
      { numRuns },
    );
  });

  it('the best threshold is worth at least as much as any threshold of any grid, and as flagging nobody', () => {
    const grid = fc.array(fc.double({ min: -0.5, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyRows, anyScenario, grid, (judged, money, thresholds) => {
        const ranked = rankRows(judged);
        const model = compileScenario(money, lawColumns);
        const { net, best, flagNobody } = scanNet(ranked, model);
        const greatest = Math.max(net[best] ?? Number.NEGATIVE_INFINITY, flagNobody);
        for (const threshold of thresholds)
          expect(decisionAt(ranked, threshold, model).money!.net).toBeLessThanOrEqual(greatest + 1e-6);
      }),
      { numRuns },
    );
  });
});

describe('money curves', () => {
  it('draw points of the full sweep, ends and best among them', () => {
    fc.assert(
      fc.property(anyRows, anyScenario, fc.integer({ min: 3, max: 20 }), (judged, money, maxPoints) => {
        const ranked = rankRows(judged);
        const model = compileScenario(money, lawColumns);
        const curves = moneyCurvesOf(ranked, model, maxPoints, 0.01);
        expect(curves.threshold.length).toBe(Math.min(maxPoints, ranked.threshold.length) - missingPoint());
        expect([...curves.threshold]).toEqual([...new Set(curves.threshold)].sort((a, b) => a - b));
        curves.threshold.forEach((threshold, i) => {
          expect(ranked.threshold).toContain(threshold);
          const decision = decisionAt(ranked, threshold, model);
          const { net, roi, netInterval } = decision.money!;
          expect(curves.flagged[i]).toBe(decision.flagged);
          expect([curves.net[i], curves.roi[i]]).toEqual([net, roi]);
          expect([curves.netLow[i], curves.netHigh[i]]).toEqual(netInterval);
        });
        if (ranked.threshold.length === 0) return;
        expect(curves.threshold[0]).toBe(ranked.threshold.at(-1));
        expect(curves.threshold.at(-1)).toBe(ranked.threshold[0]);
        expect(curves.threshold).toContain(ranked.threshold[scanNet(ranked, model).best]);

        /** One place is held for the best threshold, and stays empty when that is drawn anyway. */
        function missingPoint() {
          return ranked.threshold.length > maxPoints && curves.threshold.length < maxPoints ? 1 : 0;
        }
      }),
      { numRuns },
    );
  });

  it('the plateau is the whole unbroken run within 1 % of the best, and nothing else', () => {
    fc.assert(
      fc.property(anyRows, anyScenario, (judged, money) => {
        const ranked = rankRows(judged);
        const model = compileScenario(money, lawColumns);
        const scan = scanNet(ranked, model);
        const plateau = plateauOf(ranked, scan, 0.01);
        const thresholds = distinctOf(judged);
        const near = thresholds.map(
          (t) => decisionAt(ranked, t, model).money!.net >= 0.99 * scan.net[scan.best]!,
        );
        if (scan.best < 0 || scan.net[scan.best]! <= 0 || scan.net[scan.best]! < scan.flagNobody) {
          expect(plateau).toBeNull();
          return;
        }
        const low = thresholds.indexOf(plateau![0]);
        const high = thresholds.indexOf(plateau![1]);
        const best = thresholds.indexOf(ranked.threshold[scan.best]!);
        expect(low).toBeLessThanOrEqual(best);
        expect(high).toBeGreaterThanOrEqual(best);
        expect(near.slice(low, high + 1)).not.toContain(false);
        expect(near[low - 1] ?? false).toBe(false);
        expect(near[high + 1] ?? false).toBe(false);
      }),
      { numRuns },
    );
  });
});

describe('AUC', () => {
  const aucOf = (judged: readonly LawRow[]) => rocAuc(rankRows(judged));

  it('counts pairs', () => {
    fc.assert(
      fc.property(anyRows, (judged) => {
        const scored = judged.filter(({ score }) => !Number.isNaN(score));
        const bad = scored.filter(({ label }) => label === 1);
        const good = scored.filter(({ label }) => label === 0);
        let won = 0;
        for (const b of bad)
          for (const g of good) won += b.score > g.score ? 1 : b.score === g.score ? 0.5 : 0;
        expect(aucOf(judged)).toBe(won / (bad.length * good.length));
      }),
      { numRuns },
    );
  });

  it('does not change under a rising map of the scores, nor with the order of rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer(), (judged, seed) => {
        const auc = aucOf(judged);
        expect(aucOf(judged.map((r) => ({ ...r, score: Math.exp(5 * r.score) - 40 })))).toBe(auc);
        const keyed = judged.map((r, i) => ({ r, key: Math.imul(i + 1, seed | 1) }));
        expect(aucOf(keyed.sort((a, b) => a.key - b.key).map(({ r }) => r))).toBe(auc);
      }),
      { numRuns },
    );
  });

  it('of the negated scores is the complement', () => {
    fc.assert(
      fc.property(anyRows, (judged) => {
        const auc = aucOf(judged);
        const negated = aucOf(judged.map((r) => ({ ...r, score: -r.score })));
        if (Number.isNaN(auc)) expect(negated).toBeNaN();
        else expect(negated).toBeCloseTo(1 - auc, 12);
      }),
      { numRuns },
    );
  });
});
