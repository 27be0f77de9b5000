import type { RankedScores } from '../threshold/ranked-scores.ts';

/** Count, sum of amounts and sum of squared amounts over the rows of one cell of the confusion matrix. */
export interface CellSums {
  readonly count: number;
  readonly amount: number;
  readonly squared: number;
}

/** The four cells at one threshold. */
export interface MatrixSums {
  readonly flagPositive: CellSums;
  readonly flagNegative: CellSums;
  readonly passPositive: CellSums;
  readonly passNegative: CellSums;
}

export const MATRIX_CELLS = ['flagPositive', 'flagNegative', 'passPositive', 'passNegative'] as const;

/**
 * Cell sums when the rows of the first `flagged` distinct thresholds are flagged (0 = nobody); rows without a score are
 * passed. Amounts are 0 when the rows were ranked without them. O(1)
 */
export function matrixSums(ranked: RankedScores, flagged: number): MatrixSums {
  const { amounts } = ranked;
  const at = flagged - 1;
  const flagPositive = {
    count: ranked.tp[at] ?? 0,
    amount: amounts?.positive[at] ?? 0,
    squared: amounts?.positiveSquared[at] ?? 0,
  };
  const flagNegative = {
    count: ranked.fp[at] ?? 0,
    amount: amounts?.negative[at] ?? 0,
    squared: amounts?.negativeSquared[at] ?? 0,
  };
  return {
    flagPositive,
    flagNegative,
    passPositive: {
      count: ranked.positives - flagPositive.count,
      amount: (amounts?.totalPositive ?? 0) - flagPositive.amount,
      squared: (amounts?.totalPositiveSquared ?? 0) - flagPositive.squared,
    },
    passNegative: {
      count: ranked.negatives - flagNegative.count,
      amount: (amounts?.totalNegative ?? 0) - flagNegative.amount,
      squared: (amounts?.totalNegativeSquared ?? 0) - flagNegative.squared,
    },
  };
}
