import type { FormComparison } from '../parity/form-comparison.ts';
import { countOf, countText, metricText, shareText, valueText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import { verdictsOf } from './verdicts.ts';

/** The model's scores against a column that was recorded when the model was trained or ran elsewhere. */
export interface GoldenEvidence {
  readonly column: string;
  readonly comparison: Pick<
    FormComparison,
    'rows' | 'differing' | 'tolerance' | 'maxDifference' | 'maxRow' | 'scoredInOne'
  >;
}

/** A few rows may fall on a split and take the other side of it in another arithmetic; more are another model. */
const FEW_DIFFERING = 0.01;

/**
 * Whether the model reproduces recorded scores: every row with both scores within the tolerance that follows from how they
 * were computed and written (`score-tolerance.ts`). Up to 1 % of rows beyond it warn, more fail.
 *
 * @param golden null when the table has no column of recorded scores
 */
export function goldenRowsCheck(golden: GoldenEvidence | null): ModelCheck {
  const { pass, warn, fail, unknown } = verdictsOf('golden-rows');
  if (golden === null) {
    return unknown(
      'No recorded scores',
      'The table has no column of scores that this model should reproduce.',
      'Add the scores that the training system gave to some of these rows as a column, to prove the model file.',
    );
  }
  const { column, comparison } = golden;
  const { rows, differing, tolerance, maxDifference, maxRow, scoredInOne } = comparison;
  const figures: [string, string][] = [
    ['Rows with both scores', countText(rows)],
    ['Rows with one score only', countText(scoredInOne)],
    ['Largest difference', metricText(maxDifference)],
    ['Tolerance', valueText(tolerance)],
  ];
  if (rows === 0) {
    return unknown(
      'No recorded scores',
      `No row has a score of the model and one in "${column}".`,
      '',
      figures,
    );
  }
  const beyond = valueText(tolerance);
  if (differing === 0) {
    const finding = `All ${countOf(rows, 'row')} of "${column}" are reproduced, to within ${metricText(maxDifference)} (allowed: ${beyond}).`;
    return pass('Recorded scores reproduced', finding, figures);
  }
  const share = differing / rows;
  const finding = `${countText(differing)} of ${countOf(rows, 'row')} (${shareText(share)}) differ from "${column}" by more than ${beyond}, at most by ${metricText(maxDifference)} in data row ${countText(maxRow + 1)} (from 1).`;
  const advice =
    'Lay the model and the column side by side to see the likely cause before the scores are used.';
  return share <= FEW_DIFFERING
    ? warn('Some recorded scores differ', finding, advice, figures)
    : fail('Recorded scores not reproduced', finding, advice, figures);
}
