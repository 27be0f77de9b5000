/** What the settings of one column show: what counts as missing, and which questions its values leave open. */
import type { ColumnReading, DateOrder } from '../../core/table/column-reading.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { formatCount } from '../../design/format.ts';

export interface MissingToken {
  readonly token: string;
  /** "120" cells; '' where the encoded column no longer knows. */
  readonly count: string;
  /** added: by the user; usual: a token that stands for "no value" everywhere; value: a usual one that is a value here. */
  readonly state: 'added' | 'usual' | 'value';
}

export interface ColumnSettingsView {
  readonly tokens: readonly MissingToken[];
  /** null where the order of day, month and year was never in question. */
  readonly dateOrder: DateOrder | null;
  readonly decimal: '.' | ',' | null;
  readonly isChanged: boolean;
}

/**
 * @param column as it is shown now
 * @param asRead the same column as the file was read
 */
export function columnSettingsView(
  column: ColumnSummary,
  asRead: ColumnSummary,
  reading: ColumnReading | undefined,
): ColumnSettingsView {
  const { missing = [], values = [] } = reading ?? {};
  // Counts of usual tokens come from the column as it was read: there they are still told apart.
  const countOf = (token: string): string => {
    const found =
      asRead.missingTokens.find(({ value }) => value === token) ??
      asRead.topValues.find(({ value }) => value === token);
    return found === undefined ? '' : formatCount(found.count);
  };
  const usual = asRead.missingTokens.map(({ value }) => value).filter((token) => !values.includes(token));
  const tokens: readonly MissingToken[] = [
    ...missing.map((token) => ({ token, count: countOf(token), state: 'added' as const })),
    ...usual.map((token) => ({ token, count: countOf(token), state: 'usual' as const })),
    ...values.map((token) => ({ token, count: countOf(token), state: 'value' as const })),
  ];
  return {
    tokens,
    dateOrder:
      column.kind === 'date'
        ? (reading?.dateOrder ?? column.reading.dateOrder ?? asRead.reading.dateOrder ?? null)
        : null,
    decimal:
      column.kind === 'number'
        ? (reading?.decimal ?? column.reading.decimal ?? asRead.reading.decimal ?? null)
        : null,
    isChanged: reading !== undefined && Object.keys(reading).length > 0,
  };
}
