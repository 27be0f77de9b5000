import type { PredictedImpact } from './impact-figures.ts';

/**
 * What judged rows promise of rows that did not choose the threshold. A rule that picks the threshold on the judged rows picks
 * their luck too; the out-of-bag net value is without it.
 *
 *     mean = perDecision.mean + (outOfBagNet - total.net) / total.rows
 *
 * Net values and rows are both in the scale of the scenario, so the mean is of one row in either. The deviation is that of the
 * judged rows: luck moves the mean and hardly the spread.
 *
 * @param outOfBagNet in the scale of `total`; null for a threshold that these rows did not choose, NaN while it is not known
 * @returns the same mean as before for null and NaN
 */
export function promiseOnNewRows(
  { perDecision, total }: Pick<PredictedImpact, 'perDecision' | 'total'>,
  outOfBagNet: number | null,
): PredictedImpact['perDecision'] {
  if (outOfBagNet === null || Number.isNaN(outOfBagNet)) return perDecision;
  return { ...perDecision, mean: perDecision.mean + (outOfBagNet - total.net) / total.rows };
}
