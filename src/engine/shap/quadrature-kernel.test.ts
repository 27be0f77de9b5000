import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { bruteForceShap, float64Margins, marginSize } from '../../core/explain/brute-force.laws.ts';
import { pathDependentShap } from '../../core/explain/quadrature-shap.ts';
import { type ForestCase, forestCases, questionOf } from '../../core/explain/random-forest.laws.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import {
  type EnsembleRecipe,
  ensembleRecipe,
  randomEnsemble,
  randomRows,
} from '../kernels/random-ensemble.laws.ts';
import { createQuadratureExplainer, quadratureRefusal } from './quadrature-kernel.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';

function explain(question: ShapQuestion, block: FeatureBlock): Float64Array {
  const explainer = createQuadratureExplainer(question);
  const values = explainer.explain(block);
  explainer.release();
  return values;
}

/** The largest difference of two lists of the same length. */
function largestGap(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** The largest |base + Σφ − margin| of a row. */
function additivityGap(question: ShapQuestion, block: FeatureBlock): number {
  const { baseValue } = createQuadratureExplainer(question);
  const values = explain(question, block);
  const sums = new Float64Array(block.rowCount).fill(baseValue);
  for (const [i, value] of values.entries()) sums[i % block.rowCount]! += value;
  return largestGap(sums, float64Margins(question, block));
}

/** A tree whose node d asks feature d and goes on to the right; a share of `stay` goes on. */
function caterpillar(depth: number, stay: number, features: number): ShapQuestion {
  let tree: HandTree = 3;
  for (let d = depth - 1; d >= 0; d--) {
    tree = { feature: d % features, threshold: 0, left: Math.cos(7 * d), right: tree };
  }
  const ensemble = ensembleOf([tree], { featureCount: features });
  const leaves = new Float64Array(ensemble.leafValues.length);
  const nodes = new Float64Array(ensemble.features.length);
  let cover = 1;
  for (let node = ensemble.roots[0]!; node >= 0; node = ensemble.right[node]!) {
    nodes[node] = cover;
    leaves[~ensemble.left[node]!] = cover * (1 - stay);
    cover *= stay;
    if (ensemble.right[node]! < 0) leaves[~ensemble.right[node]!] = cover;
  }
  const columnOf = Int32Array.from({ length: features }, (_, j) => j);
  return {
    ensemble,
    output: 0,
    expectation: { kind: 'path-dependent', covers: { nodes, leaves } },
    columnOf,
    columnCount: features,
  };
}

function signRows(features: number, rowCount: number): FeatureBlock {
  const columns = Array.from({ length: features }, (_, j) =>
    Float64Array.from({ length: rowCount }, (_x, i) => Math.sin(1 + 3 * i + 17 * j) + 0.6),
  );
  return { rowCount, columns };
}

/** Any covers that add up: here, each node's number of leaves below it, some of them empty. */
function pathDependent(ensemble: TreeEnsemble, output: number): ShapQuestion {
  const { left, right, featureCount } = ensemble;
  const leaves = Float64Array.from(
    { length: ensemble.leafValues.length / ensemble.leafWidth },
    (_, leaf) => leaf % 7,
  );
  const nodes = new Float64Array(left.length);
  const coverOf = (child: number) => (child < 0 ? leaves[~child]! : nodes[child]!);
  for (let node = left.length - 1; node >= 0; node--)
    nodes[node] = coverOf(left[node]!) + coverOf(right[node]!);
  const columnOf = Int32Array.from({ length: featureCount }, (_, j) => j);
  const expectation = { kind: 'path-dependent', covers: { nodes, leaves } } as const;
  return { ensemble, output, expectation, columnOf, columnCount: featureCount };
}

function withFiniteLeaves(ensemble: TreeEnsemble): TreeEnsemble {
  const leafValues = ensemble.leafValues.map((value) => (Math.abs(value) < 10 ? value : 0.25));
  return { ...ensemble, leafValues };
}

const mixed: EnsembleRecipe = {
  ...{ seed: 7, trees: 6, depth: 12, stop: 0.04, outputs: 2, features: 5, thresholds: 5000, rows: 0 },
  ...{ comparison: 'float64', sums: 'float64', vectorLeaves: true, weights: true },
};

function takeRows({ columns }: FeatureBlock, start: number, end: number): FeatureBlock {
  return { rowCount: end - start, columns: columns.map((column) => column.subarray(start, end)) };
}

describe('createQuadratureExplainer', () => {
  it('is the definition, for every rule, duplicate feature, empty node, weight and shared column', () => {
    const isExact = (one: ForestCase) => {
      const question = questionOf(one, 'path-dependent');
      const expected = bruteForceShap(question, one.block);
      const explainer = createQuadratureExplainer(question);
      const limit = 1e-12 * Math.max(1, marginSize(question));
      expect(Math.abs(explainer.baseValue - expected.baseValue)).toBeLessThan(limit);
      expect(largestGap(explainer.explain(one.block), expected.values)).toBeLessThan(limit);
    };
    fc.assert(fc.property(forestCases, isExact), { numRuns: isSlow ? 3000 : 150 });
  });

  for (const stay of [0.5, 0.9, 0.98]) {
    it.each([1, 2, 9, 17, 30, 60])(
      `stays additive on a path of %i features that ${stay} of the rows go on`,
      (depth) => {
        expect(additivityGap(caterpillar(depth, stay, depth), signRows(depth, 33))).toBeLessThan(3e-13);
      },
    );
  }

  it.each([1, 3, 40])('is additive where a path of 200 splits comes back to %i features', (features) => {
    const question = caterpillar(200, 0.98, features);
    const block = signRows(features, 20);
    expect(additivityGap(question, block)).toBeLessThan(1e-12);
    expect(largestGap(explain(question, block), pathDependentShap(question, block).values)).toBeLessThan(
      1e-12,
    );
  });

  it('agrees with the plain quadrature on large trees, bins of 16 bits and large category sets', () => {
    const agrees = (recipe: EnsembleRecipe) => {
      const question = pathDependent(withFiniteLeaves(randomEnsemble(recipe)), recipe.seed % recipe.outputs);
      const block = randomRows(question.ensemble, Math.min(recipe.rows, 5), recipe.seed);
      const plain = pathDependentShap(question, block);
      expect(largestGap(explain(question, block), plain.values)).toBeLessThan(1e-11);
      expect(createQuadratureExplainer(question).baseValue).toBeCloseTo(plain.baseValue, 11);
    };
    fc.assert(fc.property(ensembleRecipe, agrees), { numRuns: isSlow ? 1000 : 25 });
  });

  it('answers a row bit for bit alike in any company', () => {
    const question = pathDependent(withFiniteLeaves(randomEnsemble(mixed)), 1);
    const block = randomRows(question.ensemble, 613, 5);
    const whole = explain(question, block);
    const explainer = createQuadratureExplainer(question);
    for (const [start, end] of [
      [0, 1],
      [1, 256],
      [255, 258],
      [256, 613],
      [612, 613],
    ] as const) {
      const part = explainer.explain(takeRows(block, start, end));
      for (const [i, value] of part.entries()) {
        const column = Math.floor(i / (end - start));
        expect(value).toBe(whole[column * block.rowCount + start + (i % (end - start))]);
      }
    }
  });

  it('lets two answers take turns, and says how far it is', () => {
    const question = pathDependent(withFiniteLeaves(randomEnsemble(mixed)), 0);
    const block = randomRows(question.ensemble, 600, 5);
    const explainer = createQuadratureExplainer(question);
    const [a, b] = [explainer.explainSliced(block), explainer.explainSliced(takeRows(block, 300, 600))];
    const done: number[] = [];
    let [stepA, stepB] = [a.next(), b.next()];
    while (!(stepA.done === true && stepB.done === true)) {
      if (stepA.done !== true) {
        expect(stepA.value.total).toBe(600);
        done.push(stepA.value.done);
        stepA = a.next();
      }
      if (stepB.done !== true) stepB = b.next();
    }
    expect(done.length).toBeGreaterThan(1);
    expect(done).toEqual(done.toSorted((x, y) => x - y));
    expect(stepA.value).toEqual(explainer.explain(block));
    expect(stepB.value).toEqual(explainer.explain(takeRows(block, 300, 600)));
  });

  it('answers without trees, without splits and without rows', () => {
    const question = pathDependent(
      ensembleOf([2, 3.5], { featureCount: 2, baseValues: Float64Array.of(1) }),
      0,
    );
    const explainer = createQuadratureExplainer(question);
    expect(explainer.baseValue).toBe(6.5);
    expect(explainer.explain(signRows(2, 3))).toEqual(new Float64Array(6));
    expect(explainer.explain(signRows(2, 0))).toEqual(new Float64Array(0));
  });

  it('is of no use after its release', () => {
    const explainer = createQuadratureExplainer(caterpillar(3, 0.5, 3));
    explainer.release();
    expect(() => explainer.explain(signRows(3, 1))).toThrow('It was released.');
  });
});

describe('quadratureRefusal', () => {
  it('is null for trees with covers', () => {
    expect(quadratureRefusal(caterpillar(4, 0.9, 4))).toBeNull();
  });

  it('says why linear leaves and background rows are refused', () => {
    const question = caterpillar(1, 0.5, 1);
    const linearLeaves = {
      constants: new Float64Array(2),
      offsets: new Int32Array(3),
      features: new Int32Array(0),
      coefficients: new Float64Array(0),
    };
    const linear = { ...question, ensemble: { ...question.ensemble, linearLeaves } };
    expect(quadratureRefusal(linear)).toBe('Its leaves hold linear models.');
    expect(() => createQuadratureExplainer(linear)).toThrow('Its leaves hold linear models.');
    const expectation = { kind: 'interventional', background: signRows(1, 2) } as const;
    expect(quadratureRefusal({ ...question, expectation })).toContain('background rows');
  });
});
