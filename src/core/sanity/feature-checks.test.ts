import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodedCore } from '../model/decoded-core.ts';
import type { PlannedFeature } from '../model/planned-feature.ts';
import { Random } from '../stats/random.ts';
import { missingRule, splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';
import { type FeatureValues, fitOf, isOutside } from './feature-fit.ts';
import { featureOrderCheck } from './feature-order.ts';
import { type KnownRange, knownRanges } from './known-range.ts';
import { findReordering, type Reordering } from './reordering.ts';
import { scalingCheck } from './scaling.ts';

const runs = { numRuns: process.env.CUTLINE_LANE === 'slow' ? 500 : 40 };
const inOrder: Reordering = { pairs: [], shift: 0 };

/** Trees of one split each. */
function stumps(
  splits: readonly { feature: number; threshold: number; rule?: number }[],
  featureCount: number,
): TreeEnsemble {
  const nodes = splits.length;
  return {
    featureCount,
    outputCount: 1,
    classCount: 2,
    comparison: 'float64',
    sums: 'float64',
    roots: Int32Array.from(splits, (_, i) => i),
    treeOutputs: new Int32Array(nodes),
    treeWeights: null,
    features: Int32Array.from(splits, ({ feature }) => feature),
    rules: Uint8Array.from(splits, ({ rule }) => rule ?? splitRule.lessOrEqual),
    missing: new Uint8Array(nodes).fill(missingRule.nan),
    defaultLeft: new Uint8Array(nodes),
    thresholds: Float64Array.from(splits, ({ threshold }) => threshold),
    left: Int32Array.from(splits, (_, i) => ~(2 * i)),
    right: Int32Array.from(splits, (_, i) => ~(2 * i + 1)),
    categorySets: { boundaries: Int32Array.of(0, 1), words: Uint32Array.of(3) },
    leafWidth: 1,
    leafValues: new Float64Array(2 * nodes),
    linearLeaves: null,
    covers: null,
    gains: null,
    baseValues: Float64Array.of(0),
    averageOver: 1,
    link: { kind: 'logistic', slope: 1 },
  };
}

const planned = (name: string, steps: PlannedFeature['steps'] = []): PlannedFeature => ({
  name,
  input: name,
  position: 0,
  steps,
});
const treesOf = (features: readonly PlannedFeature[], ensemble: TreeEnsemble): DecodedCore => ({
  features,
  core: { kind: 'trees', ensemble },
  output: null,
});
const linearOf = (features: readonly PlannedFeature[]): DecodedCore => ({
  features,
  core: {
    kind: 'linear',
    linear: {
      featureCount: features.length,
      outputCount: 1,
      coefficients: new Float64Array(features.length),
      intercepts: Float64Array.of(0),
      link: 'logistic',
      classCount: 2,
    },
  },
  output: null,
});
const noTraining = () => null;

describe('known ranges', () => {
  it('of trees: smallest, largest and median of the distinct numeric thresholds', () => {
    const ensemble = stumps(
      [
        ...[40, 20, 60, 20, 30].map((threshold) => ({ feature: 0, threshold })),
        ...[5, 7].map((threshold) => ({ feature: 1, threshold })),
        ...[0, 0, 0].map((threshold) => ({ feature: 2, threshold, rule: splitRule.inSet })),
      ],
      4,
    );
    const features = ['Age', 'Debt', 'Home', 'Never'].map((name) => planned(name));
    expect(knownRanges(treesOf(features, ensemble), noTraining)).toEqual([
      { kind: 'thresholds', low: 20, high: 60, centre: 35, spread: Number.NaN },
      null,
      null,
      null,
    ]);
  });

  it('go before thresholds when the file says them, unless they are a constant', () => {
    const ensemble = stumps(
      [20, 30, 60].map((threshold) => ({ feature: 0, threshold })),
      2,
    );
    const training = ({ name }: PlannedFeature) => (name === 'Age' ? ([18, 68] as const) : ([1, 1] as const));
    expect(knownRanges(treesOf([planned('Age'), planned('Flat')], ensemble), training)).toEqual([
      { kind: 'training', low: 18, high: 68, centre: 30, spread: Number.NaN },
      null,
    ]);
  });

  it('of thresholds on scaled values are in the units of the column', () => {
    const scaled = planned('Age', [
      { kind: 'impute', replaced: Number.NaN, by: 40 },
      { kind: 'scale', offset: 40, factor: 0.1 },
      { kind: 'scale', offset: 1, factor: 2 },
    ]);
    // z = ((x - 40) / 10 - 1) x 2, so z = -2, 0, 4 are x = 40, 50, 70
    const ensemble = stumps(
      [-2, 0, 4].map((threshold) => ({ feature: 0, threshold })),
      1,
    );
    const [known] = knownRanges(treesOf([scaled], ensemble), noTraining);
    expect(known).toMatchObject({ low: 40, high: 70, centre: 50 });
  });

  it('of a scaler before a linear model: mean and six deviations; nothing without one or for texts', () => {
    const features = [
      planned('Age', [{ kind: 'scale', offset: 38, factor: 1 / 10 }]),
      planned('Raw'),
      planned('Home=owner', [{ kind: 'equals-text', value: 'owner' }]),
      planned('Zero', [{ kind: 'scale', offset: 1, factor: 0 }]),
    ];
    expect(knownRanges(linearOf(features), noTraining)).toEqual([
      { kind: 'scaler', low: -22, high: 98, centre: 38, spread: 10 },
      null,
      null,
      null,
    ]);
  });
});

const thresholds = (low: number, high: number): KnownRange => ({
  kind: 'thresholds',
  low,
  high,
  centre: (low + high) / 2,
  spread: Number.NaN,
});

describe('the fit of values', () => {
  it('counts shares below, inside and above, without missing values', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? Number.NaN : i));
    // 90 values: 1..9 below 10, 91..99 above 90
    const fit = fitOf(values, thresholds(10, 90))!;
    expect(fit.rows).toBe(90);
    expect(fit.below).toBeCloseTo(0.1, 12);
    expect(fit.above).toBeCloseTo(0.1, 12);
    expect(fit.inside).toBeCloseTo(0.8, 12);
    expect(fit.median).toBe(50);
  });

  it('leaves out a value that more than half of the rows have: zeros of a debt are no sign of a wrong unit', () => {
    const debts = Float64Array.from({ length: 1000 }, (_, i) => (i < 960 ? 0 : 1000 + i));
    const fit = fitOf(debts, thresholds(900, 3000))!;
    expect(fit).toMatchObject({ rows: 40, inside: 1 });
    expect(isOutside(fit, thresholds(900, 3000))).toBe(false);
  });

  it('is not judged over fewer than 30 values, or over equal ones', () => {
    expect(
      fitOf(
        Float64Array.from({ length: 29 }, (_, i) => i),
        thresholds(0, 1),
      ),
    ).toBeNull();
    expect(fitOf(new Float64Array(1000).fill(7), thresholds(0, 1))).toBeNull();
    expect(fitOf(new Float64Array(1000).fill(Number.NaN), thresholds(0, 1))).toBeNull();
  });

  it('is outside from more than 95 % on one side, not when both sides share them', () => {
    const fit = { rows: 100, below: 0, above: 0.95, inside: 0.05, median: 0, mean: 0, deviation: 1 };
    const known = thresholds(0, 1);
    expect(isOutside(fit, known)).toBe(false);
    expect(isOutside({ ...fit, above: 0.96 }, known)).toBe(true);
    expect(isOutside({ ...fit, above: 0.5, below: 0.5 }, known)).toBe(false);
  });
});

/** Columns as a credit table has them, by the rows of a seed. */
function columnsOf(seed: number, rows = 400) {
  const random = new Random(seed);
  const draw = (of: () => number) => Float64Array.from({ length: rows }, of);
  return {
    Age: draw(() => Math.max(18, Math.round(38 + 11 * random.normal()))),
    Income: draw(() => Math.round(Math.exp(5 + 0.5 * random.normal()))),
    Amount: draw(() => Math.round(1000 + 300 * random.normal())),
    Debt: draw(() => (random.uniform() < 0.8 ? 0 : Math.round(500 + 4000 * random.uniform()))),
  };
}
const known: Record<string, KnownRange> = {
  Age: thresholds(20, 62),
  Income: thresholds(40, 400),
  Amount: thresholds(450, 1700),
  Debt: thresholds(100, 4000),
};

function featuresOf(
  columns: Record<string, Float64Array>,
  how: FeatureValues['how'] = 'name',
): FeatureValues[] {
  return Object.entries(columns).map(([name, values]) => ({
    feature: name,
    column: name,
    how,
    values,
    known: known[name]!,
  }));
}
const scaling = (features: readonly FeatureValues[]) => scalingCheck(features, findReordering(features));
const order = (features: readonly FeatureValues[], byOrder = false) =>
  featureOrderCheck(features, byOrder, findReordering(features));
const times = (factor: number, columns: Record<string, Float64Array>, ...names: string[]) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      names.includes(name) ? values.map((value) => value * factor) : values,
    ]),
  );

describe('scaling', () => {
  it('passes for the columns that the model knows', () => {
    expect(scaling(featuresOf(columnsOf(1)))).toMatchObject({
      verdict: 'pass',
      title: 'Values in known ranges',
    });
  });

  it('names the feature, its median, the range and the factor', () => {
    const columns = columnsOf(1);
    const check = scaling(featuresOf(times(1000, columns, 'Amount')));
    const median = [...columns.Amount].sort((a, b) => a - b)[200]!;
    expect(check).toMatchObject({ verdict: 'fail', title: 'Units do not fit' });
    expect(check.finding).toContain('"Amount" of 4 numeric features lies outside');
    expect(check.finding).toContain('450 to 1700 (thresholds)');
    expect(check.finding).toContain('dividing by 1,000 brings the median from');
    expect(Math.abs(median - 1000)).toBeLessThan(60);
    expect(check.evidence).toEqual([
      ['Amount', expect.stringContaining('100.0 % of rows above 450 to 1700')],
    ]);
  });

  it.each([100, 1000, 0.001, 0.01])('guesses the factor %f of all columns', (factor) => {
    const check = scaling(featuresOf(times(factor, columnsOf(2), 'Age', 'Income', 'Amount', 'Debt')));
    expect(check.verdict).toBe('fail');
    for (const [, figure] of check.evidence) {
      expect(figure).toContain(
        `${factor > 1 ? 'dividing' : 'multiplying'} by ${factor > 1 ? factor.toLocaleString('en') : (1 / factor).toLocaleString('en')} `,
      );
    }
  });

  it('knows standardised columns', () => {
    const { Age, ...rest } = columnsOf(3);
    const check = scaling(featuresOf({ Age: Age.map((value) => (value - 38) / 11), ...rest }));
    expect(check.verdict).toBe('fail');
    expect(check.finding).toContain('the column looks standardised');
  });

  it('knows models of standardised columns', () => {
    const [age] = featuresOf({ Age: columnsOf(3).Age });
    const check = scaling([{ ...age!, known: { ...thresholds(-1.8, 2.1), centre: 0.1 } }]);
    expect(check.verdict).toBe('fail');
    expect(check.finding).toContain('the model seems to expect standardised values');
  });

  it('knows standardised columns before a scaler, which would standardise them again', () => {
    const { Age } = columnsOf(3);
    const scaler: KnownRange = { kind: 'scaler', low: 38 - 66, high: 38 + 66, centre: 38, spread: 11 };
    const [age] = featuresOf({ Age });
    expect(scaling([{ ...age!, known: scaler }]).verdict).toBe('pass');
    const standardised = { ...age!, known: scaler, values: Age.map((value) => (value - 38) / 11) };
    expect(scaling([standardised])).toMatchObject({ verdict: 'fail' });
    expect(scaling([{ ...standardised, values: Age.map((value) => 1000 * value) }]).finding).toContain(
      'dividing by 1,000',
    );
  });

  it('warns where no unit explains it: values that training never saw', () => {
    const years = Float64Array.from({ length: 400 }, (_, i) => 2025 + (i % 3));
    const check = scaling([
      {
        feature: 'Year',
        column: 'Year',
        how: 'name',
        values: years,
        known: { ...thresholds(2015, 2022), kind: 'training' },
      },
    ]);
    expect(check).toMatchObject({ verdict: 'warn', title: 'Values beyond known ranges' });
    expect(check.advice).toContain('never seen such rows');
  });

  it('says when it cannot tell', () => {
    expect(scalingCheck(null, inOrder).verdict).toBe('not-enough-data');
    expect(scalingCheck([{ ...featuresOf(columnsOf(1))[0]!, known: null }], inOrder).verdict).toBe(
      'not-enough-data',
    );
    expect(scalingCheck(featuresOf(columnsOf(1, 20)), inOrder).verdict).toBe('not-enough-data');
  });
});

describe('feature order', () => {
  /** The features with the columns of two of them exchanged. */
  const exchanged = (
    columns: Record<string, Float64Array>,
    a: string,
    b: string,
    how: FeatureValues['how'] = 'order',
  ) =>
    featuresOf({ ...columns, [a]: columns[b]!, [b]: columns[a]! }, how).map((feature) => ({
      ...feature,
      column: feature.feature === a ? b : feature.feature === b ? a : feature.feature,
    }));

  it('passes when the columns fit, by name or by order', () => {
    expect(order(featuresOf(columnsOf(1)))).toMatchObject({
      verdict: 'pass',
      title: 'Columns bound by name',
    });
    expect(order(featuresOf(columnsOf(1), 'order'), true)).toMatchObject({
      verdict: 'pass',
      title: 'Order fits the values',
    });
  });

  it('names the exchanged columns, and scaling leaves them to it', () => {
    const features = exchanged(columnsOf(4), 'Age', 'Amount');
    const check = order(features, true);
    expect(check).toMatchObject({ verdict: 'fail', title: 'Columns exchanged' });
    expect(check.finding).toBe(
      `The columns of "Age" and "Amount" ("Amount" and "Age") fit better in each other's place.`,
    );
    expect(scaling(features)).toMatchObject({
      verdict: 'pass',
      finding: expect.stringContaining('explained by the order'),
    });
  });

  it('says by how they were bound what was exchanged, and what to do', () => {
    const { Age, Amount, ...others } = columnsOf(4);
    const contents = order(featuresOf({ ...others, Age: Amount!, Amount: Age! }, 'name'));
    expect(contents).toMatchObject({ verdict: 'fail', title: 'Columns exchanged' });
    expect(contents.finding).toMatch(
      /^The contents of the columns "\w+" and "\w+" fit better in each other's place\.$/,
    );
    expect(contents.advice).toMatch(/^The names fit and the contents do not/);
    expect(order(exchanged(columnsOf(4), 'Age', 'Amount', 'user')).advice).toMatch(/^Map each/);
    expect(order(exchanged(columnsOf(4), 'Age', 'Amount'), true).advice).toMatch(
      /^Give the columns in the order/,
    );
  });

  it('looks at columns mapped by hand too, when two of them do not fit', () => {
    expect(order(exchanged(columnsOf(4), 'Age', 'Amount', 'user')).verdict).toBe('fail');
  });

  it('sees a small overlap when training stated its ranges', () => {
    const random = new Random(8);
    const draw = (low: number, high: number) =>
      Float64Array.from({ length: 400 }, () => low + (high - low) * random.uniform());
    const stated = (low: number, high: number): KnownRange => ({
      ...thresholds(low, high),
      kind: 'training',
    });
    const features: FeatureValues[] = [
      { feature: 'Age', column: 'Time', how: 'order', values: draw(6, 60), known: stated(18, 68) },
      { feature: 'Time', column: 'Age', how: 'order', values: draw(19, 67), known: stated(6, 60) },
    ];
    expect(order(features, true)).toMatchObject({ verdict: 'fail', title: 'Columns exchanged' });
  });

  it('sees an order that is off by one', () => {
    const { Age, Income, Amount, Debt } = columnsOf(5);
    const id = Float64Array.from({ length: 400 }, (_, i) => 100_000 + i);
    const features = featuresOf({ Age: id, Amount: Age, Income: Amount, Debt: Income }, 'order');
    // The model's own order is Age, Amount, Income, Debt; the columns come one too late.
    expect(order(features, true)).toMatchObject({ verdict: 'fail', title: 'Columns one place off' });
    expect(Debt.length).toBe(400);
  });

  it('cannot tell without known ranges', () => {
    const features = featuresOf(columnsOf(1), 'order').map((feature) => ({ ...feature, known: null }));
    expect(order(features, true).verdict).toBe('not-enough-data');
    expect(featureOrderCheck(null, true, inOrder).verdict).toBe('not-enough-data');
    expect(featureOrderCheck(null, false, inOrder).verdict).toBe('pass');
  });

  it('law: right columns raise no alarm, exchanged ones are named, whatever the rows and their order', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const columns = columnsOf(seed);
        expect(scaling(featuresOf(columns)).verdict).toBe('pass');
        expect(order(featuresOf(columns, 'order'), true).verdict).toBe('pass');
        const features = exchanged(columns, 'Age', 'Amount');
        const names = (given: readonly FeatureValues[]) =>
          findReordering(given).pairs.flatMap(({ first, second }) => [first.feature, second.feature].sort());
        expect(names(features)).toEqual(['Age', 'Amount']);
        expect(names(features.toReversed())).toEqual(['Age', 'Amount']);
        const turned = features.map((feature) => ({ ...feature, values: feature.values.toReversed() }));
        expect(names(turned)).toEqual(['Age', 'Amount']);
      }),
      runs,
    );
  });
});
