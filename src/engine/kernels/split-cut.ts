import { splitRule } from '../../core/trees/tree-ensemble.ts';

const bits64 = new BigInt64Array(1);
const double = new Float64Array(bits64.buffer);
const bits32 = new Int32Array(1);
const single = new Float32Array(bits32.buffer);

/**
 * The greatest number c of the comparison's precision for which `x <= c` says the same as `x <= threshold` or
 * `x < threshold`, so that both rules and both precisions become one comparison.
 *
 * @param rule `lessOrEqual` or `less` of `splitRule`
 * @returns c (never -0); null when no x goes left: the threshold is NaN, or `x < -Infinity`
 */
export function splitCut(threshold: number, rule: number, isSingle: boolean): number | null {
  if (Number.isNaN(threshold)) return null;
  const nearest = isSingle ? Math.fround(threshold) : threshold;
  const fits = rule === splitRule.less ? nearest < threshold : nearest <= threshold;
  if (fits) return nearest + 0;
  if (nearest === Number.NEGATIVE_INFINITY) return null;
  return isSingle ? singleBelow(nearest) : doubleBelow(nearest);
}

/** The float64 next below x; x is not -Infinity or NaN. */
function doubleBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  double[0] = x;
  bits64[0] = bits64[0]! + (x > 0 ? -1n : 1n);
  return double[0]! + 0;
}

/** The float32 next below a float32 x; x is not -Infinity or NaN. */
function singleBelow(x: number): number {
  if (x === 0) return -(2 ** -149);
  single[0] = x;
  bits32[0] = bits32[0]! + (x > 0 ? -1 : 1);
  return single[0]! + 0;
}
