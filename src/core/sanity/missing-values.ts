import { countOf, countText, metricText, namesText, shareText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import { verdictsOf } from './verdicts.ts';

/** What the model's own scorer said when one input was taken away from sample rows. */
export interface MissingTrial {
  readonly feature: string;
  readonly column: string;
  /** `refused`: the run ended in an error, said in `message`. */
  readonly outcome: 'scored' | 'unscored' | 'refused';
  /** Sample rows without a score because of it. */
  readonly lost: number;
  /** Mean |score without the input - score| over sample rows with both scores; NaN without such rows. */
  readonly meanShift: number;
  readonly message: string;
  /** Missing values in the column, over the whole table. */
  readonly missingInTable: number;
}

export interface MissingEvidence {
  readonly trials: readonly MissingTrial[];
  /** Rows that were tried with each input. */
  readonly sampleRows: number;
  /** Rows of the table that lack at least one input, and those of them that have no score. */
  readonly rowsWithMissing: number;
  readonly rowsUnscored: number;
}

/**
 * What the model does with missing values: each input is taken away from sample rows, one at a time.
 *
 * Warns when rows of this table that lack an input have no score, or when the model gives no score (or an error) for an
 * input that is missing in this table; else passes and says what would happen.
 */
export function missingValuesCheck(evidence: MissingEvidence): ModelCheck {
  const { pass, warn, unknown } = verdictsOf('missing-values');
  const { trials, rowsWithMissing, rowsUnscored } = evidence;
  const figures = figuresOf(evidence);
  if (trials.length === 0 || evidence.sampleRows === 0) {
    return unknown('Missing values not tried', 'There is no row or no input to try a missing value on.');
  }
  const advice = 'Fill missing values as training did, before the model or in its pipeline.';
  if (rowsUnscored > 0) {
    const finding = `${countText(rowsUnscored)} of ${countOf(rowsWithMissing, 'row')} with a missing input have no score.`;
    return warn('Rows with missing values lost', finding, advice, figures);
  }
  const failing = trials.filter(({ outcome }) => outcome !== 'scored');
  const hurting = failing.filter(({ missingInTable }) => missingInTable > 0);
  if (hurting.length > 0) {
    const finding = `The model gives no score where ${namesOf(hurting)} ${hurting.length === 1 ? 'is' : 'are'} missing, and this table has such rows.`;
    return warn('Missing values not taken', finding, advice, figures);
  }
  const here =
    rowsWithMissing === 0
      ? 'This table has no missing input.'
      : `${countOf(rowsWithMissing, 'row')} of this table lack an input, and all have scores.`;
  if (failing.length > 0) {
    const finding = `${here} Without ${namesOf(failing)} there would be no score.`;
    return pass('No score without some inputs', finding, figures, rowsWithMissing === 0 ? advice : '');
  }
  const top = trials.toSorted((a, b) => b.meanShift - a.meanShift)[0]!;
  return pass(
    'Missing values are scored',
    `${here} A missing value of "${top.feature}" moves scores most, by ${metricText(top.meanShift)} on average.`,
    figures,
  );
}

function namesOf(trials: readonly MissingTrial[]): string {
  return namesText(trials.map(({ feature }) => feature));
}

/** Inputs listed in the evidence: those that lose scores, then those that move them most. */
const MOST_LISTED = 12;

function figuresOf({ trials, sampleRows, rowsWithMissing }: MissingEvidence): [string, string][] {
  const listed = trials
    .toSorted(
      (a, b) => Number(a.outcome === 'scored') - Number(b.outcome === 'scored') || b.meanShift - a.meanShift,
    )
    .slice(0, MOST_LISTED);
  return [
    ['Rows with a missing input', countText(rowsWithMissing)],
    ['Sample rows tried', countText(sampleRows)],
    ...listed.map((trial): [string, string] => [trial.feature, trialText(trial, sampleRows)]),
  ];
}

function trialText({ outcome, lost, meanShift, message }: MissingTrial, sampleRows: number): string {
  if (outcome === 'refused') return `missing: ${message}`;
  if (outcome === 'unscored') return `missing: no score in ${shareText(lost / sampleRows)} of rows`;
  return `missing: scores move by ${metricText(meanShift)} on average`;
}
