/** How one column is read: pure changes of the readings, each leaving out what says the same as the reader did. */
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnReading, ColumnReadings, DateOrder } from '../../core/table/column-reading.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';

type Change = { readonly [K in keyof ColumnReading]?: ColumnReading[K] | undefined };

/** The readings with parts of one column's changed; a part that is undefined, or an empty list, is taken out. */
function changed(readings: ColumnReadings, column: string, change: Change): ColumnReadings {
  const { [column]: before = {}, ...others } = readings;
  const parts = Object.entries({ ...before, ...change }).filter(
    ([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0),
  );
  return parts.length === 0 ? others : { ...others, [column]: Object.fromEntries(parts) };
}

/** @param asRead the column as it was read: its own kind needs no saying */
export function withKind(readings: ColumnReadings, asRead: ColumnSummary, kind: ColumnKind): ColumnReadings {
  return changed(readings, asRead.name, { kind: kind === asRead.kind ? undefined : kind });
}

/** A text that means "no value" in this column from now on. Spaces around it do not count. */
export function withMissing(readings: ColumnReadings, column: string, text: string): ColumnReadings {
  const token = text.trim();
  const { missing = [], values = [] } = readings[column] ?? {};
  if (token === '') return readings;
  if (values.includes(token))
    return changed(readings, column, { values: values.filter((value) => value !== token) });
  return missing.includes(token) ? readings : changed(readings, column, { missing: [...missing, token] });
}

/** A text that meant "no value" is a value again: one that the user added, or a usual one (NA, a region). */
export function withValue(readings: ColumnReadings, column: string, token: string): ColumnReadings {
  const { missing = [], values = [] } = readings[column] ?? {};
  if (missing.includes(token))
    return changed(readings, column, { missing: missing.filter((other) => other !== token) });
  return values.includes(token) ? readings : changed(readings, column, { values: [...values, token] });
}

export function withDateOrder(
  readings: ColumnReadings,
  asRead: ColumnSummary,
  order: DateOrder,
): ColumnReadings {
  return changed(readings, asRead.name, {
    dateOrder: order === asRead.reading.dateOrder ? undefined : order,
  });
}

export function withDecimal(
  readings: ColumnReadings,
  asRead: ColumnSummary,
  mark: '.' | ',',
): ColumnReadings {
  return changed(readings, asRead.name, { decimal: mark === asRead.reading.decimal ? undefined : mark });
}

/** The column as the file was read. */
export function asRead(readings: ColumnReadings, column: string): ColumnReadings {
  const { [column]: _reading, ...others } = readings;
  return others;
}
