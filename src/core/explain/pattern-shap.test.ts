import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { DataError, ModelError } from '../errors.ts';
import { drain } from '../sliced.ts';
import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import { bruteForceShap, float64Margins, largestGap, marginSize, sumsOf } from './brute-force.laws.ts';
import { interventionalShap } from './interventional-shap.ts';
import { patternInteractions, preparePatternInteractions } from './pattern-interactions.ts';
import { planPatterns } from './pattern-plan.ts';
import { patternShap, preparePatternShap } from './pattern-shap.ts';
import { shapInteractions } from './quadrature-interactions.ts';
import { pathDependentShap } from './quadrature-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';
import type { ShapQuestion } from './shap-question.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

describe('SHAP by pattern tables', () => {
  for (const kind of ['path-dependent', 'interventional'] as const) {
    it(`is what enumeration gives, and adds up to the margin: ${kind}`, () => {
      fc.assert(
        fc.property(forestCases, (forest) => {
          const question = questionOf(forest, kind);
          const { baseValue, values } = patternShap(question, forest.block);
          const expected = bruteForceShap(question, forest.block);
          const tolerance = 1e-13 * marginSize(question);
          expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
          expect(largestGap(values, expected.values)).toBeLessThanOrEqual(tolerance);
          const sums = sumsOf(baseValue, values, forest.block.rowCount);
          expect(largestGap(sums, float64Margins(question, forest.block))).toBeLessThanOrEqual(tolerance);
        }),
        { numRuns },
      );
    });
  }
});

/** A path that splits on features 0 to count − 1 at 0, ever to the left; a leaf on every right. */
function chain(count: number): HandTree {
  return Array.from({ length: count }, (_, j) => j).reduceRight<HandTree>(
    (below, feature) => ({ feature, threshold: 0, left: below, right: Math.sin(feature) }),
    3,
  );
}

/** Rows that leave the chain late, early, or not at all. */
const rows = blockOf(
  [[], [0], [3], [13], [14], [16], [2, 15], [1, 5, 9]].map((out) =>
    Array.from({ length: 17 }, (_, j) => (out.includes(j) ? 1 : -1)),
  ),
);

function questionsOn(ensemble: TreeEnsemble): readonly ShapQuestion[] {
  const leaves = Float64Array.from(ensemble.leafValues, (_, leaf) => 1 + ((leaf * 7) % 5));
  const nodes = new Float64Array(ensemble.left.length);
  const coverOf = (child: number) => (child < 0 ? leaves[~child]! : nodes[child]!);
  for (let node = nodes.length - 1; node >= 0; node--)
    nodes[node] = coverOf(ensemble.left[node]!) + coverOf(ensemble.right[node]!);
  const columnCount = ensemble.featureCount;
  const columnOf = Int32Array.from({ length: columnCount }, (_, j) => j);
  return [
    { kind: 'path-dependent', covers: { nodes, leaves } } as const,
    { kind: 'interventional', background: rows } as const,
  ].map((expectation) => ({ ensemble, output: 0, expectation, columnOf, columnCount }));
}

describe('pattern tables at their edges', () => {
  it('answer trees with more than 14 features on a path with the others', () => {
    const short: HandTree = { feature: 16, threshold: 0, left: 1, right: chain(3) };
    const ensemble = ensembleOf([chain(17), short, chain(14), 0.25], {
      featureCount: 17,
      treeWeights: Float64Array.of(0.5, 2, 1, 3),
      baseValues: Float64Array.of(0.125),
    });
    for (const question of questionsOn(ensemble)) {
      const isPathDependent = question.expectation.kind === 'path-dependent';
      const other = (isPathDependent ? pathDependentShap : interventionalShap)(question, rows);
      const { baseValue, values } = patternShap(question, rows);
      expect(planPatterns(question, 'contributions').groups.longTrees).toEqual(Int32Array.of(0));
      expect(baseValue).toBeCloseTo(other.baseValue, 13);
      expect(largestGap(values, other.values)).toBeLessThanOrEqual(1e-13);
      const sums = sumsOf(baseValue, values, rows.rowCount);
      expect(largestGap(sums, float64Margins(question, rows))).toBeLessThanOrEqual(1e-13);
      const pairs = patternInteractions(question, rows);
      expect(largestGap(pairs.values, shapInteractions(question, rows).values)).toBeLessThanOrEqual(1e-13);
    }
  });

  it('are built a few at a time, and again for each block, when they are many', () => {
    const ensemble = ensembleOf([chain(9), chain(6), chain(10), chain(3)]);
    const room = { kept: 2 ** 16, batch: 2 ** 15 };
    for (const question of questionsOn(ensemble)) {
      const plan = planPatterns(question, 'interactions', room);
      expect(plan.tableBytes).toBeGreaterThan(room.kept);
      expect(plan.batches.length).toBeGreaterThan(4);
      expect(plan.tablesOf(plan.batches[0]!)).not.toBe(plan.tablesOf(plan.batches[0]!));
      const { explain } = preparePatternInteractions(question, room);
      const found = drain(explain(rows));
      expect(found).toEqual(patternInteractions(question, rows).values);
      expect(drain(explain(rows))).toEqual(found);
    }
  });

  it('give a row the same bits whatever rows are beside it', () => {
    const ensemble = ensembleOf([chain(9), chain(14), chain(17)]);
    const many = blockOf(
      Array.from({ length: 2500 }, (_, i) =>
        Array.from({ length: 17 }, (_, j) => ((i * 31 + j * j * 7) % 11) - 9),
      ),
    );
    for (const question of questionsOn(ensemble)) {
      const { explain } = preparePatternShap(question);
      const together = drain(explain(many));
      for (const row of [0, 1023, 1024, 2499]) {
        const columns = many.columns.map((column) => column.subarray(row, row + 1));
        const alone = drain(explain({ rowCount: 1, columns }));
        expect(alone).toEqual(together.filter((_, i) => i % many.rowCount === row));
      }
    }
  });

  it('give nothing to the features of single leaves, and nothing at all to an output without trees', () => {
    const ensemble = ensembleOf([2, -0.5], { outputCount: 2, baseValues: Float64Array.of(1, 7) });
    for (const question of questionsOn(ensemble)) {
      expect(patternShap(question, rows)).toEqual({ baseValue: 2.5, values: new Float64Array(8) });
      const other = { ...question, output: 1 };
      expect(patternShap(other, rows)).toEqual({ baseValue: 7, values: new Float64Array(8) });
      expect(patternInteractions(other, rows)).toEqual({ baseValue: 7, values: new Float64Array(8) });
    }
  });

  it('answer no rows with no values', () => {
    for (const question of questionsOn(ensembleOf([chain(5)])))
      expect(patternShap(question, { rowCount: 0, columns: rows.columns }).values.length).toBe(0);
  });

  it('refuse linear leaves and a background without rows', () => {
    const [question] = questionsOn(ensembleOf([chain(2)]));
    const none = { kind: 'interventional', background: { rowCount: 0, columns: rows.columns } } as const;
    expect(() => patternShap({ ...question!, expectation: none }, rows)).toThrow(DataError);
    const linearLeaves = {
      ...{ constants: new Float64Array(3), offsets: new Int32Array(4) },
      ...{ features: new Int32Array(0), coefficients: new Float64Array(0) },
    };
    const ensemble = { ...question!.ensemble, linearLeaves };
    expect(() => patternShap({ ...question!, ensemble }, rows)).toThrow(ModelError);
  });
});
