import type { ColumnKind } from './column.ts';
import type { ColumnReading } from './column-reading.ts';
import type { ColumnRole } from './roles.ts';

/** Something the reader noticed and went on from: said on screen and in `review`'s warnings. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly column?: string;
  /** Line in the file, from 1, of the first occurrence. */
  readonly line?: number;
  readonly count?: number;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** What the column table shows of one column. Counts are over all rows. */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly missing: number;
  /** Cells that held text which the column's kind could not read; counted in `missing` too. */
  readonly unparsable: number;
  readonly distinct: number;
  /** For number and date (date: epoch ms); null when all missing, or for category and text. */
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
  /** First and third quartile (number, date); null otherwise. */
  readonly quartiles: readonly [number, number] | null;
  /** Cells that held a usual missing token, by token; only where the column's encoding still knows them (category). */
  readonly missingTokens: readonly ValueCount[];
  /** How the reader read the column where the file left a choice; {} when it did not. */
  readonly reading: Pick<ColumnReading, 'dateOrder' | 'decimal'>;
  /** Most frequent values, at most 50; for a category column with <= 50 values all of them. Empty for text. */
  readonly topValues: readonly ValueCount[];
  /** Counts in 24 equal-width bins between min and max (number, date); null otherwise. */
  readonly histogram: readonly number[] | null;
  readonly guessedRole: ColumnRole | null;
}

export interface TableSummary {
  /** Content hash of the file's bytes (and of the options that change what is read): the table's handle. */
  readonly id: string;
  readonly name: string;
  readonly byteLength: number;
  readonly rowCount: number;
  readonly columns: readonly ColumnSummary[];
  readonly notices: readonly Notice[];
}
