import type { TreeStatistics } from '../model/signature.ts';
import { splitRule, type TreeEnsemble } from './tree-ensemble.ts';

/**
 * Figures of an ensemble: how many trees, how deep, which features they split on.
 *
 * @param featureNames one per feature of the ensemble, as shown to users
 * @returns depths count splits on the way to a leaf, so that a tree of one leaf has depth 0. O(nodes).
 */
export function treeStatistics(ensemble: TreeEnsemble, featureNames: readonly string[]): TreeStatistics {
  const { roots, features, rules, gains, covers, leafWidth, leafValues, outputCount } = ensemble;
  const depths = leafDepths(ensemble);
  const splits = new Float64Array(ensemble.featureCount);
  const gainOf = gains === null ? null : new Float64Array(ensemble.featureCount);
  let categoricalSplits = 0;
  for (let node = 0; node < features.length; node++) {
    splits[features[node]!]! += 1;
    if (gainOf !== null && gains !== null) gainOf[features[node]!]! += gains[node]!;
    if (rules[node] === splitRule.inSet || rules[node] === splitRule.inSetExactly) categoricalSplits += 1;
  }
  const leafCount = leafValues.length / leafWidth;
  return {
    treeCount: roots.length,
    leafCount,
    nodeCount: features.length,
    maxDepth: depths.max,
    meanDepth: leafCount === 0 ? 0 : depths.sum / leafCount,
    maxLeavesOfTree: depths.maxLeaves,
    categoricalSplits,
    outputCount,
    covers: covers?.kind ?? null,
    hasLinearLeaves: ensemble.linearLeaves !== null,
    featureUse: featureNames.map((feature, j) => ({
      feature,
      splits: splits[j] ?? 0,
      gain: gainOf?.[j] ?? null,
    })),
  };
}

function leafDepths({ roots, left, right }: TreeEnsemble): { max: number; sum: number; maxLeaves: number } {
  let max = 0;
  let sum = 0;
  let maxLeaves = 0;
  for (const root of roots) {
    let leaves = 0;
    const open: [node: number, depth: number][] = [[root, 0]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [node, depth] = next;
      if (node >= 0) {
        open.push([left[node]!, depth + 1], [right[node]!, depth + 1]);
        continue;
      }
      leaves += 1;
      sum += depth;
      if (depth > max) max = depth;
    }
    if (leaves > maxLeaves) maxLeaves = leaves;
  }
  return { max, sum, maxLeaves };
}
