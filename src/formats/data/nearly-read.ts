/** Columns of texts that are numbers or dates but for a few cells or for the signs at them: the reader says so, and keeps the texts. */
import type { CategoryColumn, TextColumn } from '../../core/table/column.ts';
import { cellText, rowCountOf } from '../../core/table/column-access.ts';
import { isNumericMissingToken } from '../../core/table/missing-tokens.ts';
import { parseDate } from '../../core/table/parse-date.ts';
import { parseLocalNumber } from '../../core/table/parse-local-number.ts';
import type { Notice } from '../../core/table/summary.ts';

/** Cells looked at, spread over the column. */
const SAMPLE_CELLS = 1000;
/** From here on a column is nearly one of numbers or dates. */
const NEARLY = 0.9;
const FEWEST_CELLS = 10;
const LONGEST_EXAMPLE = 24;

const CURRENCY = '[$€£¥]|EUR|USD|GBP|CHF|JPY';
const BLANK = String.raw`[ \u00a0\u2009\u202f]?`;
/** `$1,000.50`, `12,5 %`, `(1.234,56)`, `50.00-`, and a true minus sign. */
const SIGNED = new RegExp(
  String.raw`^(?:\()?[-+−]?${BLANK}(?:${CURRENCY})?${BLANK}[-+−]?(\d[\d.,'’ \u00a0\u2009\u202f]*?)${BLANK}(?:%|${CURRENCY})?[-)]?$`,
);

interface Sample {
  readonly present: number;
  readonly numbers: number;
  readonly signed: number;
  readonly dates: number;
  /** Examples of a number with a sign, and of a cell that is no date. */
  readonly signedExample: string;
  readonly undatedExample: string;
}

/**
 * A notice when nine of ten cells (of up to 1000 that are spread over the column) are numbers, or dates; null else.
 *
 * @param other text and line of the first cell that is no number
 */
export function nearlyReadNotice(
  raw: CategoryColumn | TextColumn,
  other: { readonly text: string; readonly line: number },
): Notice | null {
  const { name: column } = raw;
  const { present, numbers, signed, dates, signedExample, undatedExample } = sampleOf(raw);
  if (present < FEWEST_CELLS) return null;
  if (signed > 0 && numbers + signed >= present * NEARLY) {
    return {
      code: 'signed-numbers',
      message: `"${column}" is not read as numbers: cells such as ${signedExample} hold a currency or percent sign, parentheses or a sign in an unusual place. To use it as numbers, export it without them.`,
      column,
    };
  }
  if (numbers >= present * NEARLY) {
    return {
      code: 'nearly-numbers',
      message: `Nearly all cells of "${column}" are numbers, but not all: "${shortened(other.text)}" in line ${other.line} is none. It is read as ${raw.kind === 'category' ? 'categories' : 'texts'}; when its type is changed to number, such cells are missing.`,
      column,
      line: other.line,
    };
  }
  if (dates < present * NEARLY) return null;
  const example = undatedExample === '' ? '' : `, for example "${shortened(undatedExample)}"`;
  return {
    code: 'nearly-dates',
    message: `Nearly all cells of "${column}" are dates, but not all${example}. When its type is changed to date, the others are missing.`,
    column,
  };
}

function sampleOf(raw: CategoryColumn | TextColumn): Sample {
  const found = { present: 0, numbers: 0, signed: 0, dates: 0, signedExample: '', undatedExample: '' };
  const rows = rowCountOf(raw);
  for (let row = 0; row < rows; row += Math.max(1, Math.floor(rows / SAMPLE_CELLS))) {
    const text = cellText(raw, row)?.trim() ?? '';
    if (text === '' || isNumericMissingToken(text)) continue;
    found.present++;
    if (isNumber(text)) found.numbers++;
    else if (isNumber(SIGNED.exec(text)?.[1] ?? '')) {
      found.signed++;
      found.signedExample ||= text;
    }
    if (isDate(text)) found.dates++;
    else found.undatedExample ||= text;
  }
  return found;
}

function isNumber(text: string): boolean {
  return !Number.isNaN(parseLocalNumber(text, '.')) || !Number.isNaN(parseLocalNumber(text, ','));
}

function isDate(text: string): boolean {
  return !Number.isNaN(parseDate(text, 'day-first')) || !Number.isNaN(parseDate(text, 'month-first'));
}

function shortened(text: string): string {
  return text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE)}…` : text;
}
