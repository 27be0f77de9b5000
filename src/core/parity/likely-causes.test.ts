import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { drain } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import { applyLink } from '../trees/apply-link.ts';
import { marginsOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { compareForms } from './compare-forms.ts';
import type { ComparedScores } from './compared-form.ts';
import type { LikelyCause } from './form-comparison.ts';

/** Made models on made rows, changed in one known way: what the reference files have no case of. */
const ROWS = 1500;
const NAMES = ['income', 'age', 'debt', 'months', 'bureau'];

const random = new Random(11);
const rows: FeatureBlock = {
  rowCount: ROWS,
  columns: NAMES.map((_, j) =>
    Float64Array.from({ length: ROWS }, () => (random.uniform() < 0.1 ? 0 : (j + 1) * random.normal())),
  ),
};

function tree(depth: number): HandTree {
  if (depth === 0) return random.normal() / 3;
  const feature = random.integer(NAMES.length);
  const threshold = (feature + 1) * random.normal();
  return { feature, threshold, left: tree(depth - 1), right: tree(depth - 1) };
}

const trees = Array.from({ length: 12 }, () => tree(4));
const model = made({ baseValues: Float64Array.of(-0.9) });

function made(parts: Partial<TreeEnsemble>): TreeEnsemble {
  return ensembleOf(trees, {
    featureCount: NAMES.length,
    classCount: 2,
    link: { kind: 'logistic', slope: 1 },
    ...parts,
  });
}

function scoresOf(ensemble: TreeEnsemble, block = rows): Float64Array {
  const linked = applyLink(ensemble, marginsOf(ensemble, block));
  const width = linked.length / block.rowCount;
  return Float64Array.from({ length: block.rowCount }, (_, row) => linked[(row + 1) * width - 1]!);
}

function formOf(name: string, ensemble: TreeEnsemble, block = rows): ComparedScores {
  const blockOf = (picked: Uint32Array) => ({
    rowCount: picked.length,
    columns: block.columns.map((column) => Float64Array.from(picked, (row) => column[row]!)),
  });
  const scores = scoresOf(ensemble, block);
  return { name, scores, precision: 'float64', trees: { ensemble, featureNames: NAMES, blockOf } };
}

const columnOf = (scores: Float64Array): ComparedScores => ({
  name: 'score',
  scores,
  precision: 'column',
  trees: null,
});

const ordered = (order: readonly number[]): FeatureBlock => ({
  ...rows,
  columns: order.map((j) => rows.columns[j]!),
});

function causesOf(left: ComparedScores, right: ComparedScores): readonly LikelyCause[] {
  const { causes, verdict, tolerance } = drain(compareForms(left, right, null));
  expect(verdict).toBe('differ');
  expect(drain(compareForms(right, left, null)).causes.map(({ code }) => code)).toEqual(
    causes.map(({ code }) => code),
  );
  const last = causes[causes.length - 1];
  if (last?.code !== 'unknown') {
    expect(last?.explained).toBe(1);
    expect(last?.residual).toBeLessThanOrEqual(4 * tolerance);
  }
  return causes;
}

const file = formOf('model.txt', model);
/** Rounded to float32, as XGBoost does it, on rows all of whose values lie on its thresholds. */
const float32Model: TreeEnsemble = {
  ...model,
  comparison: 'float32',
  thresholds: model.thresholds.map(Math.fround),
};
const onThresholds: FeatureBlock = {
  rowCount: ROWS,
  columns: rows.columns.map((_, j) => {
    const own = [...model.thresholds].filter((_, node) => model.features[node] === j);
    return Float64Array.from({ length: ROWS }, (_, row) => own[row % own.length]!);
  }),
};

const logit = (p: number) => Math.log(p / (1 - p));

describe('likelyCauses', () => {
  it('names two features in exchanged places, whether or not the other mapping is known', () => {
    const swapped = formOf('mapped.txt', model, ordered([0, 3, 2, 1, 4]));
    const [byMapping] = causesOf(file, swapped);
    expect(byMapping?.code).toBe('feature-order');
    expect(byMapping?.explanation).toContain('different columns for "age" and "months"');
    const [byTrial] = causesOf(file, columnOf(swapped.scores));
    expect(byTrial?.code).toBe('feature-order');
    expect(byTrial?.explanation).toBe(
      '"score" takes the features "age" and "months" of "model.txt" in exchanged places.',
    );
  });

  it.each([
    ['sorted by name', [1, 4, 2, 0, 3]],
    ['in reverse order', [4, 3, 2, 1, 0]],
    ['moved up by one place', [1, 2, 3, 4, 0]],
    ['moved down by one place', [4, 0, 1, 2, 3]],
  ])('names features %s', (words, order) => {
    const [cause] = causesOf(file, columnOf(scoresOf(model, ordered(order))));
    expect(cause).toMatchObject({ code: 'feature-order', explanation: expect.stringContaining(words) });
  });

  it('names the other class, from the scores alone', () => {
    const [cause] = causesOf({ ...file, trees: null }, columnOf(file.scores.map((score) => 1 - score)));
    expect(cause?.code).toBe('class-order');
  });

  it('names margins in place of probabilities, from the scores and from the trees', () => {
    const margins = columnOf(file.scores.map(logit));
    expect(causesOf({ ...file, trees: null }, margins)[0]?.code).toBe('margin-not-probability');
    // LightGBM's raw score is the sum before the slope, which the scores do not tell.
    const sloped = formOf('sloped.txt', made({ link: { kind: 'logistic', slope: 0.5 } }));
    const raw = columnOf(sloped.scores.map((score) => 2 * logit(score)));
    expect(causesOf(sloped, raw)[0]?.code).toBe('margin-not-probability');
  });

  it.each<[string, (score: number) => number]>([
    ['cut off after 3 decimals', (score) => Math.trunc(score * 1000) / 1000],
    ['rounded to 3 significant digits', (score) => Number(score.toPrecision(3))],
    ['rounded to 1 decimal.', (score) => Math.round(score * 10) / 10],
  ])('names scores %s', (words, change) => {
    const [cause] = causesOf(file, columnOf(file.scores.map(change)));
    expect(cause).toMatchObject({ code: 'rounded-scores', explanation: expect.stringContaining(words) });
  });

  it('takes rounding that the column shows for equal', () => {
    const rounded = columnOf(file.scores.map((score) => Math.round(score * 1000) / 1000));
    expect(drain(compareForms(file, rounded, null))).toMatchObject({ verdict: 'equal', causes: [] });
  });

  it('names a base score that was taken for log-odds', () => {
    const asMargin = made({ baseValues: Float64Array.of(1 / (1 + Math.exp(0.9))) });
    const [cause] = causesOf(file, columnOf(scoresOf(asMargin)));
    expect(cause?.code).toBe('base-score');
    expect(cause?.explanation).toContain('adds 0.289 to every margin instead of -0.9');
  });

  it('names zeros that the file takes for values and the column for missing', () => {
    const zeros = model.missing.map(() => 2);
    const [cause] = causesOf(file, columnOf(scoresOf({ ...model, missing: zeros })));
    expect(cause).toMatchObject({
      code: 'zero-as-missing',
      explanation: '"score" treats zeros as missing (zero_as_missing), and "model.txt" does not.',
    });
  });

  it('names missing values that one form fills with 0', () => {
    const gaps: FeatureBlock = {
      ...rows,
      columns: rows.columns.map((column) => column.map((x, row) => (row % 7 === 3 ? Number.NaN : x))),
    };
    const defaultLeft = Uint8Array.from(model.left, (_, node) => node % 2);
    const left = { ...model, missing: model.missing.map(() => 1), defaultLeft };
    const filled = { ...left, missing: model.missing.map(() => 0) };
    const [cause] = causesOf(formOf('model.txt', left, gaps), columnOf(scoresOf(filled, gaps)));
    expect(cause).toMatchObject({
      code: 'missing-as-zero',
      explanation: expect.stringContaining('"score" takes missing values for 0, and "model.txt" sends'),
      explained: 1,
    });
    const right = { ...left, defaultLeft: defaultLeft.map(() => 0) };
    const [other] = causesOf(formOf('model.txt', filled, gaps), columnOf(scoresOf(right, gaps)));
    expect(other).toMatchObject({
      code: 'missing-as-zero',
      explanation: expect.stringContaining('"model.txt" takes missing values for 0 (use_missing=false)'),
      explained: 1,
    });
  });

  it('names averaging that the column does and the file does not', () => {
    const [cause] = causesOf(file, columnOf(scoresOf({ ...model, averageOver: 12 })));
    expect(cause).toMatchObject({
      code: 'averaging',
      explanation: expect.stringContaining('"model.txt" adds up the trees that "score" averages'),
    });
  });

  it('names the tool that does not round to float32 before it compares', () => {
    // Values on the thresholds: rounding moves about half of them to the other side.
    const plain = scoresOf({ ...float32Model, comparison: 'float64' }, onThresholds);
    const [cause] = causesOf(formOf('xgb.json', float32Model, onThresholds), columnOf(plain));
    expect(cause).toMatchObject({
      code: 'float32-input',
      explanation: expect.stringMatching(/^"xgb.json" rounds feature values .+ and "score" does not/),
    });
  });

  it('does not blame float32 where rows have so many ways down the trees that any score is among them', () => {
    // One threshold for all nodes, and every value within a float32 step of it.
    const thresholds = model.thresholds.map(() => Math.fround(7.3));
    const around = {
      rowCount: ROWS,
      columns: rows.columns.map((column) => column.map((value) => 7.3 + 1e-8 * value)),
    };
    const own = formOf('xgb.json', { ...float32Model, thresholds }, around);
    const noise = own.scores.map((score) => score + 1e-3 * random.normal());
    expect(causesOf(own, columnOf(noise))[0]?.code).toBe('unknown');
  });

  it('names two mistakes at once in the order of computation, the first with what it leaves', () => {
    const weights = Float64Array.from(trees, (_, i) => 1 / (i + 1));
    const own = formOf(
      'dart.json',
      made({ baseValues: Float64Array.of(0.7), treeWeights: weights, sums: 'float64' }),
    );
    const lost = columnOf(scoresOf(made({})));
    const causes = causesOf(own, lost);
    expect(causes.map(({ code }) => code)).toEqual(['tree-weights', 'base-score']);
    expect(causes[0]?.residual).toBeGreaterThan(0.1);
    const slope = formOf(
      's.txt',
      made({ baseValues: Float64Array.of(0.7), link: { kind: 'logistic', slope: 2 } }),
    );
    expect(causesOf(slope, lost).map(({ code }) => code)).toEqual(['base-score', 'sigmoid']);
    // Known only from the side that lost both: a line through the log-odds.
    const loser = formOf('lost.onnx', made({}));
    const both = causesOf(loser, columnOf(slope.scores));
    expect(both.map(({ code }) => code)).toEqual(['base-score', 'sigmoid']);
  });

  it('names lost tree weights that differ from tree to tree, from the side that lost them', () => {
    const weights = Float64Array.from(trees, (_, i) => 1 / (i + 1));
    const [cause, ...others] = causesOf(file, columnOf(scoresOf({ ...model, treeWeights: weights })));
    expect(others).toEqual([]);
    expect(cause?.code).toBe('tree-weights');
    expect(cause?.explanation).toContain('from 0.0833 to 1');
  });

  it('makes nothing of percents, and of margins and probabilities that are on no common scale', () => {
    const percents = columnOf(file.scores.map((score) => 100 * score));
    expect(causesOf({ ...file, trees: null }, percents)[0]?.code).toBe('unknown');
    expect(causesOf(file, percents)[0]?.code).toBe('unknown');
    const shifted = columnOf(file.scores.map((score) => logit(score) + 0.4));
    expect(causesOf({ ...file, trees: null }, shifted)[0]?.code).toBe('unknown');
  });

  it('names averaging and a base score of trees that return their sums', () => {
    const sums = (parts: Partial<TreeEnsemble>) =>
      made({ classCount: 0, link: { kind: 'identity' }, ...parts });
    const own = formOf('forest.onnx', sums({}));
    const sumsColumn = (ensemble: TreeEnsemble) => columnOf(scoresOf(ensemble));
    expect(causesOf(own, sumsColumn(sums({ averageOver: 12 })))[0]?.code).toBe('averaging');
    const [shift] = causesOf(own, sumsColumn(sums({ baseValues: Float64Array.of(0.25) })));
    expect(shift?.explanation).toBe(
      '"forest.onnx" lost the base score that "score" has: all its margins are 0.25 too low.',
    );
    // No factor but the number of trees means anything without a link.
    const tripled = columnOf(own.scores.map((score) => 3 * score));
    for (const trees of [null, own.trees]) {
      expect(causesOf({ ...own, trees }, tripled)[0]?.code).toBe('unknown');
    }
  });

  it('says that it does not know, and what it tried', () => {
    const other = ensembleOf(
      Array.from({ length: 12 }, () => tree(4)),
      { featureCount: NAMES.length, classCount: 2, link: { kind: 'logistic', slope: 1 } },
    );
    const [cause, ...others] = causesOf(file, columnOf(scoresOf(other)));
    expect(others).toEqual([]);
    expect(cause).toMatchObject({ code: 'unknown', residual: null, explained: null });
    expect(cause?.explanation).toContain('tried on the trees of "model.txt"');
  });

  it('does not trust trees that do not give their own scores', () => {
    const broken = { ...file, scores: file.scores.map((score) => score ** 2) };
    const [cause] = causesOf(broken, columnOf(scoresOf(made({}))));
    expect(cause?.code).toBe('unknown');
    expect(cause?.explanation).toContain('The trees of "model.txt" do not give its own scores');
  });

  it('does not fit anything to a form that gives all rows the same score', () => {
    const constant = columnOf(file.scores.map(() => 0.25));
    expect(causesOf(file, constant)[0]?.code).toBe('unknown');
    expect(causesOf({ ...file, trees: null }, constant)[0]?.code).toBe('unknown');
  });

  it('does not explain few rows that differ for no reason, nor breaks equal ones', () => {
    const scores = file.scores.slice();
    for (const row of [5, 500, 1200]) scores[row] = 1 - scores[row]!;
    // 1 - p would put these three right and all others wrong.
    expect(causesOf(file, columnOf(scores))[0]?.code).toBe('unknown');
  });

  it('finds its way on a handful of rows', () => {
    const pick = (block: FeatureBlock) => ({
      rowCount: 3,
      columns: block.columns.map((c) => c.subarray(0, 3)),
    });
    const few = formOf('model.txt', model, pick(rows));
    const lost = columnOf(scoresOf(made({}), pick(rows)));
    expect(causesOf(few, lost)[0]?.code).toBe('base-score');
  });
});
