/** A picture's arrays as a table: the same numbers for keyboard, screen reader and file. */
export interface TwinColumn {
  readonly name: string;
  readonly values: ArrayLike<number> | readonly string[];
  /** How a number is shown; files get the full number. */
  readonly format?: (value: number) => string;
}

export interface TableTwin {
  readonly columns: readonly TwinColumn[];
  /** The row of a threshold, for the mark of the current one; -1 when it has none. */
  readonly rowAt?: (threshold: number) => number;
}

export interface TwinView {
  readonly header: readonly string[];
  /** Shown texts, at most {@link mostTwinRows} rows. */
  readonly rows: readonly (readonly string[])[];
  /** Says that rows were left out; null when all are there. */
  readonly leftOut: string | null;
}

/** Pictures hold two curves of about 500 points; a table of more rows is read in a file, not on a page. */
export const mostTwinRows = 1100;

/**
 * What the table on the page shows. The row count is that of the longest column; a shorter one leaves its cells empty.
 * NaN is "not defined".
 */
export function twinView(twin: TableTwin): TwinView {
  const total = rowCountOf(twin);
  const shown = Math.min(total, mostTwinRows);
  const rows: string[][] = [];
  for (let row = 0; row < shown; row += 1) {
    rows.push(twin.columns.map((column) => shownCell(column, row)));
  }
  return {
    header: twin.columns.map((column) => column.name),
    rows,
    leftOut: total > shown ? `First ${shown} of ${total} rows; the CSV has all.` : null,
  };
}

/**
 * The row that decides as the threshold does: the lowest of the observed ones at or above it, in any order.
 *
 * @returns -1 when none is (NaN, or above the highest)
 */
export function decidingRow(observed: ArrayLike<number>, threshold: number): number {
  let row = -1;
  for (let i = 0; i < observed.length; i += 1) {
    if (observed[i]! >= threshold && (row < 0 || observed[i]! < observed[row]!)) row = i;
  }
  return row;
}

function rowCountOf(twin: TableTwin): number {
  return Math.max(0, ...twin.columns.map((column) => column.values.length));
}

function shownCell(column: TwinColumn, row: number): string {
  if (row >= column.values.length) return '';
  const value = column.values[row]!;
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return 'not defined';
  return column.format === undefined ? String(value) : column.format(value);
}

/**
 * The table as CSV (RFC 4180: comma, CRLF, quotes doubled): full-precision numbers with a point, whatever the locale;
 * NaN and the infinities, which a CSV has no number for, are empty fields.
 */
export function twinCsv(twin: TableTwin): string {
  const lines = [twin.columns.map((column) => csvField(column.name)).join(',')];
  const total = rowCountOf(twin);
  for (let row = 0; row < total; row += 1) {
    lines.push(twin.columns.map((column) => csvCell(column, row)).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function csvCell(column: TwinColumn, row: number): string {
  if (row >= column.values.length) return '';
  const value = column.values[row]!;
  if (typeof value === 'string') return csvField(value);
  return Number.isFinite(value) ? String(value) : '';
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
