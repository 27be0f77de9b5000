import { missingRule, splitRule, type TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { CategorySetBuilder, isCategory } from './category-set-builder.ts';
import { type LinkedTrees, nodeMode } from './linked-trees.ts';

/** What of an ensemble the trees alone decide. */
export type AssembledTrees = Pick<
  TreeEnsemble,
  | 'featureCount'
  | 'outputCount'
  | 'roots'
  | 'treeOutputs'
  | 'features'
  | 'rules'
  | 'missing'
  | 'defaultLeft'
  | 'thresholds'
  | 'left'
  | 'right'
  | 'categorySets'
  | 'leafWidth'
  | 'leafValues'
>;

/**
 * Builds the ensemble's trees: nodes numbered from parent to child, modes as the rules of `TreeEnsemble` (x >= t is
 * x < t with its children swapped), runs of `x == a`, `x == b` with one common target as a category set.
 *
 * Subtrees that several nodes share are repeated, up to four times the file's nodes in all; cycles run into the same
 * bound. Null there, and for features or outputs beyond the counts, leaves that cannot be told (two weights for one
 * output; none where each row needs one), and thresholds that are NaN under >= or >.
 *
 * @param featureCount columns of the trees' input
 * @param outputCount  targets or classes that leaves add to
 * O(nodes + weights). Never throws.
 */
export function assembleTrees(
  trees: LinkedTrees,
  featureCount: number,
  outputCount: number,
): AssembledTrees | null {
  const numbering = numberFromRoots(trees);
  if (numbering === null) return null;
  const leaves = leafTable(trees, numbering, outputCount);
  if (leaves === null) return null;
  const count = numbering.sources.length;
  const features = new Int32Array(count);
  const rules = new Uint8Array(count);
  const defaultLeft = new Uint8Array(count);
  const thresholds = new Float64Array(count);
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const sets = new CategorySetBuilder();
  for (let at = 0; at < count; at++) {
    const source = numbering.sources[at]!;
    const feature = trees.features[source]!;
    if (feature < 0 || feature >= featureCount) return null;
    const split = splitOf(trees, source, numbering.chains.get(at) ?? null, sets);
    if (split === null) return null;
    features[at] = feature;
    rules[at] = split.rule;
    thresholds[at] = split.threshold;
    defaultLeft[at] = split.missingLeft ? 1 : 0;
    left[at] = split.swapped ? numbering.whenFalse[at]! : numbering.whenTrue[at]!;
    right[at] = split.swapped ? numbering.whenTrue[at]! : numbering.whenFalse[at]!;
  }
  return {
    featureCount,
    outputCount,
    roots: numbering.roots,
    ...leaves,
    features,
    rules,
    missing: new Uint8Array(count).fill(missingRule.nan),
    defaultLeft,
    thresholds,
    left,
    right,
    categorySets: sets.finish(),
  };
}

interface Split {
  readonly rule: number;
  readonly threshold: number;
  /** True when the left child is the one of the false branch. */
  readonly swapped: boolean;
  readonly missingLeft: boolean;
}

/** Where NaN goes: to the true branch when it is tracked there, else where the comparison with NaN (false; != is true) sends it. */
function splitOf(
  trees: LinkedTrees,
  source: number,
  chain: Chain | null,
  sets: CategorySetBuilder,
): Split | null {
  const threshold = trees.values[source]!;
  const tracks = trees.tracksTrue[source] === 1;
  const plain = (rule: number) => ({ rule, threshold, swapped: false, missingLeft: tracks });
  if (chain !== null) return setSplit(splitRule.inSetExactly, chain.members, tracks, sets);
  switch (trees.modes[source]) {
    case nodeMode.lessOrEqual:
      return plain(splitRule.lessOrEqual);
    case nodeMode.less:
      return plain(splitRule.less);
    case nodeMode.equal:
      return isAmbiguous(trees, source) ? null : plain(splitRule.equal);
    case nodeMode.notEqual:
      return { rule: splitRule.equal, threshold, swapped: true, missingLeft: false };
    case nodeMode.memberExactly:
      return setSplit(splitRule.inSetExactly, trees.members.get(source) ?? [], tracks, sets);
    case nodeMode.member: {
      // NaN without its fraction is 0 there.
      const members = trees.members.get(source) ?? new Float64Array(0);
      return setSplit(splitRule.inSet, members, tracks || members.includes(0), sets);
    }
    default: {
      if (Number.isNaN(threshold)) return null;
      const rule = trees.modes[source] === nodeMode.greaterOrEqual ? splitRule.less : splitRule.lessOrEqual;
      return { rule, threshold, swapped: true, missingLeft: !tracks };
    }
  }
}

/**
 * ONNX Runtime runs two comparisons with one target as one set where it can, and then only the first says where NaN goes:
 * a second one that sends NaN elsewhere cannot be told.
 */
function isAmbiguous(trees: LinkedTrees, node: number): boolean {
  const next = trees.whenFalse[node]!;
  return isSameTest(trees, node, next) && trees.tracksTrue[next] === 1 && trees.tracksTrue[node] === 0;
}

/** True for two equality nodes on one feature with one target. */
function isSameTest({ modes, features, whenTrue }: LinkedTrees, first: number, next: number): boolean {
  return (
    next >= 0 &&
    modes[next] === nodeMode.equal &&
    features[next] === features[first] &&
    whenTrue[next] === whenTrue[first]
  );
}

function setSplit(
  rule: number,
  members: Iterable<number>,
  tracks: boolean,
  sets: CategorySetBuilder,
): Split | null {
  const set = sets.add(members);
  if (set === null) return null;
  return { rule, threshold: set, swapped: false, missingLeft: tracks };
}

/** Nodes `x == a`, then `x == b` where that is false, ... that lead to one target where they hold. */
interface Chain {
  readonly members: readonly number[];
  /** Where none of them holds. */
  readonly otherwise: number;
}

interface Numbering {
  readonly roots: Int32Array;
  /** Per new node, the node of the file that it is made of. */
  readonly sources: number[];
  readonly whenTrue: number[];
  readonly whenFalse: number[];
  readonly chains: ReadonlyMap<number, Chain>;
  /** Per new leaf, the leaf of the file; and the tree it lies in. */
  readonly leafSources: number[];
  readonly leafTrees: number[];
}

/** Gives new numbers to everything that the roots reach, parents before their children. */
function numberFromRoots(trees: LinkedTrees): Numbering | null {
  let budget = 4 * (trees.features.length + trees.leafStarts.length) + 1024;
  const sources: number[] = [];
  const whenTrue: number[] = [];
  const whenFalse: number[] = [];
  const leafSources: number[] = [];
  const leafTrees: number[] = [];
  const chains = new Map<number, Chain>();
  const roots = new Int32Array(trees.roots.length);
  // Children still to be numbered: what they are in the file, and the list and place that wait for their number.
  const open: number[] = [];
  const waiting: { readonly into: number[] | Int32Array }[] = [];
  const [root, ofTrue, ofFalse] = [{ into: roots }, { into: whenTrue }, { into: whenFalse }];
  for (let tree = 0; tree < roots.length; tree++) {
    open.push(trees.roots[tree]!, tree);
    waiting.push(root);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const at = open.pop()!;
      const child = open.pop()!;
      budget -= 1;
      if (budget < 0) return null;
      if (child < 0) {
        next.into[at] = ~leafSources.length;
        leafSources.push(~child);
        leafTrees.push(tree);
        continue;
      }
      const number = sources.length;
      const chain = chainFrom(trees, child);
      if (chain !== null) {
        chains.set(number, chain);
        budget -= chain.members.length;
      }
      next.into[at] = number;
      sources.push(child);
      whenTrue.push(0);
      whenFalse.push(0);
      open.push(chain?.otherwise ?? trees.whenFalse[child]!, number, trees.whenTrue[child]!, number);
      waiting.push(ofFalse, ofTrue);
    }
  }
  return { roots, sources, whenTrue, whenFalse, chains, leafSources, leafTrees };
}

/** The run of equality nodes that begins at a node, when it is longer than one and its values can be bits of a set. */
function chainFrom(trees: LinkedTrees, first: number): Chain | null {
  if (trees.modes[first] !== nodeMode.equal || !isSameTest(trees, first, trees.whenFalse[first]!))
    return null;
  const members = new Set<number>();
  let node = first;
  while (isSameTest(trees, first, node)) {
    const value = trees.values[node]!;
    const isTold = trees.tracksTrue[node] === trees.tracksTrue[first];
    if (!isTold || !isCategory(value) || members.has(value)) break;
    members.add(value);
    node = trees.whenFalse[node]!;
  }
  return members.size > 1 ? { members: [...members], otherwise: node } : null;
}

/** One value per leaf where each tree adds to one output; else one per leaf and output. */
function leafTable(
  trees: LinkedTrees,
  { leafSources, leafTrees, roots }: Numbering,
  outputCount: number,
): Pick<TreeEnsemble, 'leafWidth' | 'leafValues' | 'treeOutputs'> | null {
  const { leafStarts, weightOutputs, weightValues } = trees;
  const treeOutputs = new Int32Array(roots.length).fill(-1);
  let isPerTree = true;
  for (let i = 0; i < leafSources.length; i++) {
    const start = leafStarts[leafSources[i]!]!;
    const tree = leafTrees[i]!;
    if (leafStarts[leafSources[i]! + 1]! - start !== 1) isPerTree = false;
    else if (treeOutputs[tree] === -1) treeOutputs[tree] = weightOutputs[start]!;
    else if (treeOutputs[tree] !== weightOutputs[start]) isPerTree = false;
  }
  for (const output of weightOutputs) if (output < 0 || output >= outputCount) return null;
  if (isPerTree) {
    const leafValues = Float64Array.from(leafSources, (leaf) => weightValues[leafStarts[leaf]!]!);
    return { leafWidth: 1, leafValues, treeOutputs };
  }
  // With one output ONNX Runtime reads exactly one weight per leaf, whatever the file says.
  if (outputCount === 1) return null;
  return leafVectors(trees, leafSources, outputCount, roots.length);
}

function leafVectors(
  { leafStarts, weightOutputs, weightValues }: LinkedTrees,
  leafSources: readonly number[],
  outputCount: number,
  treeCount: number,
): Pick<TreeEnsemble, 'leafWidth' | 'leafValues' | 'treeOutputs'> | null {
  // Leaves of real models name most outputs; a few weights over very many outputs are made to fill the memory.
  if (leafSources.length * outputCount > 1_000_000 + 16 * weightValues.length) return null;
  const leafValues = new Float64Array(leafSources.length * outputCount);
  const lastLeaf = new Int32Array(outputCount).fill(-1);
  for (let i = 0; i < leafSources.length; i++) {
    const leaf = leafSources[i]!;
    for (let weight = leafStarts[leaf]!; weight < leafStarts[leaf + 1]!; weight++) {
      const output = weightOutputs[weight]!;
      if (lastLeaf[output] === i) return null;
      lastLeaf[output] = i;
      leafValues[i * outputCount + output] = weightValues[weight]!;
    }
  }
  return { leafWidth: outputCount, leafValues, treeOutputs: new Int32Array(treeCount) };
}
