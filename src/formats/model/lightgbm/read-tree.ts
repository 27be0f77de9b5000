import type { Fields } from './fields.ts';

/** One tree as the file lists it: nodes and leaves in LightGBM's own order, node 0 the root. */
export interface LightgbmTree {
  readonly leafCount: number;
  readonly leafValues: Float64Array;
  /** Rows in training per leaf and per node; null when the file does not say. */
  readonly leafCounts: Float64Array | null;
  readonly nodeCounts: Float64Array | null;
  readonly features: Float64Array;
  readonly thresholds: Float64Array;
  /** Bit 0 categorical, bit 1 missing values go left, bits 2 and 3 the missing type (0 None, 1 Zero, 2 NaN). */
  readonly decisions: Float64Array;
  /** Child node, or ~leaf. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly gains: Float64Array | null;
  /** First word of each category set, and one more. */
  readonly setBoundaries: Float64Array;
  readonly setWords: Float64Array;
  readonly linear: LightgbmLinearLeaves | null;
}

/** Linear models in the leaves: term counts per leaf, terms of all leaves one after the other. */
interface LightgbmLinearLeaves {
  readonly constants: Float64Array;
  readonly termCounts: Float64Array;
  readonly features: Float64Array;
  readonly coefficients: Float64Array;
}

/** Lines of a tree that are read; the others say nothing that scores. */
export const treeKeys: ReadonlySet<string> = new Set([
  ...['num_leaves', 'num_cat', 'split_feature', 'split_gain', 'threshold', 'decision_type', 'left_child'],
  ...['right_child', 'leaf_value', 'leaf_count', 'internal_count', 'cat_boundaries', 'cat_threshold'],
  ...['is_linear', 'leaf_const', 'num_features', 'leaf_features', 'leaf_coeff'],
]);

const MAX_INT32 = 2_147_483_647;
const MAX_UINT32 = 4_294_967_295;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

export const CATEGORICAL_BIT = 1;
export const DEFAULT_LEFT_BIT = 2;

/**
 * Reads the lines of one tree and checks each number on its own; how the nodes hang together is checked where they are
 * put in order.
 *
 * @throws {FormatError} `corrupt-model`
 * Source: LightGBM 4.6 `tree.cpp` (ToString and the constructor from text).
 */
export function readTree(fields: Fields, featureCount: number): LightgbmTree {
  const leafCount = fields.integer(fields.require('num_leaves'), 1, MAX_INT32);
  const leafValues = fields.finite(fields.require('leaf_value'), leafCount);
  const leafCounts = optionalCounts(fields, 'leaf_count', leafCount);
  const linear = readLinearLeaves(fields, leafCount, featureCount);
  if (leafCount === 1) return { ...singleLeaf, leafCount, leafValues, leafCounts, linear };
  const nodeCount = leafCount - 1;
  const children = (key: string) =>
    fields.integers(fields.require(key), nodeCount, -leafCount, nodeCount - 1);
  const sets = readCategorySets(fields);
  const decision = fields.get('decision_type');
  const gain = fields.get('split_gain');
  const tree = {
    leafCount,
    leafValues,
    leafCounts,
    linear,
    nodeCounts: optionalCounts(fields, 'internal_count', nodeCount),
    features: fields.integers(fields.require('split_feature'), nodeCount, 0, featureCount - 1),
    thresholds: fields.numbers(fields.require('threshold'), nodeCount),
    decisions: decision === null ? new Float64Array(nodeCount) : fields.integers(decision, nodeCount, 0, 11),
    left: children('left_child'),
    right: children('right_child'),
    gains: gain === null ? null : fields.numbers(gain, nodeCount),
    ...sets,
  };
  checkThresholds(fields, tree);
  return tree;
}

const none = new Float64Array(0);

const singleLeaf = {
  nodeCounts: none,
  features: none,
  thresholds: none,
  decisions: none,
  left: none,
  right: none,
  gains: none,
  setBoundaries: none,
  setWords: none,
};

function optionalCounts(fields: Fields, key: string, count: number): Float64Array | null {
  const field = fields.get(key);
  if (field === null || field.start === field.end) return null;
  return fields.integers(field, count, 0, MAX_COUNT);
}

function readCategorySets(fields: Fields): { setBoundaries: Float64Array; setWords: Float64Array } {
  const counted = fields.get('num_cat');
  const setCount = counted === null ? 0 : fields.integer(counted, 0, MAX_INT32);
  if (setCount === 0) return { setBoundaries: none, setWords: none };
  const boundary = fields.require('cat_boundaries');
  const setBoundaries = fields.integers(boundary, setCount + 1, 0, MAX_INT32);
  for (let set = 0; set < setCount; set++) {
    if (setBoundaries[set + 1]! < setBoundaries[set]!) {
      throw fields.damage('"cat_boundaries" does not ascend', boundary.line);
    }
  }
  if (setBoundaries[0] !== 0) throw fields.damage('"cat_boundaries" does not begin at 0', boundary.line);
  const wordCount = setBoundaries[setCount]!;
  return {
    setBoundaries,
    setWords: fields.integers(fields.require('cat_threshold'), wordCount, 0, MAX_UINT32),
  };
}

function checkThresholds(
  fields: Fields,
  { thresholds, decisions, setBoundaries }: Pick<LightgbmTree, 'thresholds' | 'decisions' | 'setBoundaries'>,
): void {
  const setCount = Math.max(0, setBoundaries.length - 1);
  for (let node = 0; node < thresholds.length; node++) {
    const threshold = thresholds[node]!;
    if ((decisions[node]! & CATEGORICAL_BIT) === 0) {
      if (Number.isNaN(threshold)) throw fields.damage(`the threshold of node ${node} is no number`);
    } else if (!(Number.isInteger(threshold) && threshold >= 0 && threshold < setCount)) {
      throw fields.damage(`node ${node} names category set ${threshold}, and there are ${setCount}`);
    }
  }
}

function readLinearLeaves(
  fields: Fields,
  leafCount: number,
  featureCount: number,
): LightgbmLinearLeaves | null {
  const flag = fields.get('is_linear');
  if (flag === null || fields.integer(flag, 0, 1) === 0) return null;
  const counts = fields.integers(fields.require('num_features'), leafCount, 0, featureCount);
  const termCount = counts.reduce((sum, count) => sum + count, 0);
  return {
    constants: fields.finite(fields.require('leaf_const'), leafCount),
    termCounts: counts,
    features: fields.integers(fields.require('leaf_features'), termCount, 0, featureCount - 1),
    coefficients: fields.finite(fields.require('leaf_coeff'), termCount),
  };
}
