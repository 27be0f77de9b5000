import { DataError } from '../errors.ts';
import { goesLeft } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { gaussLegendre, type QuadratureRule } from './gauss-legendre.ts';
import type { ShapQuestion } from './shap-question.ts';
import { coverShares } from './tree-covers.ts';
import { edgeShares, layTreePaths, type TreePaths } from './tree-paths.ts';

/**
 * Path-dependent SHAP by quadrature (docs/methods.md, "SHAP of trees"). For a leaf with value v, features k on its path,
 * z_k = product of the shares of the path's edges on k, and o_k = 1 when the row takes all of them, else 0:
 *
 *     g_k(t) = z_k (1 − t) + o_k t
 *     φ_i = v ∫₀¹ (o_i − z_i) Π_{k≠i} g_k(t) dt = v ∫₀¹ Π_k g_k(t) · c_i(t) dt       c_i = (o_i − z_i) / g_i
 *
 * The integrand has degree u − 1 for u features, so that ceil(u / 2) Gauss-Legendre nodes are exact. Where o_i = 0, c_i is
 * −1 / (1 − t) whatever z_i is (at z_i = 0 the product is 0, as is o_i − z_i); where o_i = 1, g_i >= t > 0. Factors are
 * carried from edge to edge: an edge on a feature that was left before multiplies by its share, one that is still taken by
 * g of the longer path over g of the shorter, whose denominator is >= t. So nothing divides by 0.
 */
export interface QuadratureTrees {
  readonly ensemble: TreeEnsemble;
  readonly paths: TreePaths;
  /** Per entry: share of its edge; and z, the product of the shares of the path's edges on the same feature. */
  readonly shares: Float64Array;
  readonly z: Float64Array;
  /** Per tree: its rule. */
  readonly rules: readonly QuadratureRule[];
  /** Base value of the output + Σ_leaves value · Π shares. */
  readonly baseValue: number;
}

/**
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `invalid-argument` for an interventional question
 */
export function quadratureTrees({ ensemble, output, expectation }: ShapQuestion): QuadratureTrees {
  if (expectation.kind !== 'path-dependent')
    throw new DataError('invalid-argument', 'Quadrature answers path-dependent questions.');
  const paths = layTreePaths(ensemble, output);
  const shares = edgeShares(paths, coverShares(ensemble, expectation.covers).left);
  const z = shares.slice();
  const reach = shares.slice();
  let expected = 0;
  for (let entry = 0; entry < z.length; entry++) {
    const previous = paths.previous[entry]!;
    const parent = paths.parents[entry]!;
    if (previous >= 0) z[entry]! *= z[previous]!;
    if (parent >= 0) reach[entry]! *= reach[parent]!;
    expected += reach[entry]! * paths.values[entry]!;
  }
  const rules = Array.from(paths.longest, (length) => gaussLegendre(Math.ceil(length / 2)));
  return { ensemble, paths, shares, z, rules, baseValue: ensemble.baseValues[output]! + expected };
}

/** Numbers per entry and node of the rule. */
export const EDGE_CONSTANTS = 4;

/** Edge constants that are kept from block to block, in numbers (32 MB); trees beyond get theirs per run of rows. */
const KEPT_NUMBERS = 1 << 22;

/**
 * Constants of the edges of a tree, per entry EDGE_CONSTANTS runs of one number per node of the rule: the factor of the
 * edge when the row takes it, the factor when it is the first edge on its feature that the row leaves, and then the two
 * that `coefficient` gives for these cases.
 *
 * @param coefficient of an entry at node t
 * @returns a lookup; what it answers holds until the next call
 */
export function edgeConstants(
  trees: QuadratureTrees,
  coefficient: (entry: number, t: number, isTaken: boolean) => number,
): (tree: number) => Float64Array {
  const sizes = trees.rules.map(
    ({ nodes }, tree) =>
      (trees.paths.treeEntries[tree + 1]! - trees.paths.treeEntries[tree]!) * nodes.length * EDGE_CONSTANTS,
  );
  const kept: (Float64Array | undefined)[] = [];
  let shared: Float64Array | null = null;
  let room = KEPT_NUMBERS;
  return (tree) => {
    const found = kept[tree];
    if (found !== undefined) return found;
    const isKept = sizes[tree]! <= room;
    if (!isKept) shared ??= new Float64Array(sizes.reduce((most, size) => Math.max(most, size), 0));
    const constants = isKept || shared === null ? new Float64Array(sizes[tree]!) : shared;
    writeConstants(trees, tree, coefficient, constants);
    if (isKept) {
      kept[tree] = constants;
      room -= sizes[tree]!;
    }
    return constants;
  };
}

function writeConstants(
  { paths, z, rules }: QuadratureTrees,
  tree: number,
  coefficient: (entry: number, t: number, isTaken: boolean) => number,
  constants: Float64Array,
): void {
  const { nodes } = rules[tree]!;
  const count = nodes.length;
  const first = paths.treeEntries[tree]!;
  for (let entry = first; entry < paths.treeEntries[tree + 1]!; entry++) {
    const at = (entry - first) * count * EDGE_CONSTANTS;
    const previous = paths.previous[entry]!;
    const before = previous < 0 ? 1 : z[previous]!;
    for (let q = 0; q < count; q++) {
      const t = nodes[q]!;
      const above = before * (1 - t) + t;
      constants[at + q] = (z[entry]! * (1 - t) + t) / above;
      constants[at + count + q] = (z[entry]! * (1 - t)) / above;
      constants[at + 2 * count + q] = coefficient(entry, t, true);
      constants[at + 3 * count + q] = coefficient(entry, t, false);
    }
  }
}

/** c(t) = (o − z) / g(t) of a feature whose path shares multiply to z: see {@link QuadratureTrees}. */
export function quadratureGain(z: number, t: number, isTaken: boolean): number {
  return isTaken ? (1 - z) / (z * (1 - t) + t) : -1 / (1 - t);
}

/** Room for one row in one tree. */
export interface PassRoom {
  /** Per entry of the tree and node of its rule: weight x product of g over the features of the path. */
  readonly products: Float64Array;
  /** Per entry: 1 when the row takes every edge of the path that splits on the feature of the entry's own edge. */
  readonly taken: Uint8Array;
}

/** Room for the largest tree. */
export function passRoom({ paths, rules }: QuadratureTrees): PassRoom {
  let products = 0;
  let entries = 0;
  for (const [tree, { nodes }] of rules.entries()) {
    const count = paths.treeEntries[tree + 1]! - paths.treeEntries[tree]!;
    entries = Math.max(entries, count);
    products = Math.max(products, count * nodes.length);
  }
  return { products: new Float64Array(products), taken: new Uint8Array(entries) };
}

/** Steps of one row in a tree. */
export function passWork({ paths, rules }: QuadratureTrees, tree: number): number {
  return (paths.treeEntries[tree + 1]! - paths.treeEntries[tree]!) * rules[tree]!.nodes.length;
}

/** Fills the room for one row in one tree, from the root down. */
export function descend(
  { ensemble, paths, shares, rules }: QuadratureTrees,
  tree: number,
  constants: Float64Array,
  block: FeatureBlock,
  row: number,
  { products, taken }: PassRoom,
): void {
  const { places, children, features, previous, treeEntries } = paths;
  const { weights } = rules[tree]!;
  const count = weights.length;
  const first = treeEntries[tree]!;
  const last = treeEntries[tree + 1]!;
  products.set(weights);
  for (let parent = first; parent < last; parent++) {
    const left = children[parent]!;
    if (left < 0) continue;
    const feature = features[left]!;
    const above = previous[left]!;
    const isIn = above < 0 ? 1 : taken[above - first]!;
    const goes = goesLeft(ensemble, places[parent]!, block.columns[feature]![row]!) ? 1 : 0;
    const from = (parent - first) * count;
    for (let side = 0; side < 2; side++) {
      const entry = left + side - first;
      const to = entry * count;
      const isTaken = isIn & (goes ^ side);
      taken[entry] = isTaken;
      if (isIn === 0) {
        const share = shares[left + side]!;
        for (let q = 0; q < count; q++) products[to + q] = products[from + q]! * share;
      } else {
        const factors = to * EDGE_CONSTANTS + (isTaken === 1 ? 0 : count);
        for (let q = 0; q < count; q++) products[to + q] = products[from + q]! * constants[factors + q]!;
      }
    }
  }
}
