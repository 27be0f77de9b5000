import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { addPair } from './interaction-cells.ts';
import { prepareInterventionalPairs } from './interventional-interactions.ts';
import { type Contributions, type PreparedShap, treesByRows } from './prepared-shap.ts';
import {
  descend,
  EDGE_CONSTANTS,
  edgeConstants,
  type PassRoom,
  passRoom,
  passWork,
  type QuadratureTrees,
  quadratureGain,
  quadratureTrees,
} from './quadrature-pass.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * SHAP interaction values of trees, path-dependent by quadrature and interventional directly, for paths of any length:
 *
 *     φ_ij = ½ v ∫₀¹ Π_k g_k(t) · c_i(t) c_j(t) dt   i ≠ j, summed over leaves      φ_ii = φ_i − Σ_{j≠i} φ_ij
 *
 * in the terms of `QuadratureTrees`. By column: cell (A, B) sums the pairs across, the diagonal takes the pairs within;
 * the matrix is symmetric and its row A adds up to the contribution of A. Values: rowCount x columnCount x columnCount.
 *
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `empty-sample` for a background without rows
 * Source: Lundberg 2020 (SHAP interaction values). O(rows x leaves x path length² x nodes of the tree's rule).
 */
export function prepareInteractions(question: ShapQuestion): PreparedShap {
  return question.expectation.kind === 'interventional'
    ? prepareInterventionalPairs(question)
    : preparePathDependentPairs(question);
}

/** {@link prepareInteractions} for one block, in one go. */
export function shapInteractions(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = prepareInteractions(question);
  return { baseValue, values: drain(explain(block)) };
}

function preparePathDependentPairs(question: ShapQuestion): PreparedShap {
  const trees = quadratureTrees(question);
  const { rules, paths, z } = trees;
  const constantsOf = edgeConstants(trees, (entry, t, isTaken) => quadratureGain(z[entry]!, t, isTaken));
  const pairRoom = { ...passRoom(trees), ...gainRoom(trees) };
  const { columnOf, columnCount } = question;
  return {
    baseValue: trees.baseValue,
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const out = new Float64Array(block.rowCount * columnCount * columnCount);
      const pass = (tree: number, start: number, end: number) => {
        const constants = constantsOf(tree);
        for (let row = start; row < end; row++) {
          descend(trees, tree, constants, block, row, pairRoom);
          for (let leaf = paths.treeEntries[tree]!; leaf < paths.treeEntries[tree + 1]!; leaf++) {
            if (paths.children[leaf]! >= 0 || paths.values[leaf] === 0) continue;
            const length = gatherGains(trees, tree, leaf, constants, pairRoom);
            addLeaf(pairRoom, length, rules[tree]!.nodes.length, columnOf, columnCount, out, row);
          }
        }
      };
      const workOf = (tree: number) => passWork(trees, tree) * (paths.longest[tree]! + 1);
      yield* treesByRows(block.rowCount, rules.length, workOf, pass);
      return out;
    },
  };
}

/** Room for the features of one path: of each its number and its gains at the nodes; and value x product at the nodes. */
interface GainRoom {
  readonly features: Int32Array;
  readonly gains: Float64Array;
  readonly masses: Float64Array;
}

function gainRoom({ paths, rules }: QuadratureTrees): GainRoom {
  const longest = paths.longest.reduce((most, length) => Math.max(most, length), 0);
  const nodes = rules.reduce((most, rule) => Math.max(most, rule.nodes.length), 0);
  return {
    features: new Int32Array(longest),
    gains: new Float64Array(longest * nodes),
    masses: new Float64Array(nodes),
  };
}

/** Collects the last edge on each feature of a leaf's path, from the leaf up; returns how many features there are. */
function gatherGains(
  { paths, rules }: QuadratureTrees,
  tree: number,
  leaf: number,
  constants: Float64Array,
  { features, gains, masses, products, taken }: GainRoom & PassRoom,
): number {
  const count = rules[tree]!.nodes.length;
  const first = paths.treeEntries[tree]!;
  let length = 0;
  for (let entry = leaf; entry > first; entry = paths.parents[entry]!) {
    const feature = paths.features[entry]!;
    if (isAmong(features, length, feature)) continue;
    const at = (entry - first) * count * EDGE_CONSTANTS + (taken[entry - first] === 1 ? 2 : 3) * count;
    for (let q = 0; q < count; q++) gains[length * count + q] = constants[at + q]!;
    features[length++] = feature;
  }
  for (let q = 0; q < count; q++) masses[q] = products[(leaf - first) * count + q]! * paths.values[leaf]!;
  return length;
}

function isAmong(features: Int32Array, length: number, feature: number): boolean {
  for (let k = 0; k < length; k++) if (features[k] === feature) return true;
  return false;
}

function addLeaf(
  { features, gains, masses }: GainRoom,
  length: number,
  count: number,
  columnOf: Int32Array,
  columnCount: number,
  out: Float64Array,
  row: number,
): void {
  const matrix = row * columnCount * columnCount;
  for (let i = 0; i < length; i++) {
    const columnI = columnOf[features[i]!]!;
    let own = 0;
    for (let q = 0; q < count; q++) own += masses[q]! * gains[i * count + q]!;
    out[matrix + columnI * (columnCount + 1)]! += own;
    for (let j = 0; j < i; j++) {
      let shared = 0;
      for (let q = 0; q < count; q++) shared += masses[q]! * gains[i * count + q]! * gains[j * count + q]!;
      addPair(out, matrix, columnCount, columnI, columnOf[features[j]!]!, shared / 2);
    }
  }
}
