import { type BoundFeatures, featureBlock } from '../core/model/feature-block.ts';
import { inSlices, type Sliced } from '../core/sliced.ts';
import type { CategoryColumn, Column } from '../core/table/column.ts';
import { isMissing } from '../core/table/column-access.ts';

/** Up to this many rows, a table is compared whole: the slowest reference takes some 0.2 s for them. */
const WHOLE_ROWS = 8192;

/** Of a longer table so many rows are taken evenly spread. */
export const SPREAD_ROWS = 4096;

/** Rows taken besides for what they hold: half of them for the ends of features, half for missing cells. */
const SPECIAL_ROWS = 512;

/** Rows taken besides for categories that no other row holds: a rare one is what a decoded encoder gets wrong unseen. */
const CATEGORY_ROWS = 1024;

/**
 * The rows of a table on which a kernel is compared with its reference: all up to 8,192 rows, else 4,096 spread evenly
 * from the first to the last, and up to 512 others that hold the smallest or the largest value of a feature that some
 * split reads, or a missing cell; and up to 1,024 with the categories that are not among them yet. The same rows for the
 * same table, always.
 *
 * @param bound   the features of the core, bound to the table
 * @param isUsed  per feature, whether the core reads it
 * @param columns the columns that feed the model: their missing cells need not be missing values of a feature
 * @returns ascending, without repeats. O(rows x (features + columns)), in slices
 */
export function* gateRows(
  bound: BoundFeatures,
  isUsed: readonly boolean[],
  columns: readonly Column[],
): Sliced<Uint32Array> {
  const { rowCount } = bound;
  if (rowCount <= WHOLE_ROWS) return Uint32Array.from({ length: rowCount }, (_, row) => row);
  const rows = new Set<number>();
  for (let i = 0; i < SPREAD_ROWS; i++) rows.add(Math.floor((i * (rowCount - 1)) / (SPREAD_ROWS - 1)));
  const used = bound.sources.filter((_, j) => isUsed[j]).slice(0, SPECIAL_ROWS / 4);
  for (const source of used) {
    for (const row of yield* extremeRows({ rowCount, sources: [source] })) rows.add(row);
  }
  const each = Math.max(1, Math.floor(SPECIAL_ROWS / 2 / Math.max(1, columns.length)));
  for (const column of columns.slice(0, SPECIAL_ROWS / 2)) {
    for (const row of yield* missingRows(column, rowCount, each)) rows.add(row);
  }
  const coded = columns.filter((column) => column.kind === 'category').slice(0, CATEGORY_ROWS);
  for (const column of coded) {
    const most = Math.floor(CATEGORY_ROWS / coded.length);
    for (const row of yield* newCategoryRows(column, rows, rowCount, most)) rows.add(row);
  }
  return Uint32Array.from(rows).sort();
}

/** The first rows of categories that none of `rows` holds. */
function* newCategoryRows(
  { codes, dictionary }: CategoryColumn,
  rows: ReadonlySet<number>,
  rowCount: number,
  most: number,
): Sliced<number[]> {
  const isSeen = new Uint8Array(dictionary.length);
  for (const row of rows) if (codes[row]! >= 0) isSeen[codes[row]!] = 1;
  const found: number[] = [];
  yield* inSlices(rowCount, (start, end) => {
    for (let row = start; row < end && found.length < most; row++) {
      const code = codes[row]!;
      if (code < 0 || isSeen[code] === 1) continue;
      isSeen[code] = 1;
      found.push(row);
    }
  });
  return found;
}

/** First rows of a feature's smallest and largest value. */
function* extremeRows(feature: BoundFeatures): Sliced<number[]> {
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
    }
  });
  return [minRow, maxRow].filter((row) => row >= 0);
}

/** The first rows without a value in a column. */
function* missingRows(column: Column, rowCount: number, most: number): Sliced<number[]> {
  const rows: number[] = [];
  yield* inSlices(rowCount, (start, end) => {
    for (let row = start; row < end && rows.length < most; row++) if (isMissing(column, row)) rows.push(row);
  });
  return rows;
}
