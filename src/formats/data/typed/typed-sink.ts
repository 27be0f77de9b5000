import type { Column } from '../../../core/table/column.ts';
import type { Allocate } from '../../../core/table/place-column.ts';

/** What a finished column is, and how many of its cells held a value that the kind cannot hold. */
export interface FinishedColumn {
  readonly column: Column;
  readonly unparsable: number;
}

/** Takes the cells of one column in order; how depends on the sink. */
export interface TypedSink {
  /** Bytes of typed arrays taken so far. */
  readonly byteLength: number;
  /** @throws {Error} fewer cells were added than the table has rows */
  finish(): FinishedColumn;
}

/** Where a column of a typed format goes: the row count is known before the first cell. */
export interface Target {
  readonly name: string;
  readonly rowCount: number;
  readonly allocate: Allocate;
}

/** @throws {Error} not all rows were filled, or more than there are */
export function checkFilled(target: Target, filled: number): void {
  if (filled !== target.rowCount) throw new Error(`it has ${filled} of ${target.rowCount} rows`);
}
