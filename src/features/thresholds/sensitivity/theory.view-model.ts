import type { Scenario } from '../../../core/money/scenario.ts';
import type { MoneyTheory } from '../../../core/money/sensitivity-figures.ts';
import { formatMetric, formatRate, formatThreshold } from '../../../design/format.ts';
import { moneyText } from '../display-text.ts';
import type { Figure } from '../FigureList.tsx';
import { scaleText } from '../scale-words.ts';
import { outcomeWords } from '../words.ts';

/** The theoretical optimum beside the empirical one, in words. */
export interface TheoryWords {
  /** "With these costs and perfect calibration the threshold would be 0.228. The data says 0.191." */
  readonly sentence: string;
  /** Where the gap comes from; '' where theory says nothing, or the same. */
  readonly gap: string;
  /** Rows that differ in what they are worth; '' where none does. */
  readonly rowWise: string;
}

/** A gap of at most this share of its interval's half width is well inside the sampling error. */
const WELL_INSIDE = 0.5;

/**
 * The gap between theory and data as money. On calibrated scores the two thresholds are one (C16), so that what lies
 * between them is miscalibration, or chance: it is held against its own sampling error (`gapError`), not that of a net value.
 */
export function theoryWords(theory: MoneyTheory, scenario: Scenario): TheoryWords {
  const { theoreticalThreshold: ideal, empiricalThreshold: found } = theory;
  const extreme = withoutThreshold(theory);
  if (extreme !== null) return { sentence: extreme, gap: '', rowWise: '' };
  const start = `With these costs and perfect calibration the threshold would be ${formatThreshold(ideal)}.`;
  if (Number.isNaN(found))
    return {
      sentence: `${start} The data says to flag nobody.`,
      gap: '',
      rowWise: rowWiseText(theory, scenario),
    };
  const cost = theory.netAtEmpirical - theory.netAtTheoretical;
  return {
    sentence: [
      start,
      `The data says ${formatThreshold(found)}.`,
      costText(ideal, cost, scenario, theory.gapError),
    ]
      .filter(Boolean)
      .join(' '),
    gap: gapText(theory, scenario, cost),
    rowWise: rowWiseText(theory, scenario),
  };
}

/** Of rows that differ in what they are worth theory knows the mean one alone: the best of them may still pay. */
function withoutThreshold({ theoreticalThreshold: ideal, rowWiseRange }: MoneyTheory): string | null {
  if (Number.isNaN(ideal))
    return 'With these values flagging pays below a probability, not above one: check their signs.';
  const isAlike = rowWiseRange[0] === rowWiseRange[1];
  if (ideal > 1)
    return isAlike
      ? 'With these costs even a sure positive costs more than it saves: flag nobody.'
      : 'With these costs a sure positive costs more than it saves on average: only rows that are worth more can pay.';
  if (ideal > 0) return null;
  return isAlike
    ? 'With these costs a flagged row never loses money: flag everybody.'
    : 'With these costs a flagged row loses no money on average, whatever its outcome: flag everybody, but for rows that are worth less.';
}

function costText(ideal: number, cost: number, scenario: Scenario, error: number): string {
  if (Number.isNaN(cost)) return 'These scores are no probabilities, so that it cannot be taken on them.';
  if (!(cost > 0)) return `Taking ${formatThreshold(ideal)} costs nothing.`;
  const text = `Taking ${formatThreshold(ideal)} costs ${moneyText(cost, scenario.currency)} ${scaleText(scenario)}`;
  if (Number.isNaN(error)) return `${text}.`;
  if (cost <= WELL_INSIDE * error) return `${text}, well inside its sampling error.`;
  return cost <= error
    ? `${text}, inside its sampling error.`
    : `${text}, more than its sampling error of ±${moneyText(error, scenario.currency)}.`;
}

function gapText(theory: MoneyTheory, scenario: Scenario, cost: number): string {
  const { theoreticalThreshold: ideal, calibratedThreshold: at, rowWiseRange } = theory;
  if (Number.isNaN(at) || !(cost > 0)) return '';
  const { positive } = outcomeWords(scenario);
  const [low, high] = rowWiseRange;
  const amounts = low === high ? '' : ', and of amounts that go with the score';
  const chance = cost <= theory.gapError ? ', or of chance' : '';
  return `A chance of ${formatRate(ideal)} to be ${positive} is reached at a score of ${formatThreshold(at)}, not at ${formatThreshold(ideal)}: the gap is one of calibration${amounts}${chance}.`;
}

function rowWiseText(theory: MoneyTheory, scenario: Scenario): string {
  const [low, high] = theory.rowWiseRange;
  if (Number.isNaN(low) || low === high) return '';
  const range = `Rows differ in what they are worth: half of them have a threshold of their own from ${formatThreshold(low)} to ${formatThreshold(high)}.`;
  if (Number.isNaN(theory.netRowWise)) return range;
  return `${range} Deciding each row by its own would bring ${moneyText(theory.netRowWise, scenario.currency)} ${scaleText(scenario)}.`;
}

/** Where flagging begins to pay: precision, recall, probability. */
export function breakEvenFigures(theory: MoneyTheory): readonly Figure[] {
  const text = (value: number, format: (value: number) => string) =>
    Number.isNaN(value) ? 'not defined' : format(value);
  return [
    {
      name: 'Break-even precision',
      value: text(theory.breakEvenPrecision, formatMetric),
      interval: '',
      about: 'flagged rows pay when at least this share of them is positive',
    },
    {
      name: 'Break-even probability',
      value: text(
        Number.isFinite(theory.theoreticalThreshold) ? theory.theoreticalThreshold : Number.NaN,
        formatMetric,
      ),
      interval: '',
      about: 'a row pays from this chance of being positive on, at the mean values of these rows',
    },
    {
      name: 'Break-even recall',
      value: text(theory.breakEvenRecall, formatMetric),
      interval: '',
      about: `recall at the lowest threshold that does not lose money, ${text(theory.breakEvenThreshold, formatThreshold)}`,
    },
  ];
}
