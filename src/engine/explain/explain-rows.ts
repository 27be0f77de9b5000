import type { ContributionSums, RowContributions } from '../../core/explain/explanation.ts';
import { type Sliced, stage } from '../../core/sliced.ts';
import { emptySums, sumsWith } from './contribution-sums.ts';
import type { RowExplainer } from './row-explainer.ts';

/**
 * Contributions of chosen rows, row by row.
 *
 * @param rows         table rows, in any order, repeated or not
 * @param featureCount of the plan
 */
export function* explainRows(
  explainer: RowExplainer,
  rows: Uint32Array,
  featureCount: number,
): Sliced<RowContributions> {
  const values = new Float64Array(rows.length * featureCount);
  const outputs = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += explainer.mostRows) {
    const end = Math.min(start + explainer.mostRows, rows.length);
    const block = yield* stage(explainer.explain(rows.subarray(start, end)), start, end, rows.length);
    outputs.set(block.outputs, start);
    const rowCount = end - start;
    for (let feature = 0; feature < featureCount; feature++)
      for (let i = 0; i < rowCount; i++)
        values[(start + i) * featureCount + feature] = block.values[feature * rowCount + i]!;
  }
  return { rows, values, outputs, standardErrors: null, sampling: null };
}

/**
 * Sums over chosen rows, in their order; nothing of a row is kept. Rows without an explained value (the model gives none)
 * are left out and not counted.
 *
 * @param baseValue of the plan
 */
export function* sumContributions(
  explainer: RowExplainer,
  rows: Uint32Array,
  featureCount: number,
  baseValue: number,
): Sliced<ContributionSums> {
  let sums = emptySums(featureCount);
  for (let start = 0; start < rows.length; start += explainer.mostRows) {
    const end = Math.min(start + explainer.mostRows, rows.length);
    const block = yield* stage(explainer.explain(rows.subarray(start, end)), start, end, rows.length);
    sums = sumsWith(sums, block, baseValue);
  }
  return sums;
}
