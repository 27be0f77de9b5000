import type { JudgementSpec } from '../../../contracts/judgement.ts';
import type { RecalibrationFigures, RecalibrationMethod } from '../../../core/metrics/calibration-figures.ts';
import { formatCount, formatCountOf, formatMetric } from '../../../design/format.ts';

/** A choice of the switch; `none` judges the scores as they are. */
export type ScoresChoice = RecalibrationMethod | 'none';

export interface ScoresOption {
  readonly id: ScoresChoice;
  readonly label: string;
  readonly about: string;
}

/** What can be done with the scores, the plainest first. */
export const scoresOptions: readonly ScoresOption[] = [
  { id: 'none', label: 'As they are', about: 'scores are judged as the model gives them' },
  { id: 'isotonic', label: 'Isotonic', about: 'any rising steps; neighbours may get the same score' },
  { id: 'platt', label: 'Platt', about: 'two numbers: level and spread on the log-odds' },
  { id: 'intercept', label: 'Intercept', about: 'one number: the level on the log-odds' },
];

/** "isotonic", "Platt", "intercept": as it stands after a colon. */
export function methodName(method: RecalibrationMethod): string {
  return method === 'platt' ? 'Platt' : method;
}

/** Why scores cannot be recalibrated; null when they can. */
export function cannotRecalibrate({ split }: Pick<JudgementSpec, 'split'>): string | null {
  if (split !== null) return null;
  return 'Recalibration is fitted on labelled rows that are not judged, and all labelled rows are judged here. Set a split in the workspace first.';
}

/** What was fitted on which rows, and what it did to the judged ones. */
export function effectSentence(figures: RecalibrationFigures): string {
  const { fittedRows, fittedPositives, eceBefore, eceAfter, brierBefore, brierAfter } = figures;
  const name = methodName(figures.method);
  const method = name.charAt(0).toUpperCase() + name.slice(1);
  const fitted = `${formatCountOf(fittedRows, 'row')} outside the split (${formatCount(fittedPositives)} positive)`;
  const ece = `ECE ${changeText(eceBefore, eceAfter)}`;
  const brier = `Brier ${changeText(brierBefore, brierAfter)}`;
  return `${method}, fitted on ${fitted}. On the judged rows: ${ece}, ${brier}. ${trainedOn}`;
}

const trainedOn =
  'A model that was trained on the fitted rows knows them too well, and its scores come out too extreme.';

/** "0.043 to 0.021"; only what it is now when the scores were no probabilities before. */
function changeText(before: number, after: number): string {
  return Number.isNaN(before) ? formatMetric(after) : `${formatMetric(before)} to ${formatMetric(after)}`;
}

/**
 * What switching did to the decision: "The same 312 rows are flagged." or how many changed side, and why.
 *
 * @param flaggedBefore rows flagged before; NaN when there was no decision
 */
export function sidesSentence(flaggedBefore: number, flaggedAfter: number): string {
  if (Number.isNaN(flaggedBefore + flaggedAfter)) return '';
  const moved = Math.abs(flaggedAfter - flaggedBefore);
  if (moved === 0) {
    return flaggedAfter === 1
      ? 'The same row is flagged.'
      : `The same ${formatCountOf(flaggedAfter, 'row')} are flagged.`;
  }
  const change = flaggedAfter > flaggedBefore ? 'are flagged now' : 'are passed now';
  const said = moved === 1 ? change.replace('are', 'is') : change;
  return `${formatCountOf(moved, 'row')} ${said}, ${formatCountOf(flaggedAfter, 'row')} in all: no threshold on these scores flags the same rows as before.`;
}
