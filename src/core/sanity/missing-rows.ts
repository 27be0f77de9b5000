import { inSlices, type Sliced, stage } from '../sliced.ts';
import type { Column } from '../table/column.ts';

export interface MissingRows {
  /** Missing cells of each column, in their order. */
  readonly inColumns: readonly number[];
  /** Rows that lack a value in at least one of the columns. */
  readonly rows: number;
  /** Those of them that have no score. */
  readonly unscored: number;
}

/**
 * Counts the rows that lack a value in any of some columns, and those of them without a score.
 *
 * @param columns all as long as `scores`; none is missing anything when there are none
 * @param scores  NaN = no score
 * O(rows x columns), in slices
 */
export function* missingRows(columns: readonly Column[], scores: Float64Array): Sliced<MissingRows> {
  const rowCount = scores.length;
  const lacking = new Uint8Array(rowCount);
  const total = rowCount * (columns.length + 1);
  const inColumns: number[] = [];
  for (const [i, column] of columns.entries()) {
    let missing = 0;
    const mark = inSlices(rowCount, (start, end) => {
      missing += markMissing(column, lacking, start, end);
    });
    yield* stage(mark, i * rowCount, (i + 1) * rowCount, total);
    inColumns.push(missing);
  }
  let rows = 0;
  let unscored = 0;
  const count = inSlices(rowCount, (start, end) => {
    for (let row = start; row < end; row++) {
      if (lacking[row] === 0) continue;
      rows++;
      if (Number.isNaN(scores[row]!)) unscored++;
    }
  });
  yield* stage(count, columns.length * rowCount, total, total);
  return { inColumns, rows, unscored };
}

/** Marks the rows of [start, end) where the column holds no value, and counts them. */
function markMissing(column: Column, lacking: Uint8Array, start: number, end: number): number {
  let missing = 0;
  const mark = (row: number) => {
    lacking[row] = 1;
    missing++;
  };
  if (column.kind === 'category') {
    for (let row = start; row < end; row++) if (column.codes[row]! < 0) mark(row);
  } else if (column.kind === 'text') {
    for (let row = start; row < end; row++) if (column.offsets[row] === column.offsets[row + 1]) mark(row);
  } else {
    for (let row = start; row < end; row++) if (Number.isNaN(column.values[row]!)) mark(row);
  }
  return missing;
}
