import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { bruteForceShap, largestGap, marginSize } from '../../core/explain/brute-force.laws.ts';
import { interventionalShap } from '../../core/explain/interventional-shap.ts';
import { pathDependentShap } from '../../core/explain/quadrature-shap.ts';
import {
  type ForestRecipe,
  forestCases,
  questionOf,
  randomForest,
  randomRows,
} from '../../core/explain/random-forest.laws.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { routedCovers } from '../../core/explain/tree-covers.ts';
import { drain } from '../../core/sliced.ts';
import { splitRule, type TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { createTableInteractions, tableInteractionRefusal } from './table-interactions.ts';
import { createTableExplainer, tableRefusal } from './table-kernel.ts';
import { planTables, TABLE_MEMORY, type TableMemory } from './table-plan.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';
const kinds = ['path-dependent', 'interventional'] as const;

/** One group in memory at a time, and few rows between two builds. */
const tinyMemory: TableMemory = { keptBytes: 1, blockBytes: 1, rowBytes: 1 };

const recipe: ForestRecipe = {
  ...{ seed: 5, trees: 6, depth: 8, features: 9, outputs: 1, vectorLeaves: false, weights: true },
  ...{ comparison: 'float64', empty: 0, columns: 0, rows: 0, background: 40 },
};

/** A question about an ensemble with rows of its recipe as background and as what the covers are counted from. */
function questionAbout(
  ensemble: TreeEnsemble,
  from: ForestRecipe,
  kind: (typeof kinds)[number],
  columnCount = ensemble.featureCount,
): ShapQuestion {
  const background = randomRows({ ...from, seed: from.seed + 17 }, from.background);
  const expectation =
    kind === 'interventional'
      ? { kind, background }
      : { kind, covers: drain(routedCovers(ensemble, background)) };
  const columnOf = Int32Array.from({ length: ensemble.featureCount }, (_, j) => j % columnCount);
  return { ensemble, output: 0, expectation, columnOf, columnCount };
}

function directly(question: ShapQuestion, rows: Parameters<typeof pathDependentShap>[1]) {
  return question.expectation.kind === 'path-dependent'
    ? pathDependentShap(question, rows)
    : interventionalShap(question, rows);
}

/** The kernel's answer is the direct one; both are exact but for rounding. */
function expectDirectly(question: ShapQuestion, rows: Parameters<typeof pathDependentShap>[1]): void {
  const explainer = createTableExplainer(question);
  const expected = directly(question, rows);
  const most = 1e-12 * Math.max(1, marginSize(question));
  expect(Math.abs(explainer.baseValue - expected.baseValue)).toBeLessThanOrEqual(most);
  expect(largestGap(explainer.explain(rows), expected.values)).toBeLessThanOrEqual(most);
}

/** A path that asks for one feature after another; every feature's other side is a leaf. */
function caterpillar(features: number, threshold = (_feature: number) => 0.5): HandTree {
  let tree: HandTree = 3;
  for (let feature = features - 1; feature >= 0; feature--) {
    tree = { feature, threshold: threshold(feature), left: tree, right: feature / 7 - 1 };
  }
  return tree;
}

describe('createTableExplainer', () => {
  it.each(kinds)('is what enumeration gives, for every rule and missing value, %s', (kind) => {
    const equals = (forest: Parameters<typeof questionOf>[0]) => {
      const question = questionOf(forest, kind);
      expect(tableRefusal(question)).toBeNull();
      const explainer = createTableExplainer(question);
      const { baseValue, values } = bruteForceShap(question, forest.block);
      const most = 1e-12 * Math.max(1, marginSize(question));
      expect(Math.abs(explainer.baseValue - baseValue)).toBeLessThanOrEqual(most);
      expect(largestGap(explainer.explain(forest.block), values)).toBeLessThanOrEqual(most);
      explainer.release();
    };
    fc.assert(fc.property(forestCases, equals), { numRuns: isSlow ? 1500 : 60 });
  });

  it.each(kinds)('answers groups of 9 to 14 conditions, %s', (kind) => {
    const wide = { ...recipe, features: 14, depth: 14 };
    const ensemble = ensembleOf([caterpillar(14), caterpillar(11)]);
    const question = questionAbout(ensemble, wide, kind);
    const plan = planTables(question, TABLE_MEMORY);
    if (typeof plan === 'string') throw new Error(plan);
    expect(Math.max(...plan.groups.bitCounts)).toBe(14);
    expectDirectly(question, randomRows(wide, 300));
  });

  it.each(kinds)('adds the trees whose paths are too long for tables, %s', (kind) => {
    const wide = { ...recipe, features: 17, background: 6 };
    const question = questionAbout(ensembleOf([caterpillar(17), caterpillar(4)]), wide, kind);
    expectDirectly(question, randomRows(wide, 40));
  });

  it('tells more cuts of a feature apart than a byte can', () => {
    const cuts = 600;
    const stumps = Array.from({ length: cuts }, (_, i) => ({
      ...{ feature: 0, threshold: i / 8, left: i % 5, right: -(i % 3) },
    }));
    const ensemble = ensembleOf(stumps);
    const column = Float64Array.from({ length: 700 }, (_, row) => (row === 3 ? Number.NaN : row / 8 - 3));
    const covers = drain(routedCovers(ensemble, { rowCount: 700, columns: [column] }));
    const question: ShapQuestion = {
      ...{ ensemble, output: 0, columnOf: Int32Array.of(0), columnCount: 1 },
      expectation: { kind: 'path-dependent', covers },
    };
    expectDirectly(question, { rowCount: 700, columns: [column] });
  });

  it.each([40, 2000])('looks categories up in sets of %i', (categories) => {
    const split = (feature: number, step: number, left: HandTree, right: HandTree): HandTree => ({
      ...{ feature, rule: 'inSet', defaultLeft: step % 2 === 0, left, right },
      set: Array.from({ length: Math.ceil(categories / step) }, (_, i) => i * step),
    });
    const ensemble = ensembleOf([
      split(0, 2, split(1, 3, 1, 2), split(0, 5, 3, -4)),
      split(1, 7, 5, split(0, 3, 6, 7)),
    ]);
    expect(ensemble.rules).toContain(splitRule.inSet);
    const draw = (step: number) =>
      Float64Array.from({ length: 900 }, (_, row) =>
        row % 50 === 0 ? Number.NaN : ((row * step) % (categories + 9)) - 4,
      );
    const rows = { rowCount: 900, columns: [draw(13), draw(29)] };
    for (const kind of kinds) {
      const expectation =
        kind === 'interventional'
          ? { kind, background: { rowCount: 60, columns: rows.columns } }
          : { kind, covers: drain(routedCovers(ensemble, rows)) };
      const columnOf = Int32Array.of(0, 1);
      expectDirectly({ ensemble, output: 0, columnOf, columnCount: 2, expectation }, rows);
    }
  });

  it.each(kinds)('answers the same bits however rows and tables are divided, %s', (kind) => {
    const question = questionAbout(randomForest(recipe), recipe, kind);
    const rows = randomRows(recipe, 4500);
    const kept = createTableExplainer(question);
    const whole = kept.explain(rows);
    expect(createTableExplainer(question, tinyMemory).explain(rows)).toEqual(whole);
    expect(kept.explain(rows)).toEqual(whole);
    for (const [start, end] of [
      [0, 1],
      [1, 259],
      [2049, 4500],
    ] as const) {
      const part = kept.explain({
        rowCount: end - start,
        columns: rows.columns.map((column) => column.subarray(start, end)),
      });
      for (let column = 0; column < question.columnCount; column++) {
        const expected = whole.subarray(column * 4500 + start, column * 4500 + end);
        expect(part.subarray(column * (end - start), (column + 1) * (end - start))).toEqual(expected);
      }
    }
  });

  it('counts background rows beyond a chunk', () => {
    const many = { ...recipe, trees: 2, depth: 4, background: 5000 };
    expectDirectly(questionAbout(randomForest(many), many, 'interventional'), randomRows(many, 20));
  });

  it('gives nothing away when the only background row is the row itself', () => {
    const rows = randomRows(recipe, 1);
    const question = questionAbout(randomForest(recipe), recipe, 'interventional');
    const alone = { ...question, expectation: { kind: 'interventional' as const, background: rows } };
    const values = createTableExplainer(alone).explain(rows);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1e-14);
  });

  it('lives beside another explainer, and is of no use once released', () => {
    const [a, b] = [3, 4].map((seed) =>
      questionAbout(randomForest({ ...recipe, seed }), recipe, 'path-dependent'),
    );
    const rows = randomRows(recipe, 300);
    const first = createTableExplainer(a!);
    const second = createTableExplainer(b!, tinyMemory);
    const before = first.explain(rows);
    second.explain(rows);
    expect(first.explain(rows)).toEqual(before);
    first.release();
    expect(() => first.explain(rows)).toThrow('released');
    expect(largestGap(second.explain(rows), directly(b!, rows).values)).toBeLessThanOrEqual(1e-12);
  });

  it('hands back control, and starts anew after an answer that was not finished', () => {
    const large = { ...recipe, trees: 120, depth: 10, seed: 2 };
    const explainer = createTableExplainer(questionAbout(randomForest(large), large, 'path-dependent'));
    const rows = randomRows(large, 9000);
    const unfinished = explainer.explainSliced(rows);
    const { value, done } = unfinished.next();
    expect(done).toBe(false);
    expect(value).toMatchObject({ total: expect.any(Number) });
    const whole = explainer.explain(rows);
    expect(() => drain(unfinished)).toThrow('Another answer');
    expect(explainer.explain(rows)).toEqual(whole);
  });

  it('answers no rows with nothing, and no trees with zeros', () => {
    const question = questionAbout(randomForest(recipe), recipe, 'path-dependent');
    expect(createTableExplainer(question).explain(randomRows(recipe, 0))).toEqual(new Float64Array(0));
    const bare = { ...question.ensemble, roots: new Int32Array(0), treeOutputs: new Int32Array(0) };
    const none = createTableExplainer({ ...question, ensemble: bare });
    expect(none.baseValue).toBe(bare.baseValues[0]);
    expect(none.explain(randomRows(recipe, 3))).toEqual(new Float64Array(27));
  });

  it('refuses what it cannot answer, with the reason', () => {
    const ensemble = ensembleOf([caterpillar(15)]);
    const question = questionAbout(ensemble, { ...recipe, features: 15 }, 'path-dependent');
    const long = 'Each of its trees asks for more than 14 features on a path.';
    expect(tableRefusal(question)).toBe(long);
    expect(() => createTableExplainer(question)).toThrow(long);
    const parts = { constants: new Float64Array(16), offsets: new Int32Array(17) };
    const linearLeaves = { ...parts, features: new Int32Array(0), coefficients: new Float64Array(0) };
    const linear = { ...question, ensemble: { ...ensemble, linearLeaves } };
    expect(tableRefusal(linear)).toBe('Its leaves hold linear models.');
    const stump = ensembleOf([caterpillar(1)]);
    const nobody = { kind: 'interventional' as const, background: { rowCount: 0, columns: [] } };
    const empty = { ...question, ensemble: stump, expectation: nobody };
    expect(tableRefusal(empty)).toBe('There are no background rows.');
  });
});

describe('createTableInteractions', () => {
  it.each(kinds)('is what enumeration gives, and adds up to the contributions, %s', (kind) => {
    const equals = (forest: Parameters<typeof questionOf>[0]) => {
      const question = questionOf(forest, kind);
      expect(tableInteractionRefusal(question)).toBeNull();
      const explainer = createTableInteractions(question);
      const { baseValue, interactions } = bruteForceShap(question, forest.block);
      const most = 1e-12 * Math.max(1, marginSize(question));
      expect(Math.abs(explainer.baseValue - baseValue)).toBeLessThanOrEqual(most);
      expect(largestGap(explainer.explain(forest.block), interactions)).toBeLessThanOrEqual(most);
      explainer.release();
    };
    fc.assert(fc.property(forestCases, equals), { numRuns: isSlow ? 800 : 40 });
  });

  it.each(kinds)(
    'sums each row of a matrix to a contribution, long paths and tiny memory included, %s',
    (kind) => {
      const wide = { ...recipe, features: 16, background: 5 };
      const ensemble = ensembleOf([caterpillar(16), caterpillar(10), caterpillar(3)]);
      const question = questionAbout(ensemble, wide, kind, 11);
      const rows = randomRows(wide, 30);
      const cells = createTableInteractions(question).explain(rows);
      expect(createTableInteractions(question, tinyMemory).explain(rows)).toEqual(cells);
      const sums = new Float64Array(11 * 30);
      for (const [i, cell] of cells.entries()) {
        const [row, column] = [Math.floor(i / 121), Math.floor(i / 11) % 11];
        sums[column * 30 + row]! += cell;
      }
      expect(largestGap(sums, createTableExplainer(question).explain(rows))).toBeLessThanOrEqual(1e-12);
      expect(() => createTableInteractions({ ...question, ensemble: ensembleOf([caterpillar(16)]) })).toThrow(
        'more than 14 features',
      );
    },
  );

  it('refuses more columns than their pairs have memory for', () => {
    const columnCount = 1200;
    const ensemble = { ...ensembleOf([caterpillar(3)]), featureCount: columnCount };
    const many = questionAbout(ensemble, { ...recipe, features: columnCount }, 'path-dependent');
    const why = 'It would take more than 512 MB of memory in each worker.';
    expect(tableRefusal(many)).toBeNull();
    expect(tableInteractionRefusal(many)).toBe(why);
    expect(() => createTableInteractions(many)).toThrow(why);
  });

  it('is of no use once released', () => {
    const explainer = createTableInteractions(questionAbout(randomForest(recipe), recipe, 'path-dependent'));
    explainer.release();
    expect(() => explainer.explain(randomRows(recipe, 2))).toThrow('released');
  });
});
