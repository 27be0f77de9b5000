import type { Definition } from '../../charts/ChartFrame.tsx';
import type { Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';
import { formatCount } from '../../design/format.ts';

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
  /** What the money is spent on besides a fixed cost: "reviews". */
  readonly spending: string;
  /** What a row without an amount still does: "no loss, only the review cost". */
  readonly withoutAmount: string;
  /** Net value of the judged rows; `moneyDefinitions` adds fixed cost and scale. */
  readonly netValue: { readonly text: string; readonly formula: string };
  readonly roi: { readonly text: string; readonly formula: string };
}

const plain: OutcomeWords = {
  rows: 'rows',
  positives: 'the positives',
  positive: 'positive',
  negative: 'negative',
  cells: { tp: 'caught', fn: 'missed', fp: 'false alarm', tn: 'untouched' },
};

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
    spending: 'reviews and held-up good ones',
    withoutAmount: 'no loss, only the review cost',
    netValue: {
      text: `Losses avoided on flagged bad rows, less the cost of reviewing every flagged row and of holding up the good ones`,
      formula: 'Σ over caught of amount × lossRate − flagged × reviewCost − held up × frictionCost',
    },
    roi: {
      text: `Net value for each unit of money spent on reviews and held-up good ones. Above zero a review earns more than it costs; ${fewRows}`,
      formula: 'flagged × reviewCost + held up × frictionCost',
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
      text: `Value of the flagged churners who stay, less the cost of contacting every flagged row`,
      formula: 'Σ over contacted churners of amount × saveRate − flagged × campaignCost',
    },
    roi: {
      text: `Net value for each unit of money spent on contacts. Above zero a contact earns more than it costs; ${fewRows}`,
      formula: 'flagged × campaignCost',
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
      text: `Amounts and chargeback fees saved on flagged frauds, less a review for every flagged row and the friction of every good one`,
      formula: 'Σ over caught of (amount + chargebackCost) − flagged × reviewCost − held up × frictionCost',
    },
    roi: {
      text: `Net value for each unit of money spent on reviews and friction. Above zero a flagged row earns more than it costs; ${fewRows}`,
      formula: 'flagged × reviewCost + held up × frictionCost',
    },
  },
  fourValues: {
    about:
      'Each outcome has its own value, a number or a column times a number: for what fits no other form.',
    ...plain,
    spending: 'whatever has a value below zero',
    withoutAmount: 'no value where their column is asked for',
    netValue: {
      text: `The values of all judged rows together: each row is worth what its cell of the confusion matrix is worth, passed rows included`,
      formula: 'Σ over rows of the value of the row’s cell (number, or number × column)',
    },
    roi: {
      text: `Net value for each unit of money that the rows with values below zero cost. Above zero the gains are more than the losses; ${fewRows}`,
      formula: '−Σ over rows of the values below zero',
    },
  },
};

/**
 * Net value and ROI as they are defined under this scenario: with its fixed cost, and brought to its yearly book.
 */
export function moneyDefinitions(scenario: Pick<Scenario, 'template' | 'fixedCost' | 'rowsPerYear'>): {
  readonly netValue: Definition;
  readonly roi: Definition;
} {
  const { netValue, roi } = templateWords[scenario.template];
  const isYear = scenario.rowsPerYear !== null;
  const period = isYear ? ' a year' : '';
  const scaled =
    scenario.rowsPerYear !== null
      ? `brought from the judged rows to ${formatCount(scenario.rowsPerYear)} decisions a year`
      : 'summed over the judged rows';
  const fixed = scenario.fixedCost === 0 ? '' : `, less the fixed cost${period}`;
  const scale = isYear ? ' × decisions a year / judged rows' : '';
  const sum = (formula: string) => (isYear ? `(${formula})${scale}` : formula);
  return {
    netValue: {
      text: `${netValue.text}, ${scaled}${fixed}, at each threshold. ${band}`,
      formula: `net = ${sum(netValue.formula)}${fixed === '' ? '' : ' − fixed cost'};  ${bandFormula}`,
    },
    roi: {
      text: `${roi.text}${fixed === '' ? '' : ` The fixed cost${period} is part of what is spent.`}`,
      formula: `ROI = net / ${fixed === '' && !isYear ? `(${roi.formula})` : `(${sum(roi.formula)}${fixed === '' ? '' : ' + fixed cost'})`}`,
    },
  };
}

const band =
  'The band is the 95 % interval at a threshold fixed beforehand; a threshold picked on these rows will do less well on new ones.';
const bandFormula = 'band = net ± 1.96 · √(n · s²) in the same scale, s² = variance of the value per row';

/**
 * The words of a scenario's template; plain words without a scenario.
 *
 * @param scenario the current scenario, or null when none is set
 */
export function outcomeWords(scenario: Scenario | null): OutcomeWords {
  return scenario === null ? plain : templateWords[scenario.template];
}
