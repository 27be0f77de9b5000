import { seededUniform } from '../seeded-uniform.ts';
import type { ForestData } from './forest-data.ts';

/** Shape of a forest. */
export interface ShapForest {
  readonly name: string;
  readonly trees: number;
  readonly leaves: number;
  readonly depth: number;
  readonly features: number;
}

/** A node of a grown tree: a split, or a leaf when `children` is null. */
export interface GrownNode {
  readonly rows: number;
  /** Of a leaf, shrunk; 0 for a split. */
  value: number;
  feature: number;
  /** x <= threshold goes left. */
  threshold: number;
  defaultLeft: boolean;
  children: readonly [GrownNode, GrownNode] | null;
}

const SHRINKAGE = 0.08;
const ROW_SHARE = 0.8;
const FEATURE_SHARE = 0.8;
const BINS = 255;
const LEAST_WEIGHT = 1;
const PENALTY = 1;

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly defaultLeft: boolean;
}

interface OpenLeaf {
  readonly node: GrownNode;
  readonly depth: number;
  readonly rows: Int32Array;
  readonly split: Split | null;
}

/**
 * Boosted trees for a logistic loss, grown leaf by leaf where the gain is largest, from histograms of 255 bins: what
 * LightGBM and XGBoost do, so that paths, covers and values are those of trained trees. No more than a bench needs.
 */
export function growForest(
  { trees, leaves, depth }: ShapForest,
  data: ForestData,
  seed: number,
): GrownNode[] {
  const uniform = seededUniform(seed);
  const binned = data.columns.map(binColumn);
  const margins = new Float64Array(data.rowCount).fill(-1);
  const grower = new Grower(binned, data.rowCount, depth);
  return Array.from({ length: trees }, () => {
    for (let row = 0; row < data.rowCount; row++) {
      const p = 1 / (1 + Math.exp(-margins[row]!));
      grower.gradients[row] = p - data.labels[row]!;
      grower.hessians[row] = p * (1 - p);
    }
    const rows = Int32Array.from({ length: data.rowCount }, (_, row) => row).filter(
      () => uniform() < ROW_SHARE,
    );
    const features = binned.map((_, j) => j).filter(() => uniform() < FEATURE_SHARE);
    const root = grower.growTree(rows, features, leaves);
    for (let row = 0; row < data.rowCount; row++) margins[row] = margins[row]! + leafValue(root, data, row);
    return root;
  });
}

function leafValue(root: GrownNode, { columns }: ForestData, row: number): number {
  let node = root;
  while (node.children !== null) {
    const x = columns[node.feature]![row]!;
    const goesLeft = Number.isNaN(x) ? node.defaultLeft : x <= node.threshold;
    node = node.children[goesLeft ? 0 : 1];
  }
  return node.value;
}

/** A column as the number of cuts below a value; missing is the last bin. */
interface BinnedColumn {
  readonly cuts: Float64Array;
  readonly bins: Uint8Array;
}

function binColumn(column: Float64Array): BinnedColumn {
  const sorted = column.filter((x) => !Number.isNaN(x)).sort();
  const quantiles = Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)]!,
  );
  const different = [...new Set(quantiles)].filter((x) => x < sorted[sorted.length - 1]!);
  // Between two values of the data, as trained thresholds are.
  const cuts = Float64Array.from(different, (x) => (x + sorted[upperRank(sorted, x)]!) / 2);
  return { cuts, bins: Uint8Array.from(column, (x) => (Number.isNaN(x) ? BINS : upperRankLess(cuts, x))) };
}

/** How many numbers are <= x. */
function upperRank(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many cuts are < x. */
function upperRankLess(cuts: Float64Array, x: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Grower {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly #columns: readonly BinnedColumn[];
  readonly #depth: number;
  readonly #sums = new Float64Array(2 * (BINS + 1));

  constructor(columns: readonly BinnedColumn[], rowCount: number, depth: number) {
    this.gradients = new Float64Array(rowCount);
    this.hessians = new Float64Array(rowCount);
    this.#columns = columns;
    this.#depth = depth;
  }

  growTree(rows: Int32Array, features: readonly number[], leaves: number): GrownNode {
    const root = this.#openLeaf(rows, 0, features);
    const open = [root];
    for (let count = 1; count < leaves; count++) {
      const best = open.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
      if (best.split === null) break;
      open.splice(open.indexOf(best), 1, ...this.#divide(best, best.split, features));
    }
    return root.node;
  }

  #openLeaf(rows: Int32Array, depth: number, features: readonly number[]): OpenLeaf {
    let gradient = 0;
    let hessian = 0;
    for (const row of rows) {
      gradient += this.gradients[row]!;
      hessian += this.hessians[row]!;
    }
    const value = (-SHRINKAGE * gradient) / (hessian + PENALTY);
    const node = { rows: rows.length, value, feature: -1, threshold: 0, defaultLeft: false, children: null };
    const split = depth < this.#depth ? this.#bestSplit(rows, features, gradient, hessian) : null;
    return { node, depth, rows, split };
  }

  #bestSplit(rows: Int32Array, features: readonly number[], gradient: number, hessian: number): Split | null {
    let best: Split | null = null;
    const whole = (gradient * gradient) / (hessian + PENALTY);
    for (const feature of features) {
      const sums = this.#histogram(rows, feature);
      const missing = [sums[2 * BINS]!, sums[2 * BINS + 1]!] as const;
      for (const defaultLeft of [true, false]) {
        let [g, h] = defaultLeft ? missing : [0, 0];
        for (let bin = 0; bin < this.#columns[feature]!.cuts.length; bin++) {
          g += sums[2 * bin]!;
          h += sums[2 * bin + 1]!;
          if (h < LEAST_WEIGHT || hessian - h < LEAST_WEIGHT) continue;
          const other = gradient - g;
          const gain = (g * g) / (h + PENALTY) + (other * other) / (hessian - h + PENALTY) - whole;
          if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, bin, defaultLeft };
        }
      }
    }
    return best;
  }

  #histogram(rows: Int32Array, feature: number): Float64Array {
    const sums = this.#sums.fill(0);
    const { bins } = this.#columns[feature]!;
    for (const row of rows) {
      const at = 2 * bins[row]!;
      sums[at] = sums[at]! + this.gradients[row]!;
      sums[at + 1] = sums[at + 1]! + this.hessians[row]!;
    }
    return sums;
  }

  #divide({ node, depth, rows }: OpenLeaf, split: Split, features: readonly number[]): [OpenLeaf, OpenLeaf] {
    const { cuts, bins } = this.#columns[split.feature]!;
    const isLeft = (row: number) => (bins[row] === BINS ? split.defaultLeft : bins[row]! <= split.bin);
    const left = this.#openLeaf(rows.filter(isLeft), depth + 1, features);
    const right = this.#openLeaf(
      rows.filter((row) => !isLeft(row)),
      depth + 1,
      features,
    );
    node.value = 0;
    node.feature = split.feature;
    node.threshold = cuts[split.bin]!;
    node.defaultLeft = split.defaultLeft;
    node.children = [left.node, right.node];
    return [left, right];
  }
}
