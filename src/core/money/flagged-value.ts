import type { RankedScores } from '../threshold/ranked-scores.ts';
import { negativeSums, positiveSums, sumOver } from './cell-sums.ts';
import type { CellValues, LinearValue } from './value-model.ts';

/** A cumulative sum of amounts over the flagged rows of one outcome, and what one unit of it is worth. */
interface AmountTerm {
  readonly factor: number;
  /** One entry per distinct threshold, as in RankedScores. */
  readonly flagged: Float64Array;
}

/**
 * The sum of one part of a value model (benefit or cost) over all judged rows, brought to the scale of money, as a function
 * of who is flagged. Since passed = all - flagged, it is linear in what is flagged:
 *
 *     sum = nobody + perPositive·tp + perNegative·fp + Σ factor·Σx(flagged rows of one outcome)
 */
export interface FlaggedValue {
  /** The sum when nobody is flagged: what all passed rows bring. */
  readonly nobody: number;
  readonly perPositive: number;
  readonly perNegative: number;
  /** At most four: positives and negatives, each with the amount of flagging and that of passing. */
  readonly terms: readonly AmountTerm[];
}

/**
 * The linear form of one part of a value model over these rows. O(1)
 *
 * @param scale `scaleOf(model, ranked.rows)`
 */
export function flaggedValue(ranked: RankedScores, values: CellValues, scale: number): FlaggedValue {
  const { flagPositive, flagNegative, passPositive, passNegative } = values;
  return {
    nobody:
      scale * (sumOver(passPositive, positiveSums(ranked)) + sumOver(passNegative, negativeSums(ranked))),
    perPositive: scale * (flagPositive.constant - passPositive.constant),
    perNegative: scale * (flagNegative.constant - passNegative.constant),
    terms: [
      ...termsOf(flagPositive, passPositive, scale, (column) => ranked.amounts[column]?.positive),
      ...termsOf(flagNegative, passNegative, scale, (column) => ranked.amounts[column]?.negative),
    ],
  };
}

/** The amounts of one outcome: one term when flagging and passing take theirs from the same column, else one each. */
function termsOf(
  flag: LinearValue,
  pass: LinearValue,
  scale: number,
  flaggedOf: (column: number) => Float64Array | undefined,
): readonly AmountTerm[] {
  const factors: readonly (readonly [column: number, factor: number])[] =
    flag.amount === pass.amount
      ? [[flag.amount, flag.perAmount - pass.perAmount]]
      : [
          [flag.amount, flag.perAmount],
          [pass.amount, -pass.perAmount],
        ];
  return factors.flatMap(([column, factor]) => {
    const flagged = flaggedOf(column);
    return factor === 0 || flagged === undefined ? [] : [{ factor: scale * factor, flagged }];
  });
}

/**
 * The sum when the rows of the first `flagged` distinct thresholds are flagged (0 = nobody). The one formula behind
 * net value in curves, strategies and the decision bar, so that they agree to the last bit. O(1)
 */
export function valueWhen(value: FlaggedValue, ranked: RankedScores, flagged: number): number {
  if (flagged === 0) return value.nobody;
  const at = flagged - 1;
  let sum = value.nobody + value.perPositive * ranked.tp[at]! + value.perNegative * ranked.fp[at]!;
  for (const { factor, flagged: amount } of value.terms) sum += factor * amount[at]!;
  return sum;
}

/** The sum when every judged row is flagged, rows without a score included, before scaling. O(1) */
export function valueOfFlaggingAll(ranked: RankedScores, values: CellValues): number {
  return (
    sumOver(values.flagPositive, positiveSums(ranked)) + sumOver(values.flagNegative, negativeSums(ranked))
  );
}
