import { type BoundFeatures, featureBlock } from '../core/model/feature-block.ts';
import { inSlices, type Sliced } from '../core/sliced.ts';

/** Up to this many rows, a table is compared whole; of a longer one, so many are taken evenly spread. */
export const SPREAD_ROWS = 4096;

/** Rows taken besides for what they hold: missing values and the ends of the features. */
const SPECIAL_ROWS = 512;

/**
 * The rows of a table on which a kernel is compared with its reference: all up to 4,096 rows, else 4,096 spread evenly
 * from the first to the last, and up to 512 that hold the smallest, the largest or a missing value of a feature that
 * some split reads. The same rows for the same table, always.
 *
 * @param bound    the features of the core, bound to the table
 * @param isUsed   per feature, whether the core reads it
 * @returns ascending, without repeats. O(rows x features), in slices
 */
export function* gateRows(bound: BoundFeatures, isUsed: readonly boolean[]): Sliced<Uint32Array> {
  const { rowCount } = bound;
  if (rowCount <= SPREAD_ROWS) return Uint32Array.from({ length: rowCount }, (_, row) => row);
  const rows = new Set<number>();
  for (let i = 0; i < SPREAD_ROWS; i++) rows.add(Math.floor((i * (rowCount - 1)) / (SPREAD_ROWS - 1)));
  const used = bound.sources.filter((_, j) => isUsed[j]);
  const each = Math.max(3, Math.floor(SPECIAL_ROWS / Math.max(1, used.length)));
  const mostRows = rows.size + SPECIAL_ROWS;
  for (const source of used) {
    if (rows.size >= mostRows) break;
    const special = yield* specialRows({ rowCount, sources: [source] }, each);
    for (const row of special) if (rows.size < mostRows) rows.add(row);
  }
  return Uint32Array.from(rows).sort();
}

/** First rows of a feature's smallest and largest value, then the first rows where it is missing. */
function* specialRows(feature: BoundFeatures, most: number): Sliced<number[]> {
  const missing: number[] = [];
  let minRow = -1;
  let maxRow = -1;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  yield* inSlices(feature.rowCount, (start, end) => {
    const [values] = featureBlock(feature, start, end).columns;
    for (let i = 0; i < end - start; i++) {
      const value = values![i]!;
      if (value < min) [min, minRow] = [value, start + i];
      if (value > max) [max, maxRow] = [value, start + i];
      if (missing.length < most - 2 && Number.isNaN(value)) missing.push(start + i);
    }
  });
  return [minRow, maxRow, ...missing].filter((row) => row >= 0);
}
