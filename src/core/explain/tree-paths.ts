import { ModelError } from '../errors.ts';
import type { TreeEnsemble } from '../trees/tree-ensemble.ts';

/**
 * The trees that add to one output, as entries: places that a row can reach, each at the end of an edge. Structure of
 * arrays; entries are numbered through all trees. Of a tree, the root comes first, parents come before their children,
 * and a right child follows its left sibling.
 */
export interface TreePaths {
  /** Numbers of the trees in the ensemble, ascending. */
  readonly trees: Int32Array;
  /** Per tree: its first entry; one more than there are trees. */
  readonly treeEntries: Int32Array;
  /** Per tree: the most different features on a path to one of its leaves. */
  readonly longest: Int32Array;
  /** Per entry: the number of its node in the ensemble, or ~leaf. */
  readonly places: Int32Array;
  /** Per entry: the entry above; −1 at a root. */
  readonly parents: Int32Array;
  /** Per entry: its left child, the right one being the next; −1 at a leaf. */
  readonly children: Int32Array;
  /** Per entry: the feature that the edge to it splits on; −1 at a root. */
  readonly features: Int32Array;
  /** Per entry: the nearest entry on the path to it whose edge splits on the same feature; −1 where there is none. */
  readonly previous: Int32Array;
  /** Per entry: different features on the path to it. */
  readonly depths: Int32Array;
  /** Per entry: what a row that ends here adds to the margin, tree weight included; 0 at an inner node. */
  readonly values: Float64Array;
}

/**
 * Lays out the trees of one output.
 *
 * @param output the margin that is explained, from 0
 * @throws {ModelError} `unsupported-operator` when leaves hold linear models: a leaf has no one value, and TreeSHAP is not
 *   defined (LightGBM refuses pred_contrib there, LightGBM#4006)
 * O(entries x depth).
 */
export function layTreePaths(ensemble: TreeEnsemble, output: number): TreePaths {
  refuseLinearLeaves(ensemble);
  const { roots, treeOutputs, leafWidth } = ensemble;
  const trees = Array.from(roots.keys()).filter((tree) => leafWidth > 1 || treeOutputs[tree] === output);
  const grown: Growing = {
    ...{ places: [], parents: [], children: [], features: [], previous: [], depths: [], values: [] },
  };
  const treeEntries = [0];
  for (const tree of trees) {
    growTree(ensemble, output, tree, grown);
    treeEntries.push(grown.places.length);
  }
  const longest = trees.map((_, i) =>
    grown.depths
      .slice(treeEntries[i]!, treeEntries[i + 1]!)
      .reduce((most, depth) => Math.max(most, depth), 0),
  );
  return {
    trees: Int32Array.from(trees),
    treeEntries: Int32Array.from(treeEntries),
    longest: Int32Array.from(longest),
    places: Int32Array.from(grown.places),
    parents: Int32Array.from(grown.parents),
    children: Int32Array.from(grown.children),
    features: Int32Array.from(grown.features),
    previous: Int32Array.from(grown.previous),
    depths: Int32Array.from(grown.depths),
    values: Float64Array.from(grown.values),
  };
}

/**
 * The share of each edge's parent that went along it, and 1 at roots.
 *
 * @param left per node of the ensemble the share of its left child (`coverShares`)
 */
export function edgeShares(paths: TreePaths, left: Float64Array): Float64Array {
  const { places, parents, children } = paths;
  return Float64Array.from(parents, (parent, entry) => {
    if (parent < 0) return 1;
    const share = left[places[parent]!]!;
    return children[parent] === entry ? share : 1 - share;
  });
}

/** @throws {ModelError} `unsupported-operator` when leaves hold linear models */
export function refuseLinearLeaves({ linearLeaves }: TreeEnsemble): void {
  if (linearLeaves === null) return;
  throw new ModelError(
    'unsupported-operator',
    'The leaves of this model hold linear models (linear_tree): SHAP values of trees are not defined for them.',
    { advice: 'Explain it by sampling, which works for every model, or train without linear_tree.' },
  );
}

type Growing = Record<Exclude<keyof TreePaths, 'trees' | 'treeEntries' | 'longest'>, number[]>;

function growTree(ensemble: TreeEnsemble, output: number, tree: number, grown: Growing): void {
  const { features, left, right, leafWidth, leafValues, treeWeights } = ensemble;
  const weight = treeWeights?.[tree] ?? 1;
  const first = grown.places.length;
  const add = (place: number, parent: number, feature: number) => {
    const previous = previousOn(grown, parent, feature);
    const column = leafWidth > 1 ? output : 0;
    grown.places.push(place);
    grown.parents.push(parent);
    grown.children.push(-1);
    grown.features.push(feature);
    grown.previous.push(previous);
    grown.depths.push(parent < 0 ? 0 : grown.depths[parent]! + (previous < 0 ? 1 : 0));
    grown.values.push(place < 0 ? weight * leafValues[~place * leafWidth + column]! : 0);
  };
  add(ensemble.roots[tree]!, -1, -1);
  for (let entry = first; entry < grown.places.length; entry++) {
    const node = grown.places[entry]!;
    if (node < 0) continue;
    grown.children[entry] = grown.places.length;
    add(left[node]!, entry, features[node]!);
    add(right[node]!, entry, features[node]!);
  }
}

function previousOn({ parents, features }: Growing, parent: number, feature: number): number {
  let entry = parent;
  while (entry >= 0 && features[entry] !== feature) entry = parents[entry]!;
  return parent < 0 ? -1 : entry;
}
