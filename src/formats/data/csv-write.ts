import type { Column, Table } from '../../core/table/column.ts';
import { cellText } from '../../core/table/column-access.ts';

export interface CsvWriteOptions {
  readonly delimiter?: string;
  readonly lineEnd?: '\n' | '\r\n';
}

/**
 * The table as delimited text (RFC 4180), header first, every line ended. Cells with a delimiter, quote, line end, or a blank at
 * either end are quoted; missing cells are empty (`""` in a table of one column, whose blank lines would be skipped on reading).
 */
export function writeCsv(table: Table, options: CsvWriteOptions = {}): string {
  return [...csvPieces(table, options)].join('');
}

/** Pieces of about 64 KB: joining them once is faster than growing one text line by line. */
function* csvPieces(table: Table, options: CsvWriteOptions = {}): Generator<string> {
  const { delimiter = ',', lineEnd = '\n' } = options;
  const alone = table.columns.length === 1;
  let piece =
    csvLine(
      table.columns.map((column) => column.name),
      delimiter,
      alone,
    ) + lineEnd;
  for (let row = 0; row < table.rowCount; row++) {
    piece += csvLine(rowTexts(table.columns, row), delimiter, alone) + lineEnd;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** One line without its line end. `alone`: the only cell of a line is quoted when empty. */
function csvLine(cells: readonly string[], delimiter = ',', alone = cells.length === 1): string {
  return cells.map((cell) => (alone && cell === '' ? '""' : csvCell(cell, delimiter))).join(delimiter);
}

function csvCell(text: string, delimiter: string): string {
  const quoted = text.includes(delimiter) || /["\r\n]|^[ \t]|[ \t]$/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

function rowTexts(columns: readonly Column[], row: number): string[] {
  return columns.map((column) => cellText(column, row) ?? '');
}
