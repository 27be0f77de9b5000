import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { bruteForceShap, float64Margins, largestGap, marginSize, sumsOf } from './brute-force.laws.ts';
import { interventionalShap, prepareInterventional } from './interventional-shap.ts';
import { shapInteractions } from './quadrature-interactions.ts';
import { pathDependentShap, preparePathDependent } from './quadrature-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';
import type { Expectation, ShapQuestion, TreeCovers } from './shap-question.ts';
import { modelCovers } from './tree-covers.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 120;

function questionOn(ensemble: TreeEnsemble, expectation: Expectation): ShapQuestion {
  const columnOf = Int32Array.from({ length: ensemble.featureCount }, (_, j) => j);
  return { ensemble, output: 0, expectation, columnOf, columnCount: columnOf.length };
}

function rowsOf(block: FeatureBlock, rows: readonly number[]): FeatureBlock {
  const columns = block.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  return { rowCount: rows.length, columns };
}

describe.each([
  ['path-dependent', pathDependentShap],
  ['interventional', interventionalShap],
] as const)('%s SHAP of a forest', (kind, contributions) => {
  it('is what enumeration gives, and adds up to the margin', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block } = forest;
        const question = questionOf(forest, kind);
        const tolerance = 1e-12 * marginSize(question);
        const { baseValue, values } = contributions(question, block);
        const expected = bruteForceShap(question, block);
        expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
        expect(largestGap(values, expected.values)).toBeLessThanOrEqual(tolerance);
        const sums = sumsOf(baseValue, values, block.rowCount);
        expect(largestGap(sums, float64Margins(question, block))).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns },
    );
  });

  it('gives a row the same bits alone, in any order, and beside more rows than one run takes', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block } = forest;
        const question = questionOf(forest, kind);
        const many = Array.from({ length: 1030 }, (_, i) => i % block.rowCount);
        const { values } = contributions(question, rowsOf(block, many));
        for (let row = 0; row < block.rowCount; row++) {
          const alone = contributions(question, rowsOf(block, [row])).values;
          for (const place of [row, 1029 - ((1029 - row) % block.rowCount)])
            if (many[place] === row)
              expect(alone).toEqual(
                Float64Array.from(alone, (_, column) => values[column * many.length + place]!),
              );
        }
      }),
      { numRuns: numRuns / 4 },
    );
  });

  it('gives nothing to a column that no tree reads', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block } = forest;
        const question = { ...questionOf(forest, kind), columnCount: forest.columnCount + 1 };
        const { values } = contributions(question, block);
        expect(values.subarray(forest.columnCount * block.rowCount)).toEqual(
          new Float64Array(block.rowCount),
        );
      }),
      { numRuns: numRuns / 4 },
    );
  });

  it('is nothing but the base where trees are leaves', () => {
    const ensemble = ensembleOf([2, 3], {
      baseValues: Float64Array.of(10),
      treeWeights: Float64Array.of(1, 2),
    });
    const covers = { nodes: new Float64Array(0), leaves: Float64Array.of(5, 5) };
    const expectation = kind === 'interventional' ? { kind, background: blockOf([[1]]) } : { kind, covers };
    expect(contributions(questionOn(ensemble, expectation), blockOf([[0], [1]]))).toEqual({
      baseValue: 18,
      values: Float64Array.of(0, 0),
    });
  });

  it('refuses leaves that hold linear models and says what to do', () => {
    const linearLeaves = {
      constants: Float64Array.of(1),
      offsets: Int32Array.of(0, 0),
      features: new Int32Array(0),
      coefficients: new Float64Array(0),
    };
    const covers = { nodes: new Float64Array(0), leaves: Float64Array.of(5) };
    const expectation = kind === 'interventional' ? { kind, background: blockOf([[1]]) } : { kind, covers };
    const question = questionOn(ensembleOf([2], { linearLeaves }), expectation);
    for (const ask of [contributions, shapInteractions])
      expect(() => ask(question, blockOf([[0]]))).toThrowError(
        expect.objectContaining({
          name: 'ModelError',
          code: 'unsupported-operator',
          advice: expect.stringContaining('sampling'),
        }),
      );
  });

  it('does not answer the question of the other method', () => {
    const covers = { nodes: new Float64Array(0), leaves: Float64Array.of(5) };
    const other: Expectation =
      kind === 'interventional'
        ? { kind: 'path-dependent', covers }
        : { kind: 'interventional', background: blockOf([[1]]) };
    expect(() => contributions(questionOn(ensembleOf([2]), other), blockOf([[0]]))).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

/** x_j <= 0 for all j gives 1; a row leaves the chain with 0 at the first x_j above 0. */
function chain(length: number): TreeEnsemble {
  let tree: HandTree = 1;
  for (let feature = length - 1; feature >= 0; feature--) tree = { feature, left: tree, right: 0 };
  return ensembleOf([tree], { featureCount: length });
}

function coversOf(ensemble: TreeEnsemble, leaves: Float64Array): TreeCovers {
  return modelCovers({ ...ensemble, covers: { kind: 'count', nodes: new Float64Array(0), leaves } })!;
}

function rowOf(length: number, value: (j: number) => number): number[] {
  return Array.from({ length }, (_, j) => value(j));
}

describe('long paths', () => {
  it.each([1, 2, 15, 33, 60, 200])('of %i features: a share z on each gives (1 − z^n) / n each', (length) => {
    const ensemble = chain(length);
    for (const z of [0.05, 0.5, 0.98]) {
      // Leaf 0 is the end of the chain, leaf i + 1 where feature length − 1 − i leaves it.
      const leaves = Float64Array.from({ length: length + 1 }, (_, leaf) =>
        leaf === 0 ? z ** length : z ** (length - leaf) * (1 - z),
      );
      const covers = coversOf(ensemble, leaves);
      const question = questionOn(ensemble, { kind: 'path-dependent', covers });
      const { baseValue, values } = pathDependentShap(question, blockOf([rowOf(length, () => 0)]));
      expect(Math.abs(baseValue - z ** length)).toBeLessThan(1e-15);
      expect(largestGap(values, new Float64Array(length).fill((1 - z ** length) / length))).toBeLessThan(
        2e-15,
      );
      // One feature is not met: it alone takes the leaf away, the others gain what they share of the rest.
      const { values: missed } = pathDependentShap(
        question,
        blockOf([rowOf(length, (j) => (j === 0 ? 1 : 0))]),
      );
      const sum = missed.reduce((total, value) => total + value, baseValue);
      expect(Math.abs(sum)).toBeLessThan(1e-14);
    }
  });

  it.each([1, 14, 32, 33, 100])('of %i features: a background that meets none gives 1 / n each', (length) => {
    const expectation = { kind: 'interventional', background: blockOf([rowOf(length, () => 1)]) } as const;
    const question = questionOn(chain(length), expectation);
    const { baseValue, values } = interventionalShap(question, blockOf([rowOf(length, () => 0)]));
    expect(baseValue).toBe(0);
    expect(values).toEqual(new Float64Array(length).fill(1 / length));
  });

  it('weigh 40 features of the row against 60 of the background by 1 / C(100, 40)', () => {
    const background = blockOf([rowOf(100, (j) => (j < 40 ? 1 : 0))]);
    const question = questionOn(chain(100), { kind: 'interventional', background });
    const { values } = interventionalShap(question, blockOf([rowOf(100, (j) => (j < 40 ? 0 : 1))]));
    const ways = 13_746_234_145_802_811n * 10n ** 12n;
    expect(values[0]! * 40 * Number(ways)).toBeCloseTo(1, 12);
    expect(values[99]! * 60 * Number(ways)).toBeCloseTo(-1, 12);
  });

  it.each([13, 40])('of %i features: a background gives the mean of what its rows give alone', (length) => {
    let tree: HandTree = 1;
    for (let feature = length - 1; feature >= 0; feature--)
      tree = { feature, left: tree, right: feature / 8 };
    const ensemble = ensembleOf([tree], { featureCount: length });
    const rows = [3, 5, 7, 11, 99].map((step) => rowOf(length, (j) => (j % step === 1 ? 1 : 0)));
    // It differs from the last in the last feature alone: they meet the two deepest leaves crosswise.
    rows.push(rowOf(length, (j) => (j === 1 || j === length - 1 ? 1 : 0)));
    const block = blockOf([rowOf(length, (j) => (j > 9 ? 1 : 0)), rowOf(length, (j) => (j > 12 ? 1 : 0))]);
    const on = (background: FeatureBlock) =>
      interventionalShap(questionOn(ensemble, { kind: 'interventional', background }), block).values;
    const alone = rows.map((row) => on(blockOf([row])));
    const mean = alone[0]!.map((_, i) => alone.reduce((sum, values) => sum + values[i]! / rows.length, 0));
    expect(largestGap(on(blockOf(rows)), mean)).toBeLessThan(1e-14);
  });

  it('have interactions that add up', () => {
    const length = 40;
    const block = blockOf([rowOf(length, (j) => (j % 7 === 0 ? 1 : 0)), rowOf(length, () => 0)]);
    const leaves = Float64Array.from({ length: length + 1 }, (_, leaf) => 0.9 ** (length - leaf));
    const covers = coversOf(chain(length), leaves);
    const background = blockOf([rowOf(length, (j) => (j < 35 ? 0 : 1)), rowOf(length, () => 1)]);
    for (const expectation of [
      { kind: 'path-dependent', covers } as const,
      { kind: 'interventional', background } as const,
    ]) {
      const question = questionOn(chain(length), expectation);
      const { values: pairs } = shapInteractions(question, block);
      const { kind } = expectation;
      const { values } = (kind === 'interventional' ? interventionalShap : pathDependentShap)(
        question,
        block,
      );
      for (let row = 0; row < 2; row++)
        for (let a = 0; a < length; a++) {
          const from = (row * length + a) * length;
          const sum = pairs.subarray(from, from + length).reduce((total, cell) => total + cell, 0);
          expect(Math.abs(sum - values[a * 2 + row]!)).toBeLessThan(1e-14);
        }
    }
  });
});

describe('empty nodes', () => {
  /** x0 <= 5 ? (x0 <= 1 ? (x1 <= 0 ? 1 : 2) : 4) : 8, so that feature 0 is split twice. */
  const ensemble = ensembleOf([
    {
      feature: 0,
      threshold: 5,
      left: { feature: 0, threshold: 1, left: { feature: 1, left: 1, right: 2 }, right: 4 },
      right: 8,
    },
  ]);
  const block = blockOf([
    [0, 0],
    [3, 1],
    [9, 0],
  ]);

  it('share evenly below: all cover at x0 > 5 leaves z = 0 twice on a path', () => {
    const covers = { nodes: new Float64Array(3), leaves: Float64Array.of(0, 0, 0, 10) };
    const question = questionOn(ensemble, { kind: 'path-dependent', covers });
    const found = pathDependentShap(question, block);
    expect(found.baseValue).toBe(8);
    // By hand: x1 is undecided among 1 and 2 (1.5 on average) where x0 <= 1, and 8 until x0 is known.
    const expected = [1.5 - 8 - 0.25, 4 - 8, 0, -0.25, 0, 0];
    expect(largestGap(found.values, Float64Array.from(expected))).toBeLessThan(4e-15);
    expect(largestGap(found.values, bruteForceShap(question, block).values)).toBeLessThan(4e-15);
  });

  it('are met nowhere by values that are not finite', () => {
    const covers = { nodes: new Float64Array(3), leaves: new Float64Array(4) };
    const question = questionOn(ensemble, { kind: 'path-dependent', covers });
    const expected = bruteForceShap(question, block);
    expect(largestGap(pathDependentShap(question, block).values, expected.values)).toBeLessThan(4e-15);
    expect(largestGap(shapInteractions(question, block).values, expected.interactions)).toBeLessThan(4e-15);
  });
});

describe('a background', () => {
  it('of the row itself gives it exactly nothing', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block } = forest;
        const question = questionOf({ ...forest, background: rowsOf(block, [0, 0]) }, 'interventional');
        const { values } = interventionalShap(question, rowsOf(block, [0]));
        expect(values.every((value) => value === 0)).toBe(true);
      }),
      { numRuns },
    );
  });

  it('without rows is refused', () => {
    const question = questionOn(ensembleOf([2]), { kind: 'interventional', background: blockOf([]) });
    expect(() => interventionalShap(question, blockOf([[0]]))).toThrowError(
      expect.objectContaining({ code: 'empty-sample' }),
    );
  });
});

describe('a long block', () => {
  it('comes in slices whose progress rises to its rows', () => {
    const length = 60;
    const covers = coversOf(chain(length), new Float64Array(length + 1).fill(1));
    const pathDependent = questionOn(chain(length), { kind: 'path-dependent', covers });
    const background = blockOf([rowOf(length, () => 1)]);
    const interventional = questionOn(chain(length), { kind: 'interventional', background });
    const block = blockOf(Array.from({ length: 3000 }, (_, i) => rowOf(length, (j) => (i + j) % 3)));
    for (const prepared of [preparePathDependent(pathDependent), prepareInterventional(interventional)]) {
      const run = prepared.explain(block);
      const first = run.next();
      expect(first).toMatchObject({ done: false, value: { total: 3000 } });
      const { done } = first.value as { readonly done: number };
      expect(done).toBeGreaterThan(0);
      expect(done).toBeLessThanOrEqual(3000);
    }
  });
});
