import type { Scenario } from '../../core/money/scenario.ts';

/** How a page speaks of rows and outcomes under a scenario template. */
export interface OutcomeWords {
  /** Plural of a judged row: "applicants". */
  readonly rows: string;
  /** The positives as the sentence says it: "the bad ones". */
  readonly positives: string;
  /** One word beside a mark, for the positive outcome. */
  readonly positive: string;
  /** One word beside a mark, for the negative outcome. */
  readonly negative: string;
  /** The four cells of the confusion matrix. */
  readonly cells: { readonly tp: string; readonly fn: string; readonly fp: string; readonly tn: string };
}

const plain: OutcomeWords = {
  rows: 'rows',
  positives: 'the positives',
  positive: 'positive',
  negative: 'negative',
  cells: { tp: 'caught', fn: 'missed', fp: 'false alarm', tn: 'untouched' },
};

const lending: OutcomeWords = {
  rows: 'applicants',
  positives: 'the bad ones',
  positive: 'bad',
  negative: 'good',
  cells: { tp: 'caught', fn: 'missed', fp: 'held up', tn: 'untouched' },
};

/**
 * The words of a scenario's template; plain words without a scenario.
 *
 * @param scenario the current scenario, or null when none is set
 */
export function outcomeWords(scenario: Scenario | null): OutcomeWords {
  return scenario === null ? plain : lending;
}
