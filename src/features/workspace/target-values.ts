/** The target builder's values: each in one of three groups, with how many rows that makes. */
import type { ColumnSummary } from '../../core/table/summary.ts';
import type { TargetDefinition } from '../../core/table/target.ts';

export type TargetGroup = 'positive' | 'negative' | 'excluded';

export interface TargetValue {
  readonly value: string;
  readonly count: number;
  readonly group: TargetGroup;
}

export interface TargetView {
  readonly values: readonly TargetValue[];
  /** Rows by group; rows without a label are excluded and also counted in `missing`. */
  readonly rows: Readonly<Record<TargetGroup, number>>;
  readonly missing: number;
  /** Rows of values beyond the listed ones: they are negative. */
  readonly unlisted: number;
  /** Chosen values that the column does not hold: a link or an older choice named them. */
  readonly absent: readonly string[];
  /** Why this target cannot be judged yet, or null. */
  readonly problem: string | null;
}

/**
 * The values of the target column by group. Counts are over all rows of the table (the split comes later).
 * @param rowCount rows of the table
 */
export function targetView(column: ColumnSummary, target: TargetDefinition, rowCount: number): TargetView {
  const values = column.topValues.map(({ value, count }) => ({
    value,
    count,
    group: groupOf(target, value),
  }));
  const listed = values.reduce((sum, { count }) => sum + count, 0);
  const unlisted = rowCount - column.missing - listed;
  const rowsIn = (group: TargetGroup): number =>
    values.reduce((sum, { count, group: own }) => (own === group ? sum + count : sum), 0);
  const rows = {
    positive: rowsIn('positive'),
    negative: rowsIn('negative') + unlisted,
    excluded: rowsIn('excluded') + column.missing,
  };
  // A value beyond the listed ones may well be there: only when all are listed is an unknown one surely absent.
  const absent =
    unlisted > 0
      ? []
      : [...target.positive, ...target.excluded].filter((value) => !values.some((v) => v.value === value));
  return {
    values,
    rows,
    missing: column.missing,
    unlisted,
    absent,
    problem: problemOf(target, rows, absent),
  };
}

function groupOf(target: TargetDefinition, value: string): TargetGroup {
  if (target.positive.includes(value)) return 'positive';
  return target.excluded.includes(value) ? 'excluded' : 'negative';
}

function problemOf(
  target: TargetDefinition,
  rows: TargetView['rows'],
  absent: readonly string[],
): string | null {
  if (target.positive.length === 0)
    return 'Move at least one value to positive: the outcome you want to catch.';
  if (rows.positive === 0 && absent.length > 0)
    return `No row of “${target.column}” holds ${absent.map((value) => `“${value}”`).join(' or ')}. Choose its positive values again.`;
  if (rows.negative === 0)
    return 'Every labelled row is positive. A threshold needs both outcomes: move a value to negative.';
  return null;
}

/** The target with one value moved to another group. */
export function withValueIn(target: TargetDefinition, value: string, group: TargetGroup): TargetDefinition {
  const without = (values: readonly string[]): string[] => values.filter((other) => other !== value);
  const positive = without(target.positive);
  const excluded = without(target.excluded);
  return {
    column: target.column,
    positive: group === 'positive' ? [...positive, value] : positive,
    excluded: group === 'excluded' ? [...excluded, value] : excluded,
  };
}
