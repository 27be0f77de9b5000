import type { RankedAmounts } from '../threshold/ranked-amounts.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { ValueCell } from './scenario.ts';
import type { LinearValue } from './value-model.ts';

/** Sum of amounts and sum of squared amounts of one column over some rows. */
interface AmountSums {
  readonly sum: number;
  readonly squared: number;
}

/** Count and sums of amounts over the rows of one cell of the confusion matrix. */
export interface CellSums {
  readonly count: number;
  /** One entry per amount column, as in RankedScores. */
  readonly amounts: readonly AmountSums[];
}

/** The four cells at one threshold. */
export type MatrixSums = Readonly<Record<ValueCell, CellSums>>;

export const MATRIX_CELLS = ['flagPositive', 'flagNegative', 'passPositive', 'passNegative'] as const;

/**
 * Cell sums when the rows of the first `flagged` distinct thresholds are flagged (0 = nobody); rows without a score are
 * passed. O(1) for each amount column.
 */
export function matrixSums(ranked: RankedScores, flagged: number): MatrixSums {
  const { amounts } = ranked;
  const at = flagged - 1;
  const tp = ranked.tp[at] ?? 0;
  const fp = ranked.fp[at] ?? 0;
  return {
    flagPositive: { count: tp, amounts: amounts.map((column) => flaggedPositive(column, at)) },
    flagNegative: { count: fp, amounts: amounts.map((column) => flaggedNegative(column, at)) },
    passPositive: {
      count: ranked.positives - tp,
      amounts: amounts.map((column) => lessThan(allPositive(column), flaggedPositive(column, at))),
    },
    passNegative: {
      count: ranked.negatives - fp,
      amounts: amounts.map((column) => lessThan(allNegative(column), flaggedNegative(column, at))),
    },
  };
}

/** All judged positives as one cell. */
export function positiveSums({ positives, amounts }: RankedScores): CellSums {
  return { count: positives, amounts: amounts.map(allPositive) };
}

/** All judged negatives as one cell. */
export function negativeSums({ negatives, amounts }: RankedScores): CellSums {
  return { count: negatives, amounts: amounts.map(allNegative) };
}

/** Sum of a linear value over the rows of a cell; an amount column that was not ranked counts as 0. */
export function sumOver(value: LinearValue, { count, amounts }: CellSums): number {
  return value.constant * count + value.perAmount * (amounts[value.amount]?.sum ?? 0);
}

function flaggedPositive({ positive, positiveSquared }: RankedAmounts, at: number): AmountSums {
  return { sum: positive[at] ?? 0, squared: positiveSquared[at] ?? 0 };
}

function flaggedNegative({ negative, negativeSquared }: RankedAmounts, at: number): AmountSums {
  return { sum: negative[at] ?? 0, squared: negativeSquared[at] ?? 0 };
}

function allPositive({ totalPositive, totalPositiveSquared }: RankedAmounts): AmountSums {
  return { sum: totalPositive, squared: totalPositiveSquared };
}

function allNegative({ totalNegative, totalNegativeSquared }: RankedAmounts): AmountSums {
  return { sum: totalNegative, squared: totalNegativeSquared };
}

function lessThan(all: AmountSums, part: AmountSums): AmountSums {
  return { sum: all.sum - part.sum, squared: all.squared - part.squared };
}
