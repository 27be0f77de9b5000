/** What the rows of each group come to. `groups` holds a group from 0 for every row, negative for rows of none. */
import { inSlices, type Sliced } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';

/** Rows by group. */
export function* countRows(groups: Int32Array, groupCount: number): Sliced<Int32Array> {
  const counts = new Int32Array(groupCount);
  yield* inSlices(groups.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = groups[row]!;
      if (group >= 0) counts[group] = counts[group]! + 1;
    }
  });
  return counts;
}

/**
 * The row of each group with the greatest order, the last such row; -1 for groups without rows.
 *
 * @param order one per row, NaN = before all others; null = order of the rows
 */
export function* lastRows(
  groups: Int32Array,
  groupCount: number,
  order: Float64Array | null,
): Sliced<Int32Array> {
  const last = new Int32Array(groupCount).fill(-1);
  yield* inSlices(groups.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = groups[row]!;
      if (group < 0) continue;
      const held = last[group]!;
      if (held < 0 || order === null || comesAfter(order[row]!, order[held]!)) last[group] = row;
    }
  });
  return last;
}

/** Whether a later row with order `a` is later than one with order `b`: NaN is before all but NaN. */
function comesAfter(a: number, b: number): boolean {
  return a >= b || Number.isNaN(b);
}

/** Compensated sums of the values by group, NaN for groups without a number. NaN values are left out. */
export function* sumsOf(values: Float64Array, groups: Int32Array, groupCount: number): Sliced<Float64Array> {
  return (yield* totalsOf(values, groups, groupCount)).totals;
}

/** Means of the values by group, NaN for groups without a number. NaN values are left out. */
export function* meansOf(values: Float64Array, groups: Int32Array, groupCount: number): Sliced<Float64Array> {
  const { totals, counts } = yield* totalsOf(values, groups, groupCount);
  return totals.map((total, group) => total / counts[group]!);
}

function* totalsOf(values: Float64Array, groups: Int32Array, groupCount: number) {
  const sums = runningSums(groupCount);
  const counts = new Int32Array(groupCount);
  yield* inSlices(groups.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = groups[row]!;
      const value = values[row]!;
      if (group < 0 || Number.isNaN(value)) continue;
      addCompensated(sums, group, value);
      counts[group] = counts[group]! + 1;
    }
  });
  const totals = new Float64Array(groupCount).fill(Number.NaN);
  for (let group = 0; group < groupCount; group++)
    if (counts[group]! > 0) totals[group] = compensatedTotal(sums, group);
  return { totals, counts };
}
