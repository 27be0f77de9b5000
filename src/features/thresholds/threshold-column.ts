import type { TwinColumn } from '../../charts/table-twin.ts';
import { roundedDown } from '../../core/threshold/shown-threshold.ts';
import { formatThreshold } from '../../design/format.ts';

/**
 * The thresholds of a table's rows, all with the digits that tell every two of them apart, 3 to 6. Rounded down: typed
 * again one flags the score it stands for, and no other of the table.
 */
export function thresholdColumn(values: ArrayLike<number>): TwinColumn {
  const digits = digitsOfAll(values);
  const format = (value: number) =>
    Number.isFinite(value) ? formatThreshold(roundedDown(value, digits), digits) : 'flag nobody';
  return { name: 'Threshold', values, format };
}

function digitsOfAll(thresholds: ArrayLike<number>): number {
  const distinct = [...new Set(Array.from(thresholds))].filter(Number.isFinite);
  for (let digits = 3; digits < 6; digits += 1) {
    if (new Set(distinct.map((value) => roundedDown(value, digits))).size === distinct.length) return digits;
  }
  return 6;
}
