import type { RowContributions } from '../src/core/explain/explanation.ts';
import { addCompensated, compensatedTotal, runningSums } from '../src/core/stats/compensated-sum.ts';

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
  /** Largest standard error of a contribution of a row; 0 where none is sampled. */
  readonly largestError: number;
  /** Standard error of the mean φ over the rows, the draws of different rows being independent; null where none is sampled. */
  standardError(feature: number): number | null;
}

/** Compensated sums over rows. @param baseValue of the plan */
export function contributionTotals(featureCount: number, baseValue: number): ContributionTotals {
  const absolute = runningSums(featureCount);
  const signed = runningSums(featureCount);
  const variances = runningSums(featureCount);
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
    add: ({ values, outputs, standardErrors }) => {
      isExact &&= standardErrors === null;
      for (const [i, output] of outputs.entries()) {
        if (Number.isNaN(output)) continue;
        const start = i * featureCount;
        addRow(values.subarray(start, start + featureCount), output);
        if (standardErrors === null) continue;
        for (let j = 0; j < featureCount; j++) {
          const error = standardErrors[start + j]!;
          largestError = Math.max(largestError, error);
          addCompensated(variances, j, error ** 2);
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
    get largestError() {
      return largestError;
    },
    meanAbsolute: (feature) => compensatedTotal(absolute, feature) / rowCount,
    mean: (feature) => compensatedTotal(signed, feature) / rowCount,
    standardError: (feature) => (isExact ? null : Math.sqrt(compensatedTotal(variances, feature)) / rowCount),
  };
}
