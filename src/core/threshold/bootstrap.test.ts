import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import type { LendingScenario } from '../money/scenario.ts';
import { compileScenario, defaultScenario } from '../money/scenario-templates.ts';
import { Random } from '../stats/random.ts';
import { type BootstrapQuestion, bootstrap } from './bootstrap.ts';
import { bootstrapBins } from './bootstrap-bins.ts';
import { bootstrapCells } from './bootstrap-cells.ts';
import { ReplicateSource } from './bootstrap-replicate.ts';
import type { StrategyParameters } from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { type CellDraw, PoissonWeights } from './poisson-weights.ts';
import { type RankedScores, rankScores } from './ranked-scores.ts';
import { strategiesOf } from './strategies.ts';
import type { Estimate, StrategyUncertainty, Uncertainty } from './uncertainty.ts';

const parameters: StrategyParameters = {
  recallAtLeast: 0.75,
  precisionAtLeast: 0.5,
  fprAtMost: 0.1,
  beta: 2,
  capacity: 400,
  capacityPer: 'rows',
  plateauShare: 0.01,
};
const lending: LendingScenario = { ...defaultScenario('lending', 'Amount'), reviewCost: 300 };
const model = compileScenario(lending, ['Amount']);
const question: BootstrapQuestion = { model, parameters, threshold: null, replicates: 200, seed: 20240501 };

interface Rows {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly amounts: Float64Array;
}

/** Scores that are calibrated but for some noise, and skewed amounts that go with them. `levels` rounds the scores. */
function simulated(rowCount: number, seed: number, levels = 0): Rows {
  const random = new Random(seed);
  const scores = new Float64Array(rowCount);
  const labels = new Uint8Array(rowCount);
  const amounts = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const p = random.uniform() ** 2;
    const score = Math.min(1, Math.max(0, p + 0.2 * (random.uniform() - 0.5)));
    scores[row] = levels === 0 ? score : Math.round(score * levels) / levels;
    labels[row] = random.uniform() < p ? 1 : 0;
    amounts[row] = 800 * (0.5 + p) * Math.exp(0.8 * random.normal());
  }
  return { scores, labels, amounts };
}

const rank = ({ scores, labels, amounts }: Rows) => rankScores(scores, labels, [amounts]);

function pick(rows: Rows, indexes: ArrayLike<number>): Rows {
  const take = <T extends Float64Array | Uint8Array>(values: T, kind: new (length: number) => T) => {
    const taken = new kind(indexes.length);
    for (let i = 0; i < indexes.length; i++) taken[i] = values[indexes[i]!]!;
    return taken;
  };
  return {
    scores: take(rows.scores, Float64Array),
    labels: take(rows.labels, Uint8Array),
    amounts: take(rows.amounts, Float64Array),
  };
}

type Figure = 'threshold' | 'flaggedShare' | 'precision' | 'recall' | 'net' | 'roi' | 'outOfBag';

/** The bootstrap as the textbook has it: rows drawn one by one, sorted again, every rule applied to them. */
function plainBootstrap(rows: Rows, replicates: number, seed: number) {
  const n = rows.scores.length;
  const random = new Random(seed);
  const series = new Map<string, Record<Figure, number[]>>();
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = Uint32Array.from({ length: n }, () => random.integer(n));
    const isDrawn = new Uint8Array(n);
    for (const row of drawn) isDrawn[row] = 1;
    const left = Array.from(isDrawn.keys()).filter((row) => isDrawn[row] === 0);
    const inBag = rank(pick(rows, drawn));
    const outOfBag = rank(pick(rows, left));
    for (const { rule, decision } of strategiesOf(inBag, model, parameters)) {
      if (decision === null) continue;
      const of = series.get(rule) ?? {
        ...{ threshold: [], flaggedShare: [], precision: [], recall: [], net: [], roi: [], outOfBag: [] },
      };
      series.set(rule, of);
      for (const figure of ['threshold', 'flaggedShare', 'precision', 'recall'] as const)
        of[figure].push(decision[figure]);
      of.net.push(decision.money!.net);
      of.roi.push(decision.money!.roi);
      of.outOfBag.push((decisionAt(outOfBag, decision.threshold, model).money!.net * n) / left.length);
    }
  }
  return series;
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

function strategyOf({ strategies }: Uncertainty, rule: StrategyUncertainty['rule']): StrategyUncertainty {
  return strategies.find((strategy) => strategy.rule === rule)!;
}

/**
 * Ends may differ by what 500 and 1,000 replicates leave to chance (3 standard errors: 12 % of the width), and by bins and the
 * normal law of sums within a cell (with 3,000 replicates of either: 0 to 7 % of the width).
 */
function expectSameInterval(found: Estimate, plain: readonly number[], what: string): void {
  const values = sorted(plain);
  const low = values[Math.floor(0.025 * values.length)]!;
  const high = values[Math.floor(0.975 * values.length)]!;
  const slack = 0.15 * (high - low) + 1e-9 * Math.abs(high);
  expect(Math.abs(found.low - low), `${what}: low ${found.low}, by rows ${low} to ${high}`).toBeLessThan(
    slack,
  );
  expect(Math.abs(found.high - high), `${what}: high ${found.high}, by rows ${low} to ${high}`).toBeLessThan(
    slack,
  );
}

describe('agrees with a bootstrap of rows', () => {
  const rules = [
    'maxNet',
    'minCost',
    'maxF1',
    'recallAtLeast',
    'precisionAtLeast',
    'fprAtMost',
    'capacity',
  ] as const;
  it.each([
    { name: 'one bin for each score', rows: simulated(1200, 1), isExact: true },
    { name: 'many rows with one score', rows: simulated(3000, 2, 200), isExact: true },
    { name: 'binned scores', rows: simulated(4000, 3), isExact: false },
  ])('$name', ({ rows, isExact }) => {
    const ranked = rank(rows);
    const found = bootstrap(ranked, { ...question, replicates: 1000 });
    expect(found.isExact).toBe(isExact);
    expect(found.bins).toBe(isExact ? ranked.threshold.length : bootstrapBinsOf(ranked));
    const plain = plainBootstrap(rows, 500, 77);
    for (const rule of rules) {
      const of = plain.get(rule)!;
      const strategy = strategyOf(found, rule);
      expect(strategy.reached).toBe(1000);
      for (const figure of ['flaggedShare', 'precision', 'recall', 'net', 'roi'] as const) {
        // Pinned by the rule itself: within a row or a bin of it, which has no width to compare with.
        if (rule === 'recallAtLeast' && figure === 'recall') continue;
        if (rule === 'precisionAtLeast' && figure === 'precision') continue;
        if (rule === 'capacity' && figure === 'flaggedShare') continue;
        expectSameInterval(strategy[figure], of[figure], `${rule} ${figure}`);
      }
      const spread = deviation(of.outOfBag);
      const error = spread * Math.sqrt(1 / 500 + 1 / 1000);
      expect(Math.abs(strategy.outOfBagNet!.value - mean(of.outOfBag)), rule).toBeLessThan(4 * error);
    }
  });

  function bootstrapBinsOf(ranked: RankedScores): number {
    const points = strategiesOf(ranked, model, parameters).flatMap(({ decision }) =>
      decision === null ? [] : [ranked.threshold.indexOf(decision.threshold)],
    );
    return bootstrapBins(ranked, points).length;
  }
});

describe.each(['credit_data', 'mlc_churn'])('the spread of AUC in %s', (dataset) => {
  const { model_comparisons } = goldenJson<{
    readonly model_comparisons: Readonly<
      Record<string, { readonly bootstrap_2000_rows_resampled: { readonly se_auc_a: number } }>
    >;
  }>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.entries(model_comparisons))(
    'of %s (the first) is that of 2,000 resamples by row',
    (pair, golden) => {
      const { scores, labels } = goldenRows(dataset, pair.split(' vs ')[0]!);
      const ranked = rankScores(scores, labels);
      const cells = bootstrapCells(ranked, bootstrapBins(ranked, []), null);
      const source = new ReplicateSource(cells, 0, new PoissonWeights(new Random(20240501)));
      const aucs = Array.from({ length: 1000 }, () => rocAuc(source.next().inBag));
      const ratio = deviation(aucs) / golden.bootstrap_2000_rows_resampled.se_auc_a;
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    },
  );
});

describe('the answer', () => {
  const rows = simulated(900, 5);
  const ranked = rank(rows);

  it('is the same for the same seed, and another for the next', () => {
    expect(bootstrap(ranked, question)).toEqual(bootstrap(ranked, question));
    const other = bootstrap(ranked, { ...question, seed: 20240502 });
    expect(strategyOf(other, 'maxNet').net).not.toEqual(
      strategyOf(bootstrap(ranked, question), 'maxNet').net,
    );
  });

  it('stands beside the figures on the judged rows', () => {
    const found = bootstrap(ranked, question);
    for (const [i, { rule, decision }] of strategiesOf(ranked, model, parameters).entries()) {
      const strategy = found.strategies[i]!;
      expect(strategy.rule).toBe(rule);
      expect(strategy.threshold.value).toBe(decision!.threshold);
      expect(strategy.recall.value).toBe(decision!.recall);
      expect(strategy.net.value).toBe(decision!.money!.net);
      expect(strategy.outOfBagNet!.low).toBeLessThan(strategy.outOfBagNet!.value);
      expect(strategy.outOfBagNet!.high).toBeGreaterThan(strategy.outOfBagNet!.value);
    }
    // The best of many on the rows that value it looks better than it is.
    const { net, outOfBagNet } = strategyOf(found, 'maxNet');
    expect(outOfBagNet!.value).toBeLessThan(net.value);
  });

  it('holds a fixed threshold: its interval is the normal one of its net value', () => {
    const { fixed } = bootstrap(ranked, { ...question, threshold: 0.4, replicates: 2000 });
    const { money, flaggedShare } = decisionAt(ranked, 0.4, model);
    const width = money!.netInterval[1] - money!.netInterval[0];
    expect(Math.abs(fixed!.net.low - money!.netInterval[0])).toBeLessThan(0.05 * width);
    expect(Math.abs(fixed!.net.high - money!.netInterval[1])).toBeLessThan(0.05 * width);
    expect(fixed!.outOfBagNet).toEqual(fixed!.net);
    expect(fixed!.threshold).toEqual({ value: 0.4, low: 0.4, high: 0.4 });
    expect(fixed!.flaggedShare.value).toBe(flaggedShare);
    expect(fixed!.reached).toBe(2000);
    const above = bootstrap(ranked, { ...question, threshold: 2 }).fixed!;
    expect(above.flaggedShare).toEqual({ value: 0, low: 0, high: 0 });
    expect(above.net).toEqual({ value: 0, low: 0, high: 0 });
    expect(above.precision).toEqual({ value: NaN, low: NaN, high: NaN });
    expect(bootstrap(ranked, question).fixed).toBeNull();
  });

  it('is in the scale of the scenario: a year, less the fixed cost', () => {
    const yearly = compileScenario({ ...lending, rowsPerYear: 9000, fixedCost: 5000 }, ['Amount']);
    const asked = { ...question, threshold: 0.3 };
    const [here, there] = [bootstrap(ranked, asked), bootstrap(ranked, { ...asked, model: yearly })];
    for (const rule of ['maxNet', 'maxF1', 'capacity'] as const) {
      for (const figure of ['net', 'outOfBagNet'] as const) {
        for (const end of ['value', 'low', 'high'] as const) {
          const scaled = 10 * strategyOf(here, rule)[figure]![end] - 5000;
          expect(strategyOf(there, rule)[figure]![end] / scaled).toBeCloseTo(1, 9);
        }
      }
    }
    expect(there.fixed!.net.low / (10 * here.fixed!.net.low - 5000)).toBeCloseTo(1, 9);
  });

  it('without a scenario has thresholds and no money', () => {
    const found = bootstrap(ranked, { ...question, model: null, threshold: 0.5 });
    const { threshold, net, roi, outOfBagNet, reached } = strategyOf(found, 'maxF1');
    expect(reached).toBe(200);
    expect(threshold.low).toBeLessThanOrEqual(threshold.high);
    expect([net.value, net.low, roi.high]).toEqual([NaN, NaN, NaN]);
    expect(outOfBagNet).toBeNull();
    expect(found.fixed!.outOfBagNet).toBeNull();
    expect(strategyOf(found, 'maxNet')).toMatchObject({ reached: 0, recall: { value: NaN, low: NaN } });
  });

  it('counts flagging nobody as a decision, and an unreachable rule as none', () => {
    const dear = compileScenario({ ...lending, reviewCost: 1e6 }, ['Amount']);
    const found = bootstrap(ranked, { ...question, model: dear });
    expect(strategyOf(found, 'maxNet')).toMatchObject({
      reached: 0,
      threshold: { value: NaN, low: NaN, high: NaN },
      flaggedShare: { value: 0, low: 0, high: 0 },
      recall: { value: 0, low: 0, high: 0 },
      net: { value: 0, low: 0, high: 0 },
      outOfBagNet: { value: 0, low: 0, high: 0 },
    });
    const { reached, net, outOfBagNet } = strategyOf(found, 'breakEven');
    expect([reached, net.value, outOfBagNet!.value, outOfBagNet!.low]).toEqual([0, NaN, NaN, NaN]);
    // In some samples a review pays, in some it does not: both count.
    const close = compileScenario({ ...lending, reviewCost: 1150 }, ['Amount']);
    const some = strategyOf(bootstrap(ranked, { ...question, model: close }), 'maxNet');
    expect(some.reached).toBeGreaterThan(0);
    expect(some.outOfBagNet!.value).not.toBeNaN();
  });

  it('where nearly every sample flags everybody, the interval still holds its own value', () => {
    // Score 1: 33 bad ones caught, 17 good ones lost; score 0: 10 bad, 30 good. Passing the latter loses 3,500 more than it brings.
    const cells = [33, 17, 10, 30];
    const rows = cells.flatMap((count, cell) => Array.from({ length: count }, () => cell));
    const two = rankScores(
      Float64Array.from(rows, (cell) => (cell < 2 ? 1 : 0)),
      Uint8Array.from(rows, (cell) => (cell % 2 === 0 ? 1 : 0)),
    );
    const pass = { ...defaultScenario('fourValues', null), flagPositive: 0, flagNegative: 0 };
    const passing = compileScenario({ ...pass, passPositive: -500, passNegative: 50 }, []);
    const found = strategyOf(bootstrap(two, { ...question, model: passing, replicates: 300 }), 'maxNet');
    const { value, low, high } = found.outOfBagNet!;
    expect(found.net.value).toBe(0);
    expect(value).toBeLessThan(0);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  });

  it('counts rows without a score: never flagged, in every denominator', () => {
    const half = { ...rows, scores: rows.scores.map((score, row) => (row % 2 === 0 ? score : Number.NaN)) };
    const found = bootstrap(rank(half), { ...question, threshold: 0 });
    expect(found.fixed!.flaggedShare.value).toBe(0.5);
    expect(found.fixed!.flaggedShare.low).toBeGreaterThan(0.45);
    expect(found.fixed!.flaggedShare.high).toBeLessThan(0.55);
    expect(found.fixed!.recall.high).toBeLessThan(0.65);
  });

  it.each([
    { ...question, replicates: 0 },
    { ...question, replicates: 2.5 },
    { ...question, threshold: NaN },
    { ...question, parameters: { ...parameters, beta: -1 } },
  ])('refuses what cannot be asked', (wrong) => {
    expect(() => bootstrap(ranked, wrong)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
  });

  it('survives two rows', () => {
    const two = rankScores(Float64Array.of(0.9, 0.1), Uint8Array.of(1, 0), [Float64Array.of(500, 200)]);
    const { net, outOfBagNet } = strategyOf(bootstrap(two, question), 'maxNet');
    expect(net.value).toBe(100);
    expect(outOfBagNet!.low).toBeLessThanOrEqual(outOfBagNet!.high);
  });
});

describe('bins', () => {
  it('are finer around operating points, end with them, and cover every score', () => {
    const { scores, labels } = simulated(60_000, 9);
    const ranked = rankScores(scores, labels);
    const ends = bootstrapBins(ranked, [300, 40_000]);
    expect(ends.length).toBeLessThan(700);
    expect(ends.at(-1)).toBe(ranked.threshold.length - 1);
    expect([...ends]).toEqual([...new Set(ends)].sort((a, b) => a - b));
    for (const point of [300, 40_000]) {
      expect(ends).toContain(point);
      const at = ends.indexOf(point);
      expect(ends[at]! - ends[at - 1]!).toBeLessThan(40);
      expect(ends[at + 1]! - ends[at]!).toBeLessThan(40);
    }
    const gaps = [...ends].map((end, i) => end - (ends[i - 1] ?? -1));
    expect(Math.max(...gaps)).toBeLessThan(2 * (60_000 / 512));
  });
});

describe('Poisson weights', () => {
  it.each([1, 5, 12, 13, 40, 1000])('of %i rows have the moments of their law', (rows) => {
    const weights = new PoissonWeights(new Random(3));
    const draw: CellDraw = { inBag: 0, outOfBag: 0, spread: 0 };
    const draws = Array.from({ length: 20_000 }, () => {
      weights.drawCell(rows, draw);
      return { ...draw };
    });
    const share = Math.exp(-1);
    const near = (value: number, expected: number, error: number) =>
      expect(Math.abs(value - expected)).toBeLessThan(5 * error + 1e-12);
    const inBag = draws.map((one) => one.inBag);
    const left = draws.map((one) => one.outOfBag);
    near(mean(inBag), rows, Math.sqrt(rows / 20_000));
    near(mean(left), share * rows, Math.sqrt((share * (1 - share) * rows) / 20_000));
    near(deviation(inBag) ** 2 / rows, 1, 0.02);
    near(deviation(left) ** 2 / (share * (1 - share) * rows), 1, 0.02);
    // A row of weight 0 takes its mean weight of 1 away: covariance -n/e.
    const product = mean(draws.map((one) => (one.inBag - rows) * (one.outOfBag - share * rows)));
    near(product / (share * rows), -1, 0.03);
    near(mean(draws.map((one) => one.spread)), rows - 1, 0.05 * rows);
    for (const one of draws) expect(one.inBag).toBeGreaterThanOrEqual(rows - one.outOfBag);
  });

  it('normal draws have variance 1', () => {
    const weights = new PoissonWeights(new Random(4));
    const draws = Array.from({ length: 40_000 }, () => weights.normal());
    expect(Math.abs(mean(draws))).toBeLessThan(0.025);
    expect(Math.abs(deviation(draws) - 1)).toBeLessThan(0.02);
  });
});
