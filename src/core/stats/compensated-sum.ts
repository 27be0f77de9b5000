/**
 * Compensated summation (Neumaier's variant of Kahan's): a running sum carries the low-order part that its additions
 * lost. State is a pair of float64 in an array, so that several sums run side by side without objects.
 *
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974), 39-51, algorithm IV.
 */

/** State for `count` running sums, all 0: sum and compensation of slot s are at 2s and 2s + 1. */
export function runningSums(count: number): Float64Array {
  return new Float64Array(2 * count);
}

/**
 * What the addition sum + value = next lost to rounding, exactly (the two-sum of Kahan and Neumaier).
 * For loops that keep their sums in locals; others use `addCompensated`.
 */
export function roundingOf(sum: number, value: number, next: number): number {
  return Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
}

/**
 * Adds `value` to the running sum in `slot`. The error of the total stays near one rounding, whatever the count,
 * unless terms cancel beyond 1e16. A NaN or infinite value makes the total NaN.
 */
export function addCompensated(sums: Float64Array, slot: number, value: number): void {
  const sum = sums[2 * slot]!;
  const next = sum + value;
  sums[2 * slot] = next;
  sums[2 * slot + 1] = sums[2 * slot + 1]! + roundingOf(sum, value, next);
}

/** The running total in `slot`: 0 when nothing was added. */
export function compensatedTotal(sums: Float64Array, slot: number): number {
  return sums[2 * slot]! + sums[2 * slot + 1]!;
}
