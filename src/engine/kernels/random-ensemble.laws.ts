import fc from 'fast-check';
import {
  type CategorySets,
  type ComparisonPrecision,
  type FeatureBlock,
  missingRule,
  type SumPrecision,
  splitRule,
  type TreeEnsemble,
  ZERO_THRESHOLD,
} from '../../core/trees/tree-ensemble.ts';

/** What an ensemble of random trees is made from. */
export interface EnsembleRecipe {
  readonly seed: number;
  readonly trees: number;
  readonly depth: number;
  /** Chance that a branch ends above the depth. */
  readonly stop: number;
  readonly outputs: number;
  readonly features: number;
  readonly comparison: ComparisonPrecision;
  readonly sums: SumPrecision;
  readonly vectorLeaves: boolean;
  readonly weights: boolean;
  /** Different thresholds to draw from: many make bins of 16 bits. */
  readonly thresholds: number;
  readonly rows: number;
}

export const ensembleRecipe: fc.Arbitrary<EnsembleRecipe> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  trees: fc.integer({ min: 1, max: 8 }),
  depth: fc.integer({ min: 0, max: 12 }),
  stop: fc.constantFrom(0.04, 0.2, 0.35),
  outputs: fc.integer({ min: 1, max: 4 }),
  features: fc.integer({ min: 1, max: 5 }),
  comparison: fc.constantFrom('float32', 'float64'),
  sums: fc.constantFrom('float64', 'float32', 'float32-from-base'),
  vectorLeaves: fc.boolean(),
  weights: fc.boolean(),
  thresholds: fc.constantFrom(3, 40, 5000),
  rows: fc.constantFrom(1, 2, 3, 255, 256, 257, 700),
});

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

const tiny = 2 ** -149;
const edges = [
  ...[0, -0, 1, -1, 2, 3, 31, 32, 33, 0.1, Math.fround(0.1), -0.5, 2.5, 16_777_217, 2 ** 31, 2 ** 32],
  ...[tiny, -tiny, Number.MIN_VALUE, -Number.MIN_VALUE, tiny / 2, 2 ** -126, 1e-40],
  ...[ZERO_THRESHOLD, -ZERO_THRESHOLD, 1e-35, -1e-35, 1.0000000180025097e-35, Math.fround(1e-35), 1.1e-35],
  ...[3.4028234663852886e38, 3.4028235677973366e38, -3.5e38, 1e300, -1e300, Number.MAX_VALUE],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
];

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

function thresholdPool(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => (random() < 0.4 ? pick(random, edges) : (random() - 0.3) * 40));
}

interface Growing {
  readonly features: number[];
  readonly rules: number[];
  readonly missing: number[];
  readonly defaultLeft: number[];
  readonly thresholds: number[];
  readonly left: number[];
  readonly right: number[];
  leafCount: number;
}

/** Grows a subtree and answers its number. */
function grow(random: Random, into: Growing, depth: number, recipe: EnsembleRecipe, pool: number[]): number {
  if (depth === 0 || random() < recipe.stop) return ~into.leafCount++;
  const rule = random() < 0.6 ? pick(random, [0, 1]) : pick(random, [2, 3, 4]);
  const node = into.features.push(Math.floor(random() * recipe.features)) - 1;
  into.rules.push(rule);
  into.missing.push(pick(random, Object.values(missingRule)));
  into.defaultLeft.push(pick(random, [0, 1]));
  into.thresholds.push(rule >= splitRule.inSet ? Math.floor(random() * SETS) : pick(random, pool));
  into.left.push(0);
  into.right.push(0);
  into.left[node] = grow(random, into, depth - 1, recipe, pool);
  into.right[node] = grow(random, into, depth - 1, recipe, pool);
  return node;
}

const SETS = 6;

/** Sets of no, one, two and many words; the last makes bins of 16 bits. */
function categorySets(random: Random, many: boolean): CategorySets {
  const sizes = [0, 1, 1, 2, 3, many ? 40 : 4];
  const boundaries = new Int32Array(SETS + 1);
  for (const [i, size] of sizes.entries()) boundaries[i + 1] = boundaries[i]! + size;
  const words = Uint32Array.from({ length: boundaries[SETS]! }, () => random() * 2 ** 32);
  return { boundaries, words };
}

/** An ensemble with every rule, missing rule and edge value in it. */
export function randomEnsemble(recipe: EnsembleRecipe): TreeEnsemble {
  const random = seededRandom(recipe.seed);
  const pool = thresholdPool(random, recipe.thresholds);
  const grown: Growing = {
    ...{ features: [], rules: [], missing: [], defaultLeft: [], thresholds: [], left: [], right: [] },
    leafCount: 0,
  };
  const roots = Array.from({ length: recipe.trees }, () => grow(random, grown, recipe.depth, recipe, pool));
  const leafWidth = recipe.vectorLeaves ? recipe.outputs : 1;
  const value = () => (random() < 0.02 ? pick(random, edges) : (random() - 0.5) / 3);
  return {
    featureCount: recipe.features,
    outputCount: recipe.outputs,
    classCount: 0,
    comparison: recipe.comparison,
    sums: recipe.sums,
    roots: Int32Array.from(roots),
    treeOutputs: Int32Array.from(roots, (_, i) => (leafWidth > 1 ? 0 : i % recipe.outputs)),
    treeWeights: recipe.weights ? Float64Array.from(roots, () => random() * 2) : null,
    features: Int32Array.from(grown.features),
    rules: Uint8Array.from(grown.rules),
    missing: Uint8Array.from(grown.missing),
    defaultLeft: Uint8Array.from(grown.defaultLeft),
    thresholds: Float64Array.from(grown.thresholds),
    left: Int32Array.from(grown.left),
    right: Int32Array.from(grown.right),
    categorySets: categorySets(random, recipe.thresholds > 1000),
    leafWidth,
    leafValues: Float64Array.from({ length: grown.leafCount * leafWidth }, value),
    linearLeaves: null,
    covers: null,
    gains: null,
    baseValues: Float64Array.from({ length: recipe.outputs }, () => (random() < 0.2 ? -0 : random() - 0.5)),
    averageOver: 1,
    link: { kind: 'identity' },
  };
}

/** Rows of edge values, whole numbers, fractions and the ensemble's own thresholds with their neighbours. */
export function randomRows(ensemble: TreeEnsemble, rowCount: number, seed: number): FeatureBlock {
  const random = seededRandom(seed ^ 0x5bd1e995);
  const near = [...ensemble.thresholds, 0].map((t) => [
    t,
    t * (1 + 2 ** -52),
    t * (1 - 2 ** -53),
    Math.fround(t),
  ]);
  const draw = () => {
    const kind = random();
    if (kind < 0.2) return pick(random, edges);
    if (kind < 0.5) return pick(random, pick(random, near));
    if (kind < 0.8) return Math.floor(random() * 140) - 4;
    return (random() - 0.3) * 44;
  };
  const column = () => Float64Array.from({ length: rowCount }, draw);
  return { rowCount, columns: Array.from({ length: ensemble.featureCount }, column) };
}
