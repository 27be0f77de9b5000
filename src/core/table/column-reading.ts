import type { ColumnKind } from './column.ts';

/** Which part comes first in dates such as 03/04/2024. */
export type DateOrder = 'year-first' | 'day-first' | 'month-first';

/**
 * How one column's cells are read where that differs from the reader's own choice. Absent parts stay as the reader chose them.
 * A reading is applied to the encoded column, never to the file again.
 */
export interface ColumnReading {
  readonly kind?: ColumnKind;
  /** Texts that mean "no value" here, beside the usual ones: `unknown`, `-999` (in a number column compared as numbers). */
  readonly missing?: readonly string[];
  /** Usual missing tokens that are values here: a region called NA. */
  readonly values?: readonly string[];
  readonly dateOrder?: DateOrder;
  /** The decimal mark of numbers written as text. */
  readonly decimal?: '.' | ',';
}

/** Readings by column name; absent = as the file was read. */
export type ColumnReadings = Readonly<Record<string, ColumnReading>>;
