import {
  type FeatureBlock,
  missingRule,
  splitRule,
  type TreeEnsemble,
  ZERO_THRESHOLD,
} from './tree-ensemble.ts';

/**
 * The leaf that a row reaches in one tree: the definition of every rule in `TreeEnsemble`, followed node by node.
 *
 * @param tree number of the tree, from 0
 * @param row  row of the block
 * @returns number of the leaf, through all trees
 * O(depth).
 */
export function leafOf(ensemble: TreeEnsemble, block: FeatureBlock, row: number, tree: number): number {
  const { left, right, features } = ensemble;
  let node = ensemble.roots[tree]!;
  while (node >= 0) {
    const value = block.columns[features[node]!]![row]!;
    node = goesLeft(ensemble, node, value) ? left[node]! : right[node]!;
  }
  return ~node;
}

/** Whether a value takes the left branch of a node. */
export function goesLeft(ensemble: TreeEnsemble, node: number, value: number): boolean {
  let x = ensemble.comparison === 'float32' ? Math.fround(value) : value;
  const missing = ensemble.missing[node]!;
  if (Number.isNaN(x)) {
    if (missing !== missingRule.nanIsZero) return ensemble.defaultLeft[node] === 1;
    x = 0;
  } else if (missing === missingRule.nanAndZero && Math.abs(x) <= ZERO_THRESHOLD) {
    return ensemble.defaultLeft[node] === 1;
  }
  const threshold = ensemble.thresholds[node]!;
  switch (ensemble.rules[node]) {
    case splitRule.lessOrEqual:
      return x <= threshold;
    case splitRule.less:
      return x < threshold;
    case splitRule.equal:
      return x === threshold;
    case splitRule.inSet:
      return isMember(ensemble, threshold, Math.trunc(x));
    default:
      return Number.isInteger(x) && isMember(ensemble, threshold, x);
  }
}

function isMember({ categorySets }: TreeEnsemble, set: number, category: number): boolean {
  const { boundaries, words } = categorySets;
  const start = boundaries[set]!;
  const wordCount = boundaries[set + 1]! - start;
  if (!(category >= 0 && category < wordCount * 32)) return false;
  return ((words[start + (category >>> 5)]! >>> (category & 31)) & 1) === 1;
}

/**
 * The margins of all rows of a block, tree by tree in the ensemble's own arithmetic.
 *
 *     margin_k = base_k + Σ_t weight_t · leaf_t(x)      over the trees t of output k
 *
 * @param out receives rowCount x outputCount margins, row by row; allocated when left out
 * @returns `out`: the raw sums, also where the model averages (LightGBM's raw_score)
 * This is the reference for native files; the kernels are compared with it. O(rows x trees x depth).
 */
export function marginsOf(
  ensemble: TreeEnsemble,
  block: FeatureBlock,
  out: Float64Array = new Float64Array(block.rowCount * ensemble.outputCount),
): Float64Array {
  const { outputCount, sums, baseValues, roots } = ensemble;
  const round = sums === 'float64' ? (x: number) => x : Math.fround;
  const row = new Float64Array(outputCount);
  for (let i = 0; i < block.rowCount; i++) {
    for (let k = 0; k < outputCount; k++) row[k] = sums === 'float32-from-base' ? round(baseValues[k]!) : 0;
    for (let tree = 0; tree < roots.length; tree++) addLeaf(ensemble, block, i, tree, row, round);
    for (let k = 0; k < outputCount; k++) {
      const sum = row[k]!;
      out[i * outputCount + k] = sums === 'float32-from-base' ? sum : round(sum + round(baseValues[k]!));
    }
  }
  return out;
}

function addLeaf(
  ensemble: TreeEnsemble,
  block: FeatureBlock,
  i: number,
  tree: number,
  row: Float64Array,
  round: (x: number) => number,
): void {
  const { leafWidth, leafValues, linearLeaves, treeWeights, treeOutputs } = ensemble;
  const leaf = leafOf(ensemble, block, i, tree);
  const weight = treeWeights?.[tree] ?? 1;
  if (leafWidth > 1) {
    for (let k = 0; k < leafWidth; k++) {
      row[k] = round(row[k]! + round(weight * round(leafValues[leaf * leafWidth + k]!)));
    }
    return;
  }
  const value = linearLeaves === null ? leafValues[leaf]! : linearLeafValue(ensemble, block, i, leaf);
  const k = treeOutputs[tree]!;
  row[k] = round(row[k]! + round(weight * round(value)));
}

function linearLeafValue(ensemble: TreeEnsemble, block: FeatureBlock, row: number, leaf: number): number {
  const { constants, offsets, features, coefficients } = ensemble.linearLeaves!;
  let value = constants[leaf]!;
  for (let term = offsets[leaf]!; term < offsets[leaf + 1]!; term++) {
    const x = block.columns[features[term]!]![row]!;
    if (Number.isNaN(x)) return ensemble.leafValues[leaf]!;
    value += coefficients[term]! * x;
  }
  return value;
}
