/**
 * Where the net value crosses zero on either side of its best threshold, read from the drawn curve.
 *
 *     xᵢ + (0 − yᵢ) · (xᵢ₊₁ − xᵢ) / (yᵢ₊₁ − yᵢ)      linear between the two points with opposite signs
 *
 * Only the crossing nearest to the best on each side counts: far out, where few rows are flagged, the curve trembles
 * around zero and its many crossings mean nothing.
 *
 * @param threshold ascending thresholds, length N
 * @param net net value at each of them, same length
 * @returns thresholds in ascending order, none, one or two; empty when the best is not above zero
 */
export function breakEvenThresholds(threshold: Float64Array, net: Float64Array): readonly number[] {
  const best = indexOfMax(net);
  if (best < 0 || !(net[best]! > 0)) return [];
  const found: number[] = [];
  for (let i = best; i > 0; i--) {
    if (net[i - 1]! <= 0) {
      found.push(crossing(threshold, net, i - 1));
      break;
    }
  }
  for (let i = best; i < net.length - 1; i++) {
    if (net[i + 1]! <= 0) {
      found.push(crossing(threshold, net, i));
      break;
    }
  }
  return found;
}

function crossing(x: Float64Array, y: Float64Array, i: number): number {
  return x[i]! - (y[i]! * (x[i + 1]! - x[i]!)) / (y[i + 1]! - y[i]!);
}

function indexOfMax(values: Float64Array): number {
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!) && (best < 0 || values[i]! > values[best]!)) best = i;
  }
  return best;
}
