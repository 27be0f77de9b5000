import type { InputBinding } from '../model/mapping.ts';
import { medianInPlace } from '../table/quantile-select.ts';
import type { KnownRange } from './known-range.ts';

/** One numeric feature of the model with the values that its column gives it. */
export interface FeatureValues {
  /** As the model names it. */
  readonly feature: string;
  readonly column: string;
  readonly how: InputBinding['how'];
  /** The column's values on sample rows, in its own units; NaN = missing. */
  readonly values: Float64Array;
  readonly known: KnownRange | null;
}

/** How the values of a column lie to what the model knows. Shares are of the rows that count, see {@link fitOf}. */
export interface FeatureFit {
  /** Rows that count. */
  readonly rows: number;
  readonly below: number;
  readonly above: number;
  readonly inside: number;
  readonly median: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Rows that count below which a column is not judged: as for scores. */
const FEWEST_VALUES = 30;

/** One value in more than half of the rows (the zeros of a debt) tells nothing of the units of the rest. */
const MODE_SHARE = 0.5;

/** Beyond nineteen of twenty rows on one side, trees split hardly any row on the feature any more. */
const OUTSIDE_SHARE = 0.95;

/** In a scaler's own training values the median lies within one deviation of the mean (Hotelling & Solomons 1932). */
const FAR_MEDIAN = 1.5;

/** Values that spread less than a fifth of what the scaler was fitted on. */
const NARROW_SPREAD = 0.2;

/**
 * The place of a column's values within a known range. Missing values do not count, nor does a single value that holds
 * more than half of the others.
 *
 * @returns null when fewer than 30 rows count, or all that count are equal. O(n)
 */
export function fitOf(values: Float64Array, known: KnownRange): FeatureFit | null {
  const present = valuesThatCount(values);
  const rows = present.length;
  if (rows < FEWEST_VALUES) return null;
  let below = 0;
  let above = 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const value = present[i]!;
    if (value < known.low) below++;
    else if (value > known.high) above++;
    sum += value;
  }
  const mean = sum / rows;
  let squares = 0;
  for (let i = 0; i < rows; i++) squares += (present[i]! - mean) ** 2;
  if (squares === 0) return null;
  return {
    rows,
    below: below / rows,
    above: above / rows,
    inside: 1 - (below + above) / rows,
    median: medianInPlace(present),
    mean,
    deviation: Math.sqrt(squares / (rows - 1)),
  };
}

/**
 * Whether nearly all values lie where the model cannot tell them apart: more than 95 % on one side of the range; of a
 * scaler also when they are bunched (deviation below a fifth of the scaler's) more than 1.5 deviations off its mean.
 */
export function isOutside({ below, above, median, deviation }: FeatureFit, known: KnownRange): boolean {
  if (below > OUTSIDE_SHARE || above > OUTSIDE_SHARE) return true;
  if (known.kind !== 'scaler') return false;
  const isFar = Math.abs(median - known.centre) > FAR_MEDIAN * known.spread;
  return isFar && deviation < NARROW_SPREAD * known.spread;
}

function valuesThatCount(values: Float64Array): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  // More than half of the values are equal exactly when the median is that value.
  const median = medianInPlace(present);
  const atMedian = present.reduce((count, value) => count + (value === median ? 1 : 0), 0);
  return atMedian > MODE_SHARE * present.length ? present.filter((value) => value !== median) : present;
}
