import type { Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';

/** Contributions or interactions of a block of rows. */
export interface Contributions {
  /** Expected margin: a row's contributions add to it up to the row's margin. */
  readonly baseValue: number;
  /** Contributions: columnCount x rowCount, column by column. Interactions: rowCount x columnCount x columnCount. */
  readonly values: Float64Array;
}

/** What answers one `ShapQuestion` for any number of blocks: made once, of what does not depend on the rows. */
export interface PreparedShap {
  readonly baseValue: number;
  /** The values of `Contributions`. Those of a row do not depend on the rows beside it. */
  explain(block: FeatureBlock): Sliced<Float64Array>;
}

/** Rows that go through one tree after another; what is made per tree and not kept is made once for so many. */
const CHUNK_ROWS = 1024;

/** Steps between two yields: of the unit that `workOf` counts in, about 40 ms. */
const WORK_PER_SLICE = 1 << 23;

/**
 * Calls `pass(tree, start, end)` for every tree on runs of rows covering [0, rowCount), trees ascending within a run, so that
 * what a row gets is added up in the order of the trees. Progress is in rows.
 *
 * @param workOf steps of one row in a tree, of about 5 ns
 */
export function* treesByRows(
  rowCount: number,
  treeCount: number,
  workOf: (tree: number) => number,
  pass: (tree: number, start: number, end: number) => void,
): Sliced<void> {
  let work = 0;
  for (let start = 0; start < rowCount; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, rowCount);
    for (let tree = 0; tree < treeCount; tree++) {
      pass(tree, start, end);
      work += workOf(tree) * (end - start);
      if (work < WORK_PER_SLICE) continue;
      work = 0;
      yield { done: start + Math.floor(((end - start) * (tree + 1)) / treeCount), total: rowCount };
    }
  }
}
