/** Whether more sampling could still change the order of the most important features. */

/** When an order counts as settled. */
export interface OrderRule {
  /** Leading places whose order must be settled. */
  readonly top: number;
  /** Differences of at most this share of the largest value are ties, whose order says nothing. */
  readonly tieShare: number;
}

/** Standard errors on either side of a value: 95 % of a normal distribution. */
const INTERVAL_WIDTH = 1.96;

/**
 * The first two neighbours among the largest values whose order is open; null when the order is settled: for each of the
 * first `top` places and the one after it, the intervals value ± 1.96 standard errors are apart, or both ends of the gap
 * between the two, errors included, lie within `tieShare` of the largest value.
 *
 * @param values importances, >= 0, finite
 * @param errors their standard errors; a NaN settles nothing
 * @returns positions, that of the larger value first
 * Fewer than two values are always in order. O(n log n).
 */
export function openPair(
  values: Float64Array,
  errors: Float64Array,
  { top, tieShare }: OrderRule,
): readonly [number, number] | null {
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  const largest = values[order[0] ?? 0] ?? 0;
  for (const [place, feature] of order.slice(0, top).entries()) {
    const next = order[place + 1];
    if (next === undefined) return null;
    const gap = values[feature]! - values[next]!;
    const uncertainty = INTERVAL_WIDTH * (errors[feature]! + errors[next]!);
    const isSettled = gap > uncertainty || gap + uncertainty <= tieShare * largest;
    if (!isSettled) return [feature, next];
  }
  return null;
}
