import type { Definition } from '../../charts/ChartFrame.tsx';
import type { Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';

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

/** How a page speaks of the money of a template. */
export interface TemplateWords extends OutcomeWords {
  /** What flagging does and brings, in the words of who works there: for the choice of a template. */
  readonly about: string;
  /** What the money is spent on: "reviews". */
  readonly spending: string;
  /** What a row without an amount still does: "no loss, only the review cost". */
  readonly withoutAmount: string;
  readonly netValue: Definition;
  readonly roi: Definition;
}

const plain: OutcomeWords = {
  rows: 'rows',
  positives: 'the positives',
  positive: 'positive',
  negative: 'negative',
  cells: { tp: 'caught', fn: 'missed', fp: 'false alarm', tn: 'untouched' },
};

const band =
  'The band is the 95 % interval of that sum at a threshold fixed beforehand; a threshold picked on these rows will do less well on new ones.';
const bandFormula = 'band = net ± 1.96 · √(n · s²), s² = variance of the value per row';
const fewRows = 'where few rows are flagged it rests on few rows.';

/** One entry a template; docs/methods.md carries the same definitions. */
export const templateWords: Readonly<Record<ScenarioTemplate, TemplateWords>> = {
  lending: {
    about: 'Flagged applications are reviewed; a bad loan that is caught saves part of its amount.',
    rows: 'applicants',
    positives: 'the bad ones',
    positive: 'bad',
    negative: 'good',
    cells: { tp: 'caught', fn: 'missed', fp: 'held up', tn: 'untouched' },
    spending: 'reviews',
    withoutAmount: 'no loss, only the review cost',
    netValue: {
      text: `Losses avoided on flagged bad rows, less the cost of reviewing every flagged row, summed over the judged rows at each threshold. ${band}`,
      formula: `net = Σ over caught of amount × lossRate − flagged × reviewCost;  ${bandFormula}`,
    },
    roi: {
      text: `Net value for each unit of money spent on reviews, at each threshold. Above zero a review earns more than it costs; ${fewRows}`,
      formula: 'ROI = net / (flagged × reviewCost)',
    },
  },
  retention: {
    about: 'Flagged customers are contacted; some of those who would have left stay and keep their value.',
    rows: 'customers',
    positives: 'the churners',
    positive: 'churn',
    negative: 'loyal',
    cells: { tp: 'reached', fn: 'missed', fp: 'in vain', tn: 'untouched' },
    spending: 'contacts',
    withoutAmount: 'no value, only the campaign cost',
    netValue: {
      text: `Value of the flagged churners who stay, less the cost of contacting every flagged row, summed over the judged rows at each threshold. ${band}`,
      formula: `net = Σ over contacted churners of amount × saveRate − flagged × campaignCost;  ${bandFormula}`,
    },
    roi: {
      text: `Net value for each unit of money spent on contacts, at each threshold. Above zero a contact earns more than it costs; ${fewRows}`,
      formula: 'ROI = net / (flagged × campaignCost)',
    },
  },
  fraud: {
    about:
      'Flagged transactions are stopped and reviewed; a stopped fraud saves its amount, a good one is annoyed.',
    rows: 'transactions',
    positives: 'the frauds',
    positive: 'fraud',
    negative: 'good',
    cells: { tp: 'caught', fn: 'missed', fp: 'held up', tn: 'untouched' },
    spending: 'reviews and friction',
    withoutAmount: 'no loss but the chargeback fee, and the costs of flagging it',
    netValue: {
      text: `Amounts and chargeback fees saved on flagged frauds, less a review for every flagged row and the friction of every good one, summed over the judged rows at each threshold. ${band}`,
      formula: `net = Σ over caught of (amount + chargebackCost) − flagged × reviewCost − held up × frictionCost;  ${bandFormula}`,
    },
    roi: {
      text: `Net value for each unit of money spent on reviews and friction, at each threshold. Above zero a flagged row earns more than it costs; ${fewRows}`,
      formula: 'ROI = net / (flagged × reviewCost + held up × frictionCost)',
    },
  },
};

/**
 * The words of a scenario's template; plain words without a scenario.
 *
 * @param scenario the current scenario, or null when none is set
 */
export function outcomeWords(scenario: Scenario | null): OutcomeWords {
  return scenario === null ? plain : templateWords[scenario.template];
}
