import type { RowContributions, SamplingOutcome } from '../src/core/explain/explanation.ts';
import { addCompensated, compensatedTotal, runningSums } from '../src/core/stats/compensated-sum.ts';
import { medianInPlace } from '../src/core/table/quantile-select.ts';

/** What the rows explained so far add up to; nothing of a single row is kept. */
export interface ContributionTotals {
  /** Adds the rows of a block; rows without an explained value are left out. */
  add(block: RowContributions): void;
  readonly rowCount: number;
  /** Largest |base + Σφ - output| of a row. */
  readonly maxAdditivityError: number;
  /** Mean |φ|, mean φ of a feature over the rows; NaN over none. */
  meanAbsolute(feature: number): number;
  mean(feature: number): number;
  /** No contribution was estimated by sampling. */
  readonly isExact: boolean;
  /** Answers that sampling asked of the model, and how many blocks of rows it ended in which way; null where nothing was sampled. */
  readonly sampling: {
    readonly predictions: number;
    readonly blocks: Readonly<Record<SamplingOutcome['end'], number>>;
  } | null;
  /** Largest standard error of a contribution of a row; 0 where none is sampled. */
  readonly largestError: number;
  /** The median of them over rows and features; null where none is sampled. */
  readonly medianError: number | null;
  /** Standard error of the mean of |φ|, and of φ, over the rows, the draws of different rows being independent; null where none is sampled. */
  standardError(feature: number): number | null;
}

/** Compensated sums over rows. @param baseValue of the plan */
export function contributionTotals(featureCount: number, baseValue: number): ContributionTotals {
  const absolute = runningSums(featureCount);
  const signed = runningSums(featureCount);
  const variances = runningSums(featureCount);
  const errors: number[] = [];
  const blocks = { enumerated: 0, stable: 0, budget: 0 };
  let predictions = 0;
  let isExact = true;
  let largestError = 0;
  let rowCount = 0;
  let maxAdditivityError = 0;
  const addRow = (values: Float64Array, output: number) => {
    let total = baseValue;
    for (const [feature, value] of values.entries()) {
      addCompensated(absolute, feature, Math.abs(value));
      addCompensated(signed, feature, value);
      total += value;
    }
    maxAdditivityError = Math.max(maxAdditivityError, Math.abs(total - output));
    rowCount++;
  };
  return {
    add: ({ values, outputs, standardErrors, sampling }) => {
      isExact &&= standardErrors === null;
      predictions += sampling?.predictions ?? 0;
      if (sampling !== null) blocks[sampling.end]++;
      for (const [i, output] of outputs.entries()) {
        if (Number.isNaN(output)) continue;
        const start = i * featureCount;
        addRow(values.subarray(start, start + featureCount), output);
        if (standardErrors === null) continue;
        for (let j = 0; j < featureCount; j++) {
          const error = standardErrors[start + j]!;
          largestError = Math.max(largestError, error);
          addCompensated(variances, j, error ** 2);
          errors.push(error);
        }
      }
    },
    get rowCount() {
      return rowCount;
    },
    get maxAdditivityError() {
      return rowCount === 0 ? Number.NaN : maxAdditivityError;
    },
    get isExact() {
      return isExact;
    },
    get sampling() {
      return predictions === 0 ? null : { predictions, blocks };
    },
    get medianError() {
      return isExact ? null : medianInPlace(Float64Array.from(errors));
    },
    get largestError() {
      return largestError;
    },
    meanAbsolute: (feature) => compensatedTotal(absolute, feature) / rowCount,
    mean: (feature) => compensatedTotal(signed, feature) / rowCount,
    standardError: (feature) => (isExact ? null : Math.sqrt(compensatedTotal(variances, feature)) / rowCount),
  };
}
