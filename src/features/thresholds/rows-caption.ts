import { amountColumnsOf, type JudgementSpec, type JudgementSummary } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { MISSING_VALUE } from '../../core/table/label-values.ts';
import type { Notice } from '../../core/table/summary.ts';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { templateWords } from './words.ts';

/** "1,336 test rows", for captions: n and which. */
export function judgedRows(summary: JudgementSummary, split: JudgementSpec['split']): string {
  return split === null
    ? formatCountOf(summary.rows, 'labelled row')
    : `${formatCount(summary.rows)} ${split.value} rows`;
}

/**
 * How many of the distinct thresholds a picture draws and its table lists: "499 of 1,331 thresholds". The values are
 * computed at every one; those left out lie between two drawn ones.
 */
export function thresholdsDrawn(drawn: number, distinct: number): string {
  if (drawn >= distinct) return 'every distinct threshold';
  return `${formatCount(drawn)} of ${formatCountOf(distinct, 'threshold')}, the others lie between`;
}

/** Said by `countedApart` or the answer itself, in words that fit the scenario, or beside the switch of recalibration. */
const saidElsewhere: ReadonlySet<string> = new Set([
  ...['score-missing', 'amount-missing', 'all-scores-equal', 'recalibrated'],
]);

/** What the judgement noticed that the page does not say in another place. */
export function pageNotices(summary: JudgementSummary): readonly Notice[] {
  return summary.notices.filter((notice) => !saidElsewhere.has(notice.code));
}

/** "1,336 test rows; 3,118 outside the split", for the caption that has room. */
export function judgedAndNot(summary: JudgementSummary, split: JudgementSpec['split']): string {
  const rows = judgedRows(summary, split);
  return summary.outsideSplit === 0
    ? rows
    : `${rows}; ${formatCount(summary.outsideSplit)} outside the split`;
}

/**
 * What was counted apart and how, so that no row is lost in silence: rows without a score, without an amount, with an
 * excluded label. Rows outside the split are no surprise and stand in a caption (`judgedAndNot`).
 *
 * @returns sentences in that order; empty when there is nothing to say
 */
export function countedApart(summary: JudgementSummary, scenario: Scenario | null): readonly string[] {
  const needsAmounts = scenario !== null && amountColumnsOf(scenario).length > 0;
  const unlabelled = summary.excluded.find(({ value }) => value === MISSING_VALUE)?.count ?? 0;
  const byLabel = summary.excluded.filter(({ value }) => value !== MISSING_VALUE);
  const excluded = byLabel.reduce((total, { count }) => total + count, 0);
  const values = byLabel.map(({ value, count }) => `${value} ${formatCount(count)}`).join(', ');
  const said: (string | false)[] = [
    summary.unscored > 0 &&
      `${formatCountOf(summary.unscored, 'row')} without a score ${are(summary.unscored)} counted as passed.`,
    needsAmounts &&
      summary.missingAmounts > 0 &&
      `${formatCountOf(summary.missingAmounts, 'row')} without an amount ${carry(summary.missingAmounts)} ${templateWords[scenario.template].withoutAmount}.`,
    excluded > 0 && `${formatCountOf(excluded, 'row')} left out by label (${values}).`,
    unlabelled > 0 &&
      `${formatCountOf(unlabelled, 'row')} without a label ${are(unlabelled)} scored and not judged.`,
  ];
  return said.filter((sentence) => sentence !== false);
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function carry(count: number): string {
  return count === 1 ? 'carries' : 'carry';
}
