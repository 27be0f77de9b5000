import type { CellValues, ValueModel } from '../money/value-model.ts';
import type { RankedScores } from './ranked-scores.ts';

/** Amounts of one column over the rows of each cell of one outcome. */
export interface CellAmounts {
  /** Index of the column in `RankedScores.amounts`. */
  readonly column: number;
  /** Mean over the rows of the cell, one entry per bin, the unscored rows last. */
  readonly mean: Float64Array;
  /** Standard deviation over the rows of the cell (divisor n - 1); 0 with fewer than two rows. */
  readonly deviation: Float64Array;
}

/** The cells of one outcome: rows of each bin of scores, the unscored rows as the last one. */
export interface OutcomeCells {
  readonly count: Uint32Array;
  /** Only the columns that the scenario reads for this outcome. */
  readonly amounts: readonly CellAmounts[];
}

/** Judged rows as the bootstrap resamples them: cells of score bin x outcome. */
export interface BootstrapCells {
  /** Lowest score of each bin, falling. */
  readonly threshold: Float64Array;
  readonly positive: OutcomeCells;
  readonly negative: OutcomeCells;
}

/**
 * Counts, means and deviations of the cells (score bin x outcome), from the cumulative sums of the ranked rows. O(bins)
 *
 * @param ends index of the lowest score of each bin, `bootstrapBins`
 * @param model says which amounts are read; null = none
 */
export function bootstrapCells(
  ranked: RankedScores,
  ends: Uint32Array,
  model: ValueModel | null,
): BootstrapCells {
  const { amounts } = ranked;
  const columns = (outcome: 'Positive' | 'Negative') => (model === null ? [] : columnsRead(model, outcome));
  const positive = differences(ranked.tp, ends, ranked.positives, Uint32Array);
  const negative = differences(ranked.fp, ends, ranked.negatives, Uint32Array);
  return {
    threshold: Float64Array.from(ends, (end) => ranked.threshold[end]!),
    positive: {
      count: positive,
      amounts: columns('Positive').map((column) => ({
        column,
        ...moments(
          positive,
          differences(amounts[column]!.positive, ends, amounts[column]!.totalPositive, Float64Array),
          differences(
            amounts[column]!.positiveSquared,
            ends,
            amounts[column]!.totalPositiveSquared,
            Float64Array,
          ),
        ),
      })),
    },
    negative: {
      count: negative,
      amounts: columns('Negative').map((column) => ({
        column,
        ...moments(
          negative,
          differences(amounts[column]!.negative, ends, amounts[column]!.totalNegative, Float64Array),
          differences(
            amounts[column]!.negativeSquared,
            ends,
            amounts[column]!.totalNegativeSquared,
            Float64Array,
          ),
        ),
      })),
    },
  };
}

/** The amount columns that the values of one outcome depend on. */
function columnsRead({ benefit, cost }: ValueModel, outcome: 'Positive' | 'Negative'): number[] {
  const read = [benefit, cost].flatMap((values: CellValues) => [
    values[`flag${outcome}`],
    values[`pass${outcome}`],
  ]);
  return [...new Set(read.filter(({ perAmount }) => perAmount !== 0).map(({ amount }) => amount))];
}

/** What a cumulative sum gains in each bin, and what is left to the total. */
function differences<T extends Float64Array | Uint32Array>(
  cumulative: T,
  ends: Uint32Array,
  total: number,
  kind: new (length: number) => T,
): T {
  const parts = new kind(ends.length + 1);
  let before = 0;
  for (let bin = 0; bin < ends.length; bin++) {
    const now = cumulative[ends[bin]!]!;
    parts[bin] = now - before;
    before = now;
  }
  parts[ends.length] = total - before;
  return parts;
}

function moments(count: Uint32Array, sum: Float64Array, squared: Float64Array) {
  const mean = new Float64Array(count.length);
  const deviation = new Float64Array(count.length);
  for (let cell = 0; cell < count.length; cell++) {
    const rows = count[cell]!;
    if (rows === 0) continue;
    mean[cell] = sum[cell]! / rows;
    // Rounding of the cumulative sums can leave a tiny negative spread when all amounts are the same.
    const spread = Math.max(0, squared[cell]! - mean[cell]! * sum[cell]!);
    if (rows > 1) deviation[cell] = Math.sqrt(spread / (rows - 1));
  }
  return { mean, deviation };
}
