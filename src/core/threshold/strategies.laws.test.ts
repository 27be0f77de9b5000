import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LendingScenario } from '../money/scenario.ts';
import { compileScenario } from '../money/scenario-templates.ts';
import type { StrategyParameters } from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { rankScores } from './ranked-scores.ts';
import { strategiesOf } from './strategies.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5_000 : 250;

interface Row {
  readonly score: number;
  readonly label: number;
  readonly amount: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  score: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }).map((step) => step / 12) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  ),
  label: fc.integer({ min: 0, max: 1 }),
  amount: fc.integer({ min: 0, max: 40 }).map((step) => step * 50),
});
const rows = fc.array(row, { maxLength: 40 });
const twentieth = fc.integer({ min: 0, max: 20 }).map((step) => step / 20);
const parameters: fc.Arbitrary<StrategyParameters> = fc.record({
  recallAtLeast: twentieth,
  precisionAtLeast: twentieth,
  fprAtMost: twentieth,
  beta: fc.constantFrom(0.5, 0.7, 1, 1.5, 2, 3),
  capacity: fc.integer({ min: 0, max: 40 }),
  capacityPer: fc.constantFrom('rows' as const, 'day' as const, 'week' as const),
  plateauShare: fc.constant(0.01),
});
const scenario: fc.Arbitrary<LendingScenario> = fc.record({
  template: fc.constant('lending' as const),
  name: fc.constant('Base case'),
  currency: fc.constant(''),
  amount: fc.oneof(
    fc.constant({ column: 'Amount' }),
    fc.record({ constant: fc.integer({ min: 0, max: 2000 }) }),
  ),
  // Quarters, so that sums are exact and ties are ties.
  lossRate: fc.integer({ min: 0, max: 4 }).map((step) => step / 4),
  reviewCost: fc.integer({ min: 0, max: 800 }),
  frictionCost: fc.integer({ min: 0, max: 100 }),
  fixedCost: fc.integer({ min: 0, max: 3000 }),
  rowsPerYear: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 20_000 })),
});

const rank = (judged: readonly Row[]) =>
  rankScores(
    Float64Array.from(judged, ({ score }) => score),
    Uint8Array.from(judged, ({ label }) => label),
    [Float64Array.from(judged, ({ amount }) => amount)],
  );

/** Counts, money before scale and fixed cost, by one loop over the rows; `amountOf` decides what is at stake. */
function plainly(
  judged: readonly Row[],
  threshold: number,
  money: LendingScenario,
  amountOf: (row: Row) => number,
) {
  let tp = 0;
  let fp = 0;
  let net = 0;
  for (const one of judged) {
    if (!(one.score >= threshold)) continue;
    if (one.label === 1) tp++;
    else fp++;
    net +=
      one.label * amountOf(one) * money.lossRate - money.reviewCost - (1 - one.label) * money.frictionCost;
  }
  return { tp, fp, flagged: tp + fp, net };
}

/** What each rule should pick, written as the definitions say it: over every distinct score, from the lowest. */
function searched(judged: readonly Row[], money: LendingScenario, wanted: StrategyParameters) {
  const scored = judged.filter(({ score }) => !Number.isNaN(score));
  const thresholds = [...new Set(scored.map(({ score }) => score))].sort((a, b) => a - b);
  const positives = judged.filter(({ label }) => label === 1);
  const negatives = judged.length - positives.length;
  const stake = ({ amount }: Row) => ('constant' in money.amount ? money.amount.constant : amount);
  const meanStake = positives.reduce((sum, one) => sum + stake(one), 0) / positives.length;
  const at = (threshold: number) => plainly(judged, threshold, money, stake);
  const byClass = (threshold: number) => plainly(judged, threshold, money, () => meanStake || 0).net;
  const first = (valueAt: (threshold: number) => number, slack = 1e-9) => {
    const greatest = Math.max(...thresholds.map(valueAt));
    return thresholds.find((t) => valueAt(t) >= greatest - slack);
  };
  const scale = money.rowsPerYear === null ? 1 : money.rowsPerYear / judged.length;
  const tpr = (t: number) => at(t).tp / positives.length;
  const fpr = (t: number) => at(t).fp / negatives;
  const scoredPositives = scored.filter(({ label }) => label === 1).length;
  const fBeta = (beta: number) => (t: number) =>
    ((1 + beta ** 2) * at(t).tp) / (beta ** 2 * positives.length + at(t).flagged);
  const periods = { rows: Number.NaN, day: 365, week: 52.18 }[wanted.capacityPer];
  const room =
    wanted.capacityPer === 'rows'
      ? wanted.capacity
      : (wanted.capacity * periods * judged.length) / (money.rowsPerYear ?? Number.NaN);
  const bothClasses = positives.length > 0 && negatives > 0;
  const bothScored = scoredPositives > 0 && scoredPositives < scored.length;
  const best = first((t) => at(t).net);
  const cheapest = first(byClass);
  return [
    positives.length > 0 ? first(fBeta(1)) : undefined,
    positives.length > 0 ? first(fBeta(wanted.beta)) : undefined,
    bothClasses ? first((t) => tpr(t) - fpr(t)) : undefined,
    bothScored
      ? first((t) => Math.abs(at(t).tp / scoredPositives - at(t).fp / (scored.length - scoredPositives)))
      : undefined,
    cheapest !== undefined && byClass(cheapest) >= -1e-9 ? cheapest : undefined,
    best !== undefined && at(best).net >= -1e-9 ? best : undefined,
    thresholds.findLast((t) => tpr(t) >= wanted.recallAtLeast),
    thresholds.find((t) => at(t).tp / at(t).flagged >= wanted.precisionAtLeast),
    thresholds.find((t) => fpr(t) <= wanted.fprAtMost),
    thresholds.find((t) => at(t).flagged <= room),
    thresholds.find((t) => scale * at(t).net - money.fixedCost >= -1e-7),
  ];
}

describe('strategies', () => {
  it('choose what a search over every distinct score chooses', () => {
    fc.assert(
      fc.property(rows, scenario, parameters, (judged, money, wanted) => {
        const results = strategiesOf(rank(judged), compileScenario(money, ['Amount']), wanted);
        const expected = searched(judged, money, wanted);
        expect(results.map(({ decision }) => decision?.threshold)).toEqual(expected);
        for (const { rule, reason, decision } of results) {
          expect(decision === null).toBe(reason !== null);
          if (reason === 'flag-nobody') expect(['maxNet', 'minCost']).toContain(rule);
          if (reason === 'no-volume') expect(money.rowsPerYear).toBeNull();
        }
      }),
      { numRuns },
    );
  });

  it('the greatest net value is never below that of any grid of thresholds', () => {
    fc.assert(
      fc.property(rows, scenario, (judged, money) => {
        const ranked = rank(judged);
        const model = compileScenario(money, ['Amount']);
        const [best] = strategiesOf(ranked, model, {
          ...{ recallAtLeast: 0, precisionAtLeast: 0, fprAtMost: 0, beta: 1, capacity: 0 },
          ...{ capacityPer: 'rows', plateauShare: 0.01 },
        }).filter(({ rule, reason }) => rule === 'maxNet' && reason === null);
        if (best === undefined) return;
        for (let step = 0; step <= 101; step++) {
          const net = decisionAt(ranked, step / 100, model).money!.net;
          expect(best.decision!.money!.net).toBeGreaterThanOrEqual(net - 1e-9 * (1 + Math.abs(net)));
        }
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });

  it('least cost is greatest net value where every row of a class has the same value', () => {
    fc.assert(
      fc.property(
        rows,
        scenario,
        parameters,
        fc.integer({ min: 0, max: 2000 }),
        (judged, money, wanted, stake) => {
          const model = compileScenario({ ...money, amount: { constant: stake } }, ['Amount']);
          const results = strategiesOf(rank(judged), model, wanted);
          const [cost, net] = (['minCost', 'maxNet'] as const).map((name) =>
            results.find(({ rule }) => rule === name),
          );
          expect(cost!.decision).toEqual(net!.decision);
          expect(cost!.reason).toBe(net!.reason);
        },
      ),
      { numRuns },
    );
  });
});
