/** Scores and amounts that a table already holds. */
import { DataError } from '../errors.ts';
import type { NumberColumn, Table } from './column.ts';
import { columnByName } from './column-access.ts';

/**
 * The scores in a column, one per row, in [0,1]; NaN where the cell is missing (such a row is never flagged, always counted).
 *
 * @returns the column's own array: not to be written to
 * @throws {DataError} `column-missing` | `score-not-numeric` | `score-missing` (no cell has a value) | `score-out-of-range`
 */
export function scoresFromColumn(table: Table, column: string): Float64Array {
  const { values } = numbersOf(table, column, 'score-not-numeric', 'scores');
  let present = 0;
  for (let row = 0; row < values.length; row++) {
    const score = values[row]!;
    if (Number.isNaN(score)) continue;
    present++;
    if (score >= 0 && score <= 1) continue;
    throw new DataError(
      'score-out-of-range',
      `The score ${score} in column "${column}", data row ${row} (from 0), is outside [0, 1].`,
      {
        place: { file: table.name, column, row },
        advice:
          'Choose the column that holds probabilities; log-odds, ranks and percents must be converted first.',
      },
    );
  }
  if (present === 0) {
    throw new DataError('score-missing', `The column "${column}" has no score in any row.`, {
      place: { file: table.name, column },
      advice: 'Choose another score column.',
    });
  }
  return values;
}

/**
 * The amounts in a column, one per row, in the table's currency; NaN where missing (such a row carries no money).
 *
 * @returns the column's own array: not to be written to
 * @throws {DataError} `column-missing` | `amount-not-numeric`
 */
export function amountsFromColumn(table: Table, column: string): Float64Array {
  return numbersOf(table, column, 'amount-not-numeric', 'amounts').values;
}

function numbersOf(
  table: Table,
  name: string,
  code: 'score-not-numeric' | 'amount-not-numeric',
  what: string,
): NumberColumn {
  const column = columnByName(table, name);
  if (column.kind === 'number') return column;
  throw new DataError(code, `The column "${name}" holds ${wordsFor(column.kind)}, not numbers.`, {
    place: { file: table.name, column: name },
    advice: `Choose a number column for the ${what}, or change the column's type to number.`,
  });
}

function wordsFor(kind: 'category' | 'date' | 'text'): string {
  return kind === 'category' ? 'categories' : kind === 'date' ? 'dates' : 'text';
}
