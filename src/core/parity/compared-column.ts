import { DataError } from '../errors.ts';
import type { Table } from '../table/column.ts';
import { columnByName } from '../table/column-access.ts';
import type { ComparedScores } from './compared-form.ts';

/**
 * A number column of a table as one of two forms to compare. It need not hold probabilities: margins are recognised.
 *
 * @returns the column's own array, NaN = missing: not to be written to
 * @throws {DataError} `column-missing` | `score-not-numeric`
 */
export function comparedColumn(table: Table, name: string): ComparedScores {
  const column = columnByName(table, name);
  if (column.kind === 'number') return { name, scores: column.values, precision: 'column', trees: null };
  throw new DataError('score-not-numeric', `The column "${name}" holds no numbers to compare scores with.`, {
    place: { file: table.name, column: name },
    advice: "Choose a number column, or change the column's type to number.",
  });
}
