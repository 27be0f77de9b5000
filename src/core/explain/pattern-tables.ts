import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import {
  addBackgroundTerm,
  addShareTerm,
  backgroundProducts,
  backgroundProductsWithout,
  shareProducts,
} from './leaf-integrals.ts';
import type { PatternGroups } from './pattern-groups.ts';
import type { TreeCovers } from './shap-question.ts';
import { coverShares } from './tree-covers.ts';
import { branchesOf } from './tree-outline.ts';

/**
 * Share z of each term of {@link PatternGroups}: the product of child's by parent's cover over the splits of the leaf's
 * path on the term's feature, what an absent feature weighs in path-dependent SHAP. 0 to 1, both included.
 */
export function termShares(groups: PatternGroups, ensemble: TreeEnsemble, covers: TreeCovers): Float64Array {
  const { leaves, leafTerms, termFeatures } = groups;
  const { branchToNode, branchToLeaf } = branchesOf(ensemble);
  const left = coverShares(ensemble, covers).left;
  const shares = new Float64Array(termFeatures.length).fill(1);
  for (let entry = 0; entry < leaves.length; entry++) {
    const end = leafTerms[entry + 1]!;
    let branch = branchToLeaf[leaves[entry]!]!;
    for (; branch >= 0; branch = branchToNode[branch >> 1]!) {
      const node = branch >> 1;
      let term = leafTerms[entry]!;
      while (term < end && termFeatures[term] !== ensemble.features[node]) term += 1;
      shares[term]! *= (branch & 1) === 0 ? left[node]! : 1 - left[node]!;
    }
  }
  return shares;
}

/** Per leaf entry of {@link PatternGroups}: what the leaf adds to the output, tree weights included, in float64. */
export function leafEntryValues(groups: PatternGroups, ensemble: TreeEnsemble, output: number): Float64Array {
  const { leafWidth, leafValues, treeWeights } = ensemble;
  const values = new Float64Array(groups.leaves.length);
  for (const [i, tree] of groups.trees.entries()) {
    const weight = treeWeights?.[tree] ?? 1;
    const firstEntry = groups.groupLeaves[groups.treeGroups[i]!]!;
    const endEntry = groups.groupLeaves[groups.treeGroups[i + 1]!]!;
    for (let entry = firstEntry; entry < endEntry; entry++) {
      const leaf = groups.leaves[entry]!;
      values[entry] = weight * leafValues[leafWidth > 1 ? leaf * leafWidth + output : leaf]!;
    }
  }
  return values;
}

/** What the tables of all groups are made from. */
export interface TableSource {
  readonly groups: PatternGroups;
  /** {@link leafEntryValues} */
  readonly leafValues: Float64Array;
  /** {@link termShares} for path-dependent SHAP; null for interventional, whose groups have histograms. */
  readonly shares: Float64Array | null;
}

/** What the places of a table are: contributions to the group's slots, or interactions of pairs of them. */
export type TableKind = 'contributions' | 'interactions';

/** Places of a group's table: each has one number per pattern, which lie together. */
export function placeCount(groups: PatternGroups, group: number, kind: TableKind): number {
  const slots = groups.groupSlots[group + 1]! - groups.groupSlots[group]!;
  return kind === 'contributions' ? slots : (slots * (slots - 1)) / 2;
}

/** Place of slots a < b among the pairs of `slots` slots: (0, 1), (0, 2), ..., (1, 2), ... */
export function pairPlace(slots: number, a: number, b: number): number {
  return (a * (2 * slots - a - 1)) / 2 + b - a - 1;
}

/** Fills tables of groups; holds the scratch memory for it. */
export interface TableBuilder {
  /**
   * Adds the sums over a group's leaves: place k at pattern p is number k x 2^bits + p of the group's table.
   *
   * @param histogram share of the background rows with each pattern of the group, 2^bits; null for path-dependent SHAP
   * @param out       zeros, from `start` on
   */
  add(group: number, histogram: Float64Array | null, out: Float64Array, start: number): void;
}

/**
 * Builds tables of contributions or of interactions.
 *
 * Interactions of a pair of slots are Σ φ_ij over the features i of one and j of the other, which is one cell of a
 * symmetric matrix; pairs within a slot belong to the diagonal and are left out.
 * O(leaves x terms x 2^terms x nodes of the rule) for contributions, with terms² for interactions.
 */
export function tableBuilder(source: TableSource, kind: TableKind): TableBuilder {
  const { groups } = source;
  const largest = 1 << groups.bitCounts.reduce((most, bits) => Math.max(most, bits), 0);
  const scratch: Scratch = {
    products: new Float64Array(largest),
    partial: new Float64Array(largest),
    background: new Float64Array(largest),
    leafPatterns: new Uint16Array(largest),
    planes: new Float64Array(0),
  };
  return {
    add(group, histogram, out, start) {
      for (let entry = groups.groupLeaves[group]!; entry < groups.groupLeaves[group + 1]!; entry++) {
        const planes = planesOf(groups, group, entry, kind);
        if (planes.length === 0) continue;
        const patternCount = 1 << groups.bitCounts[group]!;
        const count = groups.leafTerms[entry + 1]! - groups.leafTerms[entry]!;
        mapPatterns(groups, group, entry, scratch.leafPatterns);
        if (histogram !== null) foldHistogram(histogram, patternCount, count, scratch);
        integrate(source, entry, planes, kind, scratch);
        const size = 1 << count;
        for (const [k, { place }] of planes.entries())
          addPlane(scratch, k * size, out, start + place * patternCount, patternCount);
      }
    },
  };
}

function addPlane(
  { planes, leafPatterns }: Scratch,
  from: number,
  out: Float64Array,
  to: number,
  patternCount: number,
): void {
  for (let p = 0; p < patternCount; p++) out[to + p]! += planes[from + leafPatterns[p]!]!;
}

interface Scratch {
  readonly products: Float64Array;
  readonly partial: Float64Array;
  readonly background: Float64Array;
  /** Per pattern of the group: the pattern of the leaf's terms. */
  readonly leafPatterns: Uint16Array;
  /** One plane of 2^terms numbers for each term or pair of terms. */
  planes: Float64Array;
}

/** Which terms of a leaf each pattern of its group meets, by doubling. */
function mapPatterns(groups: PatternGroups, group: number, entry: number, out: Uint16Array): void {
  const [first, end] = [groups.leafTerms[entry]!, groups.leafTerms[entry + 1]!];
  const bitCount = groups.bitCounts[group]!;
  out[0] = (1 << (end - first)) - 1;
  for (let bit = 0; bit < bitCount; bit++) {
    const half = 1 << bit;
    let failUnset = 0;
    let failSet = 0;
    for (let term = first; term < end; term++) {
      if ((groups.termRequired[term]! & half) === 0) continue;
      if ((groups.termValues[term]! & half) !== 0) failUnset |= 1 << (term - first);
      else failSet |= 1 << (term - first);
    }
    for (let p = 0; p < half; p++) {
      out[p + half] = out[p]! & ~failSet;
      out[p] = out[p]! & ~failUnset;
    }
  }
}

/** Term i, or the pair of terms i < j, whose values go to one place of a table's rows. */
interface Plane {
  readonly i: number;
  readonly j: number;
  readonly place: number;
}

/** By i, then j. */
function planesOf(groups: PatternGroups, group: number, entry: number, kind: TableKind): readonly Plane[] {
  const slots = Array.from(groups.termSlots.subarray(groups.leafTerms[entry]!, groups.leafTerms[entry + 1]!));
  if (kind === 'contributions') return slots.map((place, i) => ({ i, j: i, place }));
  const slotCount = groups.groupSlots[group + 1]! - groups.groupSlots[group]!;
  return slots.flatMap((a, i) =>
    slots.flatMap((b, j) => {
      if (j <= i || a === b) return [];
      return [{ i, j, place: pairPlace(slotCount, Math.min(a, b), Math.max(a, b)) }];
    }),
  );
}

/** Background shares of the leaf's patterns out of those of its group. */
function foldHistogram(
  histogram: Float64Array,
  patternCount: number,
  count: number,
  { background, leafPatterns }: Scratch,
): void {
  background.fill(0, 0, 1 << count);
  for (let p = 0; p < patternCount; p++) background[leafPatterns[p]!]! += histogram[p]!;
}

/** Fills the planes of one leaf. The integrands have degree terms - 1, of pairs terms - 2, so the rules are exact. */
function integrate(
  { groups, leafValues, shares }: TableSource,
  entry: number,
  planes: readonly Plane[],
  kind: TableKind,
  scratch: Scratch,
): void {
  const first = groups.leafTerms[entry]!;
  const count = groups.leafTerms[entry + 1]! - first;
  const size = 1 << count;
  if (scratch.planes.length < planes.length * size) scratch.planes = new Float64Array(planes.length * size);
  else scratch.planes.fill(0, 0, planes.length * size);
  const isPairs = kind === 'interactions';
  const { nodes, weights } = gaussLegendre(isPairs ? Math.max(1, count >> 1) : (count + 1) >> 1);
  const value = leafValues[entry]! * (isPairs ? 0.5 : 1);
  const leaf = { shares, first, count };
  for (let q = 0; q < nodes.length; q++) {
    if (isPairs) addPairs(planes, leaf, weights[q]! * value, nodes[q]!, scratch);
    else addTerms(planes, leaf, weights[q]! * value, nodes[q]!, scratch);
  }
}

/** Terms of a leaf: where they begin, and how many they are. */
interface LeafTerms {
  readonly shares: Float64Array | null;
  readonly first: number;
  readonly count: number;
}

function addTerms(
  planes: readonly Plane[],
  { shares, first, count }: LeafTerms,
  weight: number,
  t: number,
  { products, background, planes: out }: Scratch,
): void {
  const size = 1 << count;
  if (shares !== null) shareProducts(products, shares, first, count, weight, t);
  else backgroundProducts(products, background, count, weight, t);
  for (const [k, { i }] of planes.entries()) {
    if (shares !== null) addShareTerm(out, k * size, products, count, i, shares[first + i]!, t);
    else addBackgroundTerm(out, k * size, products, count, i, t);
  }
}

function addPairs(
  planes: readonly Plane[],
  { shares, first, count }: LeafTerms,
  weight: number,
  t: number,
  { products, partial, background, planes: out }: Scratch,
): void {
  const size = 1 << count;
  if (shares !== null) shareProducts(products, shares, first, count, weight, t);
  let done = -1;
  for (const [k, { i, j }] of planes.entries()) {
    if (i !== done) {
      done = i;
      if (shares === null) backgroundProductsWithout(partial, background, count, i, weight, t);
      else {
        partial.fill(0, 0, size);
        addShareTerm(partial, 0, products, count, i, shares[first + i]!, t);
      }
    }
    if (shares !== null) addShareTerm(out, k * size, partial, count, j, shares[first + j]!, t);
    else addBackgroundTerm(out, k * size, partial, count, j, t);
  }
}
