/**
 * A threshold under a finger, as it is taken over: rounded to the fewest decimals at which a thousandth of the score
 * axis still counts (a pixel says no more), and kept on the axis. Rounding never leaves the axis.
 *
 * @param threshold from a pointer; Infinity (the end of the ROC curve where nobody is flagged) is the axis' end
 * @param axis lowest and highest score of the axis
 */
export function draggedThreshold(threshold: number, axis: readonly [number, number]): number {
  const [low, high] = axis;
  const rounded = Number(threshold.toFixed(axisDigits(axis)));
  return Math.min(Math.max(rounded, low), high);
}

/** Decimals at which a thousandth of the axis counts: 3 for scores from 0 to 1. */
export function axisDigits([low, high]: readonly [number, number]): number {
  const span = high - low;
  return span > 0 ? Math.min(Math.max(Math.ceil(3 - Math.log10(span)), 0), 12) : 3;
}
