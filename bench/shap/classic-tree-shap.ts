/**
 * TreeSHAP as published (Lundberg, Erion and Lee, 2018, algorithm 2), in plain TypeScript: what our engine is compared
 * with. Path-dependent, recursive, the path of each node with its permutation weights, unwound where a feature comes again.
 */
import type { ShapQuestion, TreeCovers } from '../../src/core/explain/shap-question.ts';
import {
  type FeatureBlock,
  missingRule,
  splitRule,
  type TreeEnsemble,
} from '../../src/core/trees/tree-ensemble.ts';

/** Trees as both classic implementations read them: node numbers and ~leaf; x <= threshold and missing by default. */
export interface ClassicTrees {
  readonly roots: Int32Array;
  readonly features: Int32Array;
  readonly thresholds: Float64Array;
  readonly defaultLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly values: Float64Array;
  readonly covers: TreeCovers;
  /** Splits on the longest path. */
  readonly depth: number;
}

/** @throws {Error} for trees with other rules than those of the bench */
export function classicTrees({ ensemble, expectation }: ShapQuestion): ClassicTrees {
  const { rules, missing, roots, features, thresholds, defaultLeft, left, right, leafValues } = ensemble;
  const isPlain =
    rules.every((rule) => rule === splitRule.lessOrEqual) &&
    missing.every((rule) => rule === missingRule.nan);
  if (!isPlain || expectation.kind !== 'path-dependent' || ensemble.comparison !== 'float64')
    throw new Error('classic TreeSHAP of the bench knows x <= threshold alone');
  const { covers } = expectation;
  const depth = depthOf(ensemble);
  return { roots, features, thresholds, defaultLeft, left, right, values: leafValues, covers, depth };
}

function depthOf({ roots, left, right }: TreeEnsemble): number {
  const below = new Int32Array(left.length);
  const depthBelow = (child: number) => (child < 0 ? 0 : below[child]!);
  for (let node = left.length - 1; node >= 0; node--)
    below[node] = 1 + Math.max(depthBelow(left[node]!), depthBelow(right[node]!));
  return roots.reduce((most, root) => Math.max(most, depthBelow(root)), 0);
}

/**
 * @param rows [start, end) of the block
 * @returns contributions, rows x features, row by row
 */
export function classicTreeShap(
  trees: ClassicTrees,
  { columns }: FeatureBlock,
  rows: readonly [number, number],
): Float64Array {
  const [start, end] = rows;
  const run = new ClassicRun(trees, columns.length);
  const out = new Float64Array((end - start) * columns.length);
  for (let row = start; row < end; row++) {
    for (let j = 0; j < columns.length; j++) run.row[j] = columns[j]![row]!;
    run.explain(out, (row - start) * columns.length);
  }
  return out;
}

/** One row at a time. Paths of all levels lie one after the other in the same arrays. */
class ClassicRun {
  readonly row: Float64Array;
  readonly #trees: ClassicTrees;
  readonly #features: Int32Array;
  readonly #zeros: Float64Array;
  readonly #ones: Float64Array;
  readonly #weights: Float64Array;
  #out: Float64Array = new Float64Array();
  #first = 0;

  constructor(trees: ClassicTrees, featureCount: number) {
    const size = ((trees.depth + 2) * (trees.depth + 3)) / 2;
    this.#trees = trees;
    this.row = new Float64Array(featureCount);
    this.#features = new Int32Array(size);
    this.#zeros = new Float64Array(size);
    this.#ones = new Float64Array(size);
    this.#weights = new Float64Array(size);
  }

  explain(out: Float64Array, first: number): void {
    this.#out = out;
    this.#first = first;
    for (const root of this.#trees.roots) this.#visit(root, 0, 0, 1, 1, -1);
  }

  /** `length` entries of the parent's path begin at `from`; the node's own follow them. */
  #visit(node: number, length: number, from: number, zero: number, one: number, feature: number): void {
    const at = from + length;
    // A loop: paths are too short for copyWithin to pay.
    for (let i = from; i < at; i++) {
      this.#features[i + length] = this.#features[i]!;
      this.#zeros[i + length] = this.#zeros[i]!;
      this.#ones[i + length] = this.#ones[i]!;
      this.#weights[i + length] = this.#weights[i]!;
    }
    this.#extend(at, length, zero, one, feature);
    if (node < 0) this.#addLeaf(this.#trees.values[~node]!, at, length);
    else this.#split(node, at, length);
  }

  #split(node: number, at: number, length: number): void {
    const { features, thresholds, defaultLeft, left, right, covers } = this.#trees;
    const feature = features[node]!;
    const x = this.row[feature]!;
    const goesLeft = Number.isNaN(x) ? defaultLeft[node] === 1 : x <= thresholds[node]!;
    const hot = goesLeft ? left[node]! : right[node]!;
    const cold = goesLeft ? right[node]! : left[node]!;
    let zero = 1;
    let one = 1;
    let last = length;
    let k = 1;
    while (k <= length && this.#features[at + k] !== feature) k++;
    if (k <= length) {
      zero = this.#zeros[at + k]!;
      one = this.#ones[at + k]!;
      this.#unwind(at, length, k);
      last--;
    }
    const cover = covers.nodes[node]!;
    this.#visit(hot, last + 1, at, (zero * this.#coverOf(hot)) / cover, one, feature);
    this.#visit(cold, last + 1, at, (zero * this.#coverOf(cold)) / cover, 0, feature);
  }

  #coverOf(child: number): number {
    const { nodes, leaves } = this.#trees.covers;
    return child < 0 ? leaves[~child]! : nodes[child]!;
  }

  /** Lengthens the path of `length` entries by one. */
  #extend(at: number, length: number, zero: number, one: number, feature: number): void {
    const weights = this.#weights;
    this.#features[at + length] = feature;
    this.#zeros[at + length] = zero;
    this.#ones[at + length] = one;
    weights[at + length] = length === 0 ? 1 : 0;
    const share = 1 / (length + 1);
    for (let i = length - 1; i >= 0; i--) {
      const weight = weights[at + i]!;
      weights[at + i + 1]! += one * weight * (i + 1) * share;
      weights[at + i] = zero * weight * (length - i) * share;
    }
  }

  /** Takes entry k out of the path, whose last entry is `last`. */
  #unwind(at: number, last: number, k: number): void {
    const weights = this.#weights;
    const zero = this.#zeros[at + k]!;
    const one = this.#ones[at + k]!;
    let next = weights[at + last]!;
    for (let i = last - 1; i >= 0; i--) {
      const weight = weights[at + i]!;
      if (one !== 0) {
        weights[at + i] = (next * (last + 1)) / ((i + 1) * one);
        next = weight - (weights[at + i]! * zero * (last - i)) / (last + 1);
      } else weights[at + i] = (weight * (last + 1)) / (zero * (last - i));
    }
    for (let i = at + k; i < at + last; i++) {
      this.#features[i] = this.#features[i + 1]!;
      this.#zeros[i] = this.#zeros[i + 1]!;
      this.#ones[i] = this.#ones[i + 1]!;
    }
  }

  #addLeaf(value: number, at: number, last: number): void {
    for (let k = 1; k <= last; k++) {
      const zero = this.#zeros[at + k]!;
      const one = this.#ones[at + k]!;
      const place = this.#first + this.#features[at + k]!;
      this.#out[place]! += this.#unwoundSum(at, last, zero, one) * (one - zero) * value;
    }
  }

  /** The sum of the weights of the path without an entry. */
  #unwoundSum(at: number, last: number, zero: number, one: number): number {
    const weights = this.#weights;
    let sum = 0;
    if (one !== 0) {
      let next = weights[at + last]!;
      for (let i = last - 1; i >= 0; i--) {
        const part = next / ((i + 1) * one);
        sum += part;
        next = weights[at + i]! - part * zero * (last - i);
      }
    } else for (let i = last - 1; i >= 0; i--) sum += weights[at + i]! / (zero * (last - i));
    return sum * (last + 1);
  }
}
