import fc from 'fast-check';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import {
  type ComparisonPrecision,
  type FeatureBlock,
  missingRule,
  splitRule,
  type TreeEnsemble,
} from '../trees/tree-ensemble.ts';
import type { ShapQuestion, TreeCovers } from './shap-question.ts';

/** What a small forest and its rows are drawn from. */
export interface ForestRecipe {
  readonly seed: number;
  readonly trees: number;
  /** Up to 10 with few features: the same feature comes again and again on a path. */
  readonly depth: number;
  readonly features: number;
  readonly outputs: number;
  readonly vectorLeaves: boolean;
  readonly weights: boolean;
  readonly comparison: ComparisonPrecision;
  /** Chance that a leaf is empty, and that everything below a node is. */
  readonly empty: number;
  /** Columns that features share; 0 = each has its own. */
  readonly columns: number;
  readonly rows: number;
  readonly background: number;
}

/** One forest with everything that can be asked of it. */
export interface ForestCase {
  readonly recipe: ForestRecipe;
  readonly ensemble: TreeEnsemble;
  readonly covers: TreeCovers;
  readonly output: number;
  readonly columnOf: Int32Array;
  readonly columnCount: number;
  /** Rows to explain; row 0 is also row 0 of the background. */
  readonly block: FeatureBlock;
  readonly background: FeatureBlock;
}

/** What small forests are drawn from. */
const forestRecipe: fc.Arbitrary<ForestRecipe> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  trees: fc.integer({ min: 1, max: 4 }),
  depth: fc.integer({ min: 0, max: 10 }),
  features: fc.integer({ min: 1, max: 8 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  vectorLeaves: fc.boolean(),
  weights: fc.boolean(),
  comparison: fc.constantFrom('float32', 'float64'),
  empty: fc.constantFrom(0, 0.1, 0.5),
  columns: fc.constantFrom(0, 0, 1, 3),
  rows: fc.integer({ min: 1, max: 4 }),
  background: fc.integer({ min: 1, max: 7 }),
});

/**
 * Small forests with every split rule, missing rule, precision and kind of leaf, features that come again on a path,
 * empty leaves and empty inner nodes, tree weights, several outputs, and one-hot levels that share a column.
 */
export const forestCases: fc.Arbitrary<ForestCase> = forestRecipe.map(forestOf);

/** The question of a case. */
export function questionOf(
  { ensemble, output, covers, background, columnOf, columnCount }: ForestCase,
  kind: ShapQuestion['expectation']['kind'],
): ShapQuestion {
  const expectation = kind === 'path-dependent' ? { kind, covers } : { kind, background };
  return { ensemble, output, expectation, columnOf, columnCount };
}

type Random = () => number;

/** Mulberry32: numbers in [0, 1). */
function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const thresholds = [-1, 0, 1e-36, 0.1, Math.fround(0.1), 0.5, 1, 2, 2.5, 16_777_217];
const cells = [...thresholds, -0, -0.5, 1.7, 3, 31, 33, -1e-36, 1e30, Number.POSITIVE_INFINITY, Number.NaN];

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

const ruleNames = Object.keys(splitRule) as (keyof typeof splitRule)[];
const missingNames = Object.keys(missingRule) as (keyof typeof missingRule)[];

/** Everything that can be asked of the forest of a recipe: the same for the same recipe. */
function forestOf(recipe: ForestRecipe): ForestCase {
  const ensemble = randomForest(recipe);
  const random = seededRandom(recipe.seed ^ 0x5bd1e995);
  const block = randomRows(recipe, recipe.rows);
  const background = randomRows({ ...recipe, seed: recipe.seed + 1 }, recipe.background);
  for (const [j, column] of background.columns.entries()) column[0] = block.columns[j]![0]!;
  return {
    ...{ recipe, ensemble, block, background, ...randomColumns(recipe) },
    covers: randomCovers(random, ensemble, recipe.empty),
    output: Math.floor(random() * recipe.outputs),
  };
}

/** The trees of a recipe. */
export function randomForest(recipe: ForestRecipe): TreeEnsemble {
  const random = seededRandom(recipe.seed);
  const trees = Array.from({ length: recipe.trees }, () => randomTree(random, recipe, recipe.depth));
  const several = recipe.vectorLeaves && recipe.outputs > 1;
  return ensembleOf(trees, {
    featureCount: recipe.features,
    outputCount: recipe.outputs,
    comparison: recipe.comparison,
    treeOutputs: Int32Array.from(trees, (_, tree) => (several ? 0 : tree % recipe.outputs)),
    treeWeights: recipe.weights ? Float64Array.from(trees, () => random() * 2 - 0.5) : null,
    baseValues: Float64Array.from({ length: recipe.outputs }, () => random() - 0.5),
  });
}

/** Which column each feature of a recipe belongs to. */
function randomColumns({ features, columns }: ForestRecipe): {
  readonly columnOf: Int32Array;
  readonly columnCount: number;
} {
  const columnCount = columns === 0 ? features : columns;
  return { columnOf: Int32Array.from({ length: features }, (_, j) => j % columnCount), columnCount };
}

function randomTree(random: Random, recipe: ForestRecipe, depth: number): HandTree {
  if (depth === 0 || random() < 0.25) {
    const value = () => random() * 2 - 1;
    return recipe.vectorLeaves && recipe.outputs > 1
      ? Array.from({ length: recipe.outputs }, value)
      : value();
  }
  const rule = pick(random, ruleNames);
  const isSet = rule === 'inSet' || rule === 'inSetExactly';
  return {
    feature: Math.floor(random() * recipe.features),
    rule,
    ...(isSet ? { set: [0, 1, 2, 3, 31, 33].filter(() => random() < 0.5) } : {}),
    threshold: pick(random, thresholds),
    missing: pick(random, missingNames),
    defaultLeft: random() < 0.5,
    left: randomTree(random, recipe, depth - 1),
    right: randomTree(random, recipe, depth - 1),
  };
}

/** Rows full of thresholds and edges, for the features of a recipe. */
export function randomRows(recipe: ForestRecipe, rowCount: number): FeatureBlock {
  const random = seededRandom(recipe.seed ^ 0x2545f491);
  const columns = Array.from({ length: recipe.features }, () =>
    Float64Array.from({ length: rowCount }, () => pick(random, cells)),
  );
  return { rowCount, columns };
}

/** Whole numbers and fractions; parents are the sums of their children. */
function randomCovers(
  random: Random,
  { left, right, leafValues, leafWidth }: TreeEnsemble,
  empty: number,
): TreeCovers {
  const leaves = Float64Array.from({ length: leafValues.length / leafWidth }, () =>
    random() < empty ? 0 : random() < 0.5 ? Math.ceil(random() * 100) : random(),
  );
  for (let node = 0; node < left.length; node++) if (random() < empty / 4) emptyBelow(node);
  const nodes = new Float64Array(left.length);
  const coverOf = (child: number) => (child < 0 ? leaves[~child]! : nodes[child]!);
  for (let node = left.length - 1; node >= 0; node--)
    nodes[node] = coverOf(left[node]!) + coverOf(right[node]!);
  return { nodes, leaves };

  function emptyBelow(child: number): void {
    if (child < 0) {
      leaves[~child] = 0;
      return;
    }
    emptyBelow(left[child]!);
    emptyBelow(right[child]!);
  }
}
