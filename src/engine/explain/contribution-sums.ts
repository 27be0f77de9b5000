import type { ContributionSums } from '../../core/explain/explanation.ts';
import type { ExplainedBlock } from './row-explainer.ts';

/** Sums over no rows. */
export function emptySums(featureCount: number): ContributionSums {
  return {
    rowCount: 0,
    absolute: new Float64Array(featureCount),
    signed: new Float64Array(featureCount),
    maxAdditivityError: 0,
  };
}

/**
 * Sums with the rows of one more block. Rows without an explained value (the model gives none) are left out and not
 * counted.
 *
 * @param baseValue of the plan: a row's contributions add to it up to its explained value
 * O(rows x features).
 */
export function sumsWith(
  sums: ContributionSums,
  { values, outputs }: ExplainedBlock,
  baseValue: number,
): ContributionSums {
  const rowCount = outputs.length;
  const totals = new Float64Array(rowCount).fill(baseValue);
  const absolute = sums.absolute.slice();
  const signed = sums.signed.slice();
  for (let feature = 0; feature < absolute.length; feature++) {
    let size = 0;
    let sum = 0;
    for (let i = 0; i < rowCount; i++) {
      if (Number.isNaN(outputs[i]!)) continue;
      const value = values[feature * rowCount + i]!;
      size += Math.abs(value);
      sum += value;
      totals[i]! += value;
    }
    absolute[feature]! += size;
    signed[feature]! += sum;
  }
  let explained = 0;
  let { maxAdditivityError } = sums;
  for (let i = 0; i < rowCount; i++) {
    if (Number.isNaN(outputs[i]!)) continue;
    explained++;
    maxAdditivityError = Math.max(maxAdditivityError, Math.abs(totals[i]! - outputs[i]!));
  }
  return { rowCount: sums.rowCount + explained, absolute, signed, maxAdditivityError };
}
