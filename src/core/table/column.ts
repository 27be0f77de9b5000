import type { DateOrder } from './column-reading.ts';

/**
 * Columns: the only form in which row data exists in Cutline. Every array is as long as the table has
 * rows (text: see there) and may lie over a SharedArrayBuffer, so that the scoring pool reads it uncopied.
 */

/** What a column can be. Users may change it in place (`retype`). */
export type ColumnKind = 'number' | 'category' | 'date' | 'text';

/**
 * How the numbers of a column were written, so that number -> category restores the very text.
 * `shortest`: as `String(x)` writes them (12, 0.5); `float`: as Python does (12.0, 0.5); `mixed`: neither.
 */
export type NumberSpelling = 'shortest' | 'float' | 'mixed';

/** Numbers; NaN where the cell is missing or could not be read as a number. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
  readonly spelling: NumberSpelling;
  /** The decimal mark in the file, where commas or other separators made it a choice; absent for plain numbers. */
  readonly decimal?: '.' | ',';
}

/**
 * Few distinct texts: `codes[row]` indexes `dictionary`; any negative code is missing, -1 for an empty cell, -(2 + i) for the
 * token `MISSING_TOKENS[i]`. The dictionary is in order of first appearance.
 */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** How dates such as 03/04/24, which leave a choice, were written and read. */
export interface DateWriting {
  readonly order: DateOrder;
  /** Two digits a year. */
  readonly shortYears: boolean;
}

/** Moments as milliseconds since 1970-01-01 UTC; NaN where missing. Dates without a zone are read as UTC. */
export interface DateColumn {
  readonly kind: 'date';
  readonly name: string;
  readonly values: Float64Array;
  /** Where every date of the column left a choice; absent for dates that can be read in one way only. */
  readonly written?: DateWriting;
}

/**
 * Many distinct texts (names, ids): UTF-8 of row r is `bytes[offsets[r], offsets[r + 1])`; an empty range is missing.
 * `offsets` has rowCount + 1 entries.
 */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

export type Column = NumberColumn | CategoryColumn | DateColumn | TextColumn;

/** A table is named columns and a row count; never an array of row objects. */
export interface Table {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly Column[];
}
