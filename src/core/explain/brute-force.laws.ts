/** SHAP by its definition, for tests: every coalition of features is valued on its own. 2^features values a row. */
import { goesLeft, leafOf, marginsOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import type { ShapQuestion } from './shap-question.ts';
import { coverShares } from './tree-covers.ts';

export interface BruteForce {
  readonly baseValue: number;
  /** columnCount x rowCount, column by column. */
  readonly values: Float64Array;
  /** rowCount x columnCount x columnCount. */
  readonly interactions: Float64Array;
}

/**
 * Contributions and interactions by enumeration:
 *
 *     φ_i  = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S))
 *     φ_ij = Σ_S |S|! (n − |S| − 2)! / (2 (n − 1)!) · (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S))
 *
 * per feature, then added up by column. Path-dependent v(S) follows both branches of features outside S by their shares;
 * interventional v(S) averages the margin of rows that take S from the row and the rest from a background row.
 */
export function bruteForceShap(question: ShapQuestion, block: FeatureBlock): BruteForce {
  const { ensemble, columnOf, columnCount } = question;
  const features = ensemble.featureCount;
  const values = new Float64Array(columnCount * block.rowCount);
  const interactions = new Float64Array(block.rowCount * columnCount * columnCount);
  let baseValue = Number.NaN;
  for (let row = 0; row < block.rowCount; row++) {
    const game = coalitionValues(question, block, row);
    baseValue = game[0]!;
    const phi = shapley(game, features);
    const pairs = pairShapley(game, features, phi);
    for (let i = 0; i < features; i++) {
      values[columnOf[i]! * block.rowCount + row]! += phi[i]!;
      for (let j = 0; j < features; j++) {
        const cell = columnOf[i]! * columnCount + columnOf[j]!;
        interactions[row * columnCount * columnCount + cell]! += pairs[i * features + j]!;
      }
    }
  }
  return { baseValue, values, interactions };
}

/** What values are compared at: a margin cannot be larger than this, nor can a contribution be twice as large. */
export function marginSize({ ensemble, output }: ShapQuestion): number {
  const { leafValues, treeWeights, baseValues } = ensemble;
  const leaf = leafValues.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const weights = ensemble.roots.reduce((sum, _, tree) => sum + Math.abs(treeWeights?.[tree] ?? 1), 0);
  return Math.abs(baseValues[output]!) + leaf * weights;
}

/** The explained margins, each tree's leaf added in float64. */
export function float64Margins({ ensemble, output }: ShapQuestion, block: FeatureBlock): Float64Array {
  const margins = marginsOf({ ...ensemble, sums: 'float64' }, block);
  return Float64Array.from(
    { length: block.rowCount },
    (_, row) => margins[row * ensemble.outputCount + output]!,
  );
}

/** Base + Σ contributions of each row, of values as columnCount x rowCount. */
export function sumsOf(baseValue: number, values: Float64Array, rowCount: number): Float64Array {
  const sums = new Float64Array(rowCount).fill(baseValue);
  for (let i = 0; i < values.length; i++) sums[i % rowCount]! += values[i]!;
  return sums;
}

/** Largest |a − b|; NaN when a value is, or when the lengths differ. */
export function largestGap(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Number.NaN;
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

/** v(S) of every coalition S, as bits of features. */
function coalitionValues(question: ShapQuestion, block: FeatureBlock, row: number): Float64Array {
  const { ensemble, output, expectation } = question;
  const expected =
    expectation.kind === 'path-dependent'
      ? expectedByShares(question, coverShares(ensemble, expectation.covers).left, block, row)
      : averageOfHybrids(question, expectation.background, block, row);
  const count = 2 ** ensemble.featureCount;
  return Float64Array.from(
    { length: count },
    (_, coalition) => ensemble.baseValues[output]! + expected(coalition),
  );
}

function expectedByShares(question: ShapQuestion, shares: Float64Array, block: FeatureBlock, row: number) {
  const { ensemble } = question;
  const { features, left, right, roots } = ensemble;
  const below = (child: number, tree: number, coalition: number): number => {
    if (child < 0) return leafValue(question, tree, ~child);
    const feature = features[child]!;
    if (((coalition >> feature) & 1) === 1) {
      const goes = goesLeft(ensemble, child, block.columns[feature]![row]!);
      return below(goes ? left[child]! : right[child]!, tree, coalition);
    }
    const share = shares[child]!;
    return share * below(left[child]!, tree, coalition) + (1 - share) * below(right[child]!, tree, coalition);
  };
  return (coalition: number) => roots.reduce((sum, root, tree) => sum + below(root, tree, coalition), 0);
}

function averageOfHybrids(
  question: ShapQuestion,
  background: FeatureBlock,
  block: FeatureBlock,
  row: number,
) {
  const { ensemble } = question;
  return (coalition: number) => {
    const columns = background.columns.map((column, j) =>
      ((coalition >> j) & 1) === 1
        ? new Float64Array(background.rowCount).fill(block.columns[j]![row]!)
        : column,
    );
    const hybrids = { rowCount: background.rowCount, columns };
    let sum = 0;
    for (let i = 0; i < hybrids.rowCount; i++)
      for (let tree = 0; tree < ensemble.roots.length; tree++)
        sum += leafValue(question, tree, leafOf(ensemble, hybrids, i, tree));
    return sum / hybrids.rowCount;
  };
}

function leafValue({ ensemble, output }: ShapQuestion, tree: number, leaf: number): number {
  const { leafWidth, leafValues, treeOutputs, treeWeights } = ensemble;
  if (leafWidth === 1 && treeOutputs[tree] !== output) return 0;
  return (treeWeights?.[tree] ?? 1) * leafValues[leafWidth === 1 ? leaf : leaf * leafWidth + output]!;
}

function shapley(game: Float64Array, features: number): Float64Array {
  const phi = new Float64Array(features);
  for (let i = 0; i < features; i++)
    for (let coalition = 0; coalition < game.length; coalition++) {
      if (((coalition >> i) & 1) === 1) continue;
      const size = bitCount(coalition);
      const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
      phi[i]! += weight * (game[coalition | (1 << i)]! - game[coalition]!);
    }
  return phi;
}

function pairShapley(game: Float64Array, features: number, phi: Float64Array): Float64Array {
  const pairs = new Float64Array(features * features);
  for (let i = 0; i < features; i++) {
    let others = 0;
    for (let j = 0; j < features; j++) {
      if (j === i) continue;
      pairs[i * features + j] = pairOf(game, features, 1 << i, 1 << j);
      others += pairs[i * features + j]!;
    }
    pairs[i * features + i] = phi[i]! - others;
  }
  return pairs;
}

function pairOf(game: Float64Array, features: number, i: number, j: number): number {
  let sum = 0;
  for (let coalition = 0; coalition < game.length; coalition++) {
    if ((coalition & (i | j)) !== 0) continue;
    const size = bitCount(coalition);
    const weight = (factorial(size) * factorial(features - size - 2)) / (2 * factorial(features - 1));
    sum +=
      weight * (game[coalition | i | j]! - game[coalition | i]! - game[coalition | j]! + game[coalition]!);
  }
  return sum;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
