import type { TreeCovers } from '../../core/explain/shap-question.ts';
import { coverShares } from '../../core/explain/tree-covers.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';

/** A tree as the quadrature kernel goes through it. */
export interface QuadratureTree {
  /** Number of the tree in the ensemble. */
  readonly tree: number;
  /** Half the number of nodes of the rule. A path has at most 4 · pairs different features, so that the rule is exact. */
  readonly pairs: number;
  /** Its inner nodes are the places [start, end). */
  readonly start: number;
  readonly end: number;
}

/** The inner nodes of all trees of one output, tree by tree, parents first. Numbers of nodes in it are called places. */
export interface QuadraturePlan {
  /** Without the trees of one leaf. */
  readonly trees: readonly QuadratureTree[];
  /** Per place: the ensemble's node, and the share of its cover that went left. */
  readonly nodes: readonly number[];
  readonly leftShares: readonly number[];
  /** Per place: the places of its children, or ~leaf. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Per place: the place of the nearest node above on the same feature, -1 for none, and whether it is left by the right. */
  readonly above: readonly number[];
  readonly aboveIsRight: readonly boolean[];
  /** Per place: the product of the shares of the edges above on its feature. */
  readonly sharesAbove: readonly number[];
  /** The expected sum of all trees under the covers, base value included. */
  readonly baseValue: number;
}

/**
 * Plans path-dependent SHAP of the trees that add to one output.
 *
 * O(nodes x depth).
 */
export function planQuadrature(ensemble: TreeEnsemble, output: number, covers: TreeCovers): QuadraturePlan {
  const { roots, leafWidth, treeOutputs, baseValues } = ensemble;
  const { left: shares } = coverShares(ensemble, covers);
  const plan = emptyPlan();
  const trees: QuadratureTree[] = [];
  let expected = 0;
  for (const [tree, root] of roots.entries()) {
    if (leafWidth === 1 && treeOutputs[tree] !== output) continue;
    if (root < 0) {
      expected += leafValueOf(ensemble, tree, ~root, output);
      continue;
    }
    const start = plan.nodes.length;
    const mostFeatures = addTree(ensemble, shares, root, plan);
    trees.push({ tree, pairs: Math.ceil(mostFeatures / 4), start, end: plan.nodes.length });
    expected += expectedValue(ensemble, plan, [tree, output], start);
  }
  return { ...plan, trees, baseValue: baseValues[output]! + expected };
}

/** What a leaf adds to an output: its tree's weight times its value. */
export function leafValueOf(ensemble: TreeEnsemble, tree: number, leaf: number, output: number): number {
  const { leafWidth, leafValues, treeWeights } = ensemble;
  const value = leafValues[leaf * leafWidth + (leafWidth > 1 ? output : 0)]!;
  return treeWeights === null ? value : treeWeights[tree]! * value;
}

type GrowingPlan = ReturnType<typeof emptyPlan>;

function emptyPlan() {
  return {
    nodes: [] as number[],
    leftShares: [] as number[],
    left: [] as number[],
    right: [] as number[],
    above: [] as number[],
    aboveIsRight: [] as boolean[],
    sharesAbove: [] as number[],
  };
}

/** The edge that leads to a node: its parent's place, and the side. */
interface Edge {
  readonly parent: number;
  readonly isRight: boolean;
}

/** @returns the most different features on a path */
function addTree(ensemble: TreeEnsemble, shares: Float64Array, root: number, plan: GrowingPlan): number {
  const start = plan.nodes.length;
  const edges: Edge[] = [];
  const featureCounts: number[] = [];
  const add = (node: number, edge: Edge): number => {
    if (node < 0) return node;
    const place = plan.nodes.push(node) - 1;
    edges.push(edge);
    plan.leftShares.push(shares[node]!);
    const isNew = addAbove(ensemble, plan, edges, start, place) ? 0 : 1;
    featureCounts.push((edge.parent < 0 ? 0 : featureCounts[edge.parent - start]!) + isNew);
    return place;
  };
  add(root, { parent: -1, isRight: false });
  for (let place = start; place < plan.nodes.length; place++) {
    const node = plan.nodes[place]!;
    plan.left.push(add(ensemble.left[node]!, { parent: place, isRight: false }));
    plan.right.push(add(ensemble.right[node]!, { parent: place, isRight: true }));
  }
  return featureCounts.reduce((most, count) => Math.max(most, count), 0);
}

/** Looks up the path for the nearest node on the same feature; @returns whether there is one. */
function addAbove(
  { features }: TreeEnsemble,
  plan: GrowingPlan,
  edges: readonly Edge[],
  start: number,
  place: number,
): boolean {
  const feature = features[plan.nodes[place]!];
  let edge = edges[place - start]!;
  while (edge.parent >= 0 && features[plan.nodes[edge.parent]!] !== feature) {
    edge = edges[edge.parent - start]!;
  }
  const { parent, isRight } = edge;
  plan.above.push(parent);
  plan.aboveIsRight.push(isRight);
  if (parent < 0) plan.sharesAbove.push(1);
  else {
    const left = plan.leftShares[parent]!;
    plan.sharesAbove.push(plan.sharesAbove[parent]! * (isRight ? 1 - left : left));
  }
  return parent >= 0;
}

/** The mean leaf value of a tree under the covers. */
function expectedValue(
  ensemble: TreeEnsemble,
  { nodes, leftShares, left, right }: GrowingPlan,
  [tree, output]: readonly [number, number],
  start: number,
): number {
  const means = new Float64Array(nodes.length - start);
  const meanOf = (side: number) =>
    side < 0 ? leafValueOf(ensemble, tree, ~side, output) : means[side - start]!;
  for (let place = nodes.length - 1; place >= start; place--) {
    const share = leftShares[place]!;
    means[place - start] = share * meanOf(left[place]!) + (1 - share) * meanOf(right[place]!);
  }
  return means[0]!;
}
