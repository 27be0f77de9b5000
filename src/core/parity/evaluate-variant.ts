/** Scores of a form's trees, as they are or changed, on the sample. */
import type { Sliced } from '../sliced.ts';
import { applyLink } from '../trees/apply-link.ts';
import { marginsOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { type CauseSample, type Fit, fitOf, type SampledForm, type SampledTrees } from './cause-sample.ts';

/** Rows times trees between two yields: 50,000 walks down deep trees take about 30 ms. */
const WALKS_PER_SLICE = 50_000;

/** A first look that spares most variants the whole sample. */
const SCREEN_ROWS = 192;

/** A variant that does not explain this share of the first look explains nothing. */
const SCREEN_SHARE = 0.5;

/** Rows [start, end) of a block, as views. */
export function rowsOfBlock(block: FeatureBlock, start: number, end: number): FeatureBlock {
  return { rowCount: end - start, columns: block.columns.map((column) => column.subarray(start, end)) };
}

/** A block in parts that take about 20 ms each to run through so many trees. */
export function* partsOfBlock(
  block: FeatureBlock,
  treeCount: number,
): Generator<{ readonly part: FeatureBlock; readonly start: number; readonly end: number }> {
  const step = Math.max(1, Math.floor(WALKS_PER_SLICE / Math.max(1, treeCount)));
  for (let start = 0; start < block.rowCount; start += step) {
    const end = Math.min(block.rowCount, start + step);
    yield { part: rowsOfBlock(block, start, end), start, end };
  }
}

/** What the link returns for the rows of a block: row by row, {@link widthOf} values each. */
export function* linkedSliced(ensemble: TreeEnsemble, block: FeatureBlock): Sliced<Float64Array> {
  const width = widthOf(ensemble);
  const out = new Float64Array(block.rowCount * width);
  for (const { part, start, end } of partsOfBlock(block, ensemble.roots.length)) {
    out.set(applyLink(ensemble, marginsOf(ensemble, part)), start * width);
    yield { done: end, total: block.rowCount };
  }
  return out;
}

/** One of the `width` values per row. */
export function columnOf(linked: Float64Array, width: number, column: number): Float64Array {
  return Float64Array.from({ length: linked.length / width }, (_, row) => linked[row * width + column]!);
}

/** Values per row that `applyLink` returns. */
export function widthOf({ outputCount, classCount }: TreeEnsemble): number {
  return outputCount === 1 && classCount === 2 ? 2 : outputCount;
}

/** The score that a changed ensemble gives the rows of a block, at the place where the form's own trees have it. */
export function* variantScores(
  trees: SampledTrees,
  ensemble: TreeEnsemble,
  block: FeatureBlock = trees.block,
): Sliced<Float64Array> {
  return columnOf(yield* linkedSliced(ensemble, block), widthOf(ensemble), trees.column);
}

/**
 * How far a changed ensemble of one form is from the other form's scores.
 *
 * @returns null when a first look at 192 rows shows that it is not what happened
 */
export function* variantFit(
  sample: CauseSample,
  trees: SampledTrees,
  other: SampledForm,
  ensemble: TreeEnsemble,
  block: FeatureBlock = trees.block,
): Sliced<Fit | null> {
  const measure = (scores: Float64Array) => fitOf(scores, other.scores, sample.isDiffering, sample.tolerance);
  if (block.rowCount > SCREEN_ROWS) {
    const first = measure(yield* variantScores(trees, ensemble, rowsOfBlock(block, 0, SCREEN_ROWS)));
    if (first.explained < SCREEN_SHARE || first.broken > 1 - SCREEN_SHARE) return null;
  }
  return measure(yield* variantScores(trees, ensemble, block));
}
