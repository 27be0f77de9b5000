import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { bruteForceShap, float64Margins, marginSize } from '../../core/explain/brute-force.laws.ts';
import { type ForestCase, forestCases, questionOf } from '../../core/explain/random-forest.laws.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { modelCovers } from '../../core/explain/tree-covers.ts';
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
});
