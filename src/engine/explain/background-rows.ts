import { DataError } from '../../core/errors.ts';
import type { BackgroundChoice } from '../../core/explain/explanation.ts';
import type { Table } from '../../core/table/column.ts';
import { drawRows, rowsWith } from './reference-rows.ts';

/** More are slow by the row and change little; the standard error of a mean over 1,000 rows is 3 % of a deviation. */
const MOST_BACKGROUND_ROWS = 1000;

/**
 * The rows that stand for absent features, taken from the reference rows as the user chose.
 *
 * - `all`: drawn with the seed.
 * - `near-threshold`: the `size` rows on that side whose scores are nearest to the threshold, ties in the order of the
 *   table; rows without a score are on neither side.
 * - `cohort`: rows with one of the values, drawn with the seed.
 *
 * @param reference table rows to choose from, ascending (`referenceRows`)
 * @param scores    one per table row, NaN = none; null while the table is not scored
 * @returns table rows, ascending, 1 to `choice.size` of them
 * @throws {DataError} `invalid-argument` for a size outside 1 to 1,000, a cohort without values, a threshold that is no
 *   number; `score-missing` when scores are needed and not there; `column-missing` | `value-missing` for the cohort;
 *   `empty-sample` when no reference row qualifies
 */
export function backgroundRows(
  table: Table,
  reference: Uint32Array,
  choice: BackgroundChoice,
  scores: Float64Array | null,
): Uint32Array {
  const { rows, size, seed } = choice;
  refuseSize(size);
  switch (rows.kind) {
    case 'all':
      return drawRows(reference, size, seed);
    case 'cohort': {
      if (rows.values.length === 0) throw noValues(rows.column);
      const marks = rowsWith(table, rows.column, rows.values);
      const cohort = reference.filter((row) => marks[row] === 1);
      if (cohort.length === 0) throw noCohort(rows.column, rows.values);
      return drawRows(cohort, size, seed);
    }
    case 'near-threshold': {
      if (scores === null) throw notScored();
      if (Number.isNaN(rows.threshold)) throw noThreshold();
      const isFlagged = rows.side === 'flagged';
      const side = reference.filter((row) =>
        isFlagged ? scores[row]! >= rows.threshold : scores[row]! < rows.threshold,
      );
      if (side.length === 0) throw nobodyThere(rows.side, rows.threshold);
      return nearest(side, scores, rows.threshold, size);
    }
  }
}

function nearest(rows: Uint32Array, scores: Float64Array, threshold: number, size: number): Uint32Array {
  const distance = (row: number) => Math.abs(scores[row]! - threshold);
  // An infinite threshold is equally far from all: their difference is no number, and the table's order decides.
  const byDistance = (a: number, b: number) => distance(a) - distance(b) || a - b;
  return rows.slice().sort(byDistance).slice(0, size).sort();
}

function refuseSize(size: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= MOST_BACKGROUND_ROWS) return;
  throw new DataError('invalid-argument', `A background of ${size} rows cannot be taken.`, {
    advice: `Choose a whole number of rows from 1 to ${MOST_BACKGROUND_ROWS}; 100 or more give steady figures.`,
  });
}

function noValues(column: string): DataError {
  return new DataError('invalid-argument', `The cohort names no value of "${column}".`, {
    place: { column },
    advice: 'Choose at least one value.',
  });
}

function noCohort(column: string, values: readonly string[]): DataError {
  const named = values.map((value) => `"${value}"`).join(', ');
  return new DataError('empty-sample', `No row outside the split has ${named} in "${column}".`, {
    place: { column },
    advice: 'Choose other values, another column, or all rows as the background.',
  });
}

function notScored(): DataError {
  return new DataError(
    'score-missing',
    'Rows near the threshold are found by their scores, and there are none yet.',
    {
      advice: 'Score the table first, or choose another background.',
    },
  );
}

function noThreshold(): DataError {
  return new DataError('invalid-argument', 'The threshold of the background is not a number.', {
    advice: 'Give the threshold, or choose another background.',
  });
}

function nobodyThere(side: 'passed' | 'flagged', threshold: number): DataError {
  const does = side === 'flagged' ? 'is flagged' : 'passes';
  return new DataError('empty-sample', `No row outside the split ${does} at the threshold ${threshold}.`, {
    advice: 'Choose the other side, another threshold, or all rows as the background.',
  });
}
