import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { CellValues, LinearValue } from './value-model.ts';

/**
 * The sum of one part of a value model (benefit or cost) over all judged rows, as a function of who is flagged. Since
 * passed = all - flagged, it is linear in what is flagged:
 *
 *     sum = nobody + perPositive·tp + perNegative·fp + perPositiveAmount·Σx(tp) + perNegativeAmount·Σx(fp)
 */
export interface FlaggedValue {
  /** The sum when nobody is flagged: what all passed rows bring. */
  readonly nobody: number;
  readonly perPositive: number;
  readonly perNegative: number;
  readonly perPositiveAmount: number;
  readonly perNegativeAmount: number;
}

/** The linear form of one part of a value model over these rows; amounts of 0 when they were ranked without. O(1) */
export function flaggedValue(ranked: RankedScores, values: CellValues): FlaggedValue {
  const { flagPositive, flagNegative, passPositive, passNegative } = values;
  return {
    nobody:
      sumOver(passPositive, ranked.positives, ranked.amounts?.totalPositive ?? 0) +
      sumOver(passNegative, ranked.negatives, ranked.amounts?.totalNegative ?? 0),
    perPositive: flagPositive.constant - passPositive.constant,
    perNegative: flagNegative.constant - passNegative.constant,
    perPositiveAmount: flagPositive.perAmount - passPositive.perAmount,
    perNegativeAmount: flagNegative.perAmount - passNegative.perAmount,
  };
}

/** Sum of a linear value over `count` rows whose amounts sum to `amount`. */
export function sumOver(value: LinearValue, count: number, amount: number): number {
  return value.constant * count + value.perAmount * amount;
}

/**
 * The sum when the rows of the first `flagged` distinct thresholds are flagged (0 = nobody). The one formula behind
 * net value in curves, strategies and the decision bar, so that they agree to the last bit. O(1)
 */
export function valueWhen(value: FlaggedValue, ranked: RankedScores, flagged: number): number {
  if (flagged === 0) return value.nobody;
  const at = flagged - 1;
  const counts = value.nobody + value.perPositive * ranked.tp[at]! + value.perNegative * ranked.fp[at]!;
  if (ranked.amounts === null) return counts;
  return (
    counts +
    value.perPositiveAmount * ranked.amounts.positive[at]! +
    value.perNegativeAmount * ranked.amounts.negative[at]!
  );
}

/** The sum when every judged row is flagged, rows without a score included. O(1) */
export function valueOfFlaggingAll(ranked: RankedScores, values: CellValues): number {
  return (
    sumOver(values.flagPositive, ranked.positives, ranked.amounts?.totalPositive ?? 0) +
    sumOver(values.flagNegative, ranked.negatives, ranked.amounts?.totalNegative ?? 0)
  );
}
