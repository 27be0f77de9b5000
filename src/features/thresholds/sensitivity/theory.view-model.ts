import type { Scenario } from '../../../core/money/scenario.ts';
import type { MoneyTheory } from '../../../core/money/sensitivity-figures.ts';
import type { StrategyResult } from '../../../core/threshold/decision.ts';
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

/** A gap of at most this share of the interval's half width is well inside the sampling error. */
const WELL_INSIDE = 0.5;

/**
 * The gap between theory and data as money. On calibrated scores the two thresholds are one (C16), so that what lies
 * between them is miscalibration, or chance: it is held against the sampling error of the best net value.
 *
 * @param interval 95 % interval of the best net value; NaN where there is none
 */
export function theoryWords(
  theory: MoneyTheory,
  scenario: Scenario,
  interval: readonly [number, number],
): TheoryWords {
  const { theoreticalThreshold: ideal, empiricalThreshold: found } = theory;
  const extreme = withoutThreshold(ideal);
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
      costText(ideal, cost, scenario, (interval[1] - interval[0]) / 2),
    ]
      .filter(Boolean)
      .join(' '),
    gap: gapText(theory, scenario, cost),
    rowWise: rowWiseText(theory, scenario),
  };
}

function withoutThreshold(ideal: number): string | null {
  if (Number.isNaN(ideal))
    return 'With these values flagging pays below a probability, not above one: check their signs.';
  if (ideal > 1) return 'With these costs even a sure positive costs more than it saves: flag nobody.';
  if (ideal <= 0) return 'With these costs a flagged row never loses money: flag everybody.';
  return null;
}

function costText(ideal: number, cost: number, scenario: Scenario, error: number): string {
  if (Number.isNaN(cost)) return 'These scores are no probabilities, so that it cannot be taken on them.';
  if (!(cost > 0)) return `Taking ${formatThreshold(ideal)} costs nothing.`;
  const text = `Taking ${formatThreshold(ideal)} costs ${moneyText(cost, scenario.currency)} ${scaleText(scenario)}`;
  if (Number.isNaN(error)) return `${text}.`;
  if (cost <= WELL_INSIDE * error) return `${text}, well inside the sampling error.`;
  return cost <= error
    ? `${text}, inside the sampling error.`
    : `${text}, more than the sampling error of ±${moneyText(error, scenario.currency)}.`;
}

function gapText(theory: MoneyTheory, scenario: Scenario, cost: number): string {
  const { theoreticalThreshold: ideal, calibratedThreshold: at, rowWiseRange } = theory;
  if (Number.isNaN(at) || !(cost > 0)) return '';
  const { positive } = outcomeWords(scenario);
  const [low, high] = rowWiseRange;
  const amounts = low === high ? '' : ', and of amounts that go with the score';
  return `A chance of ${formatRate(ideal)} to be ${positive} is reached at a score of ${formatThreshold(at)}, not at ${formatThreshold(ideal)}: the gap is one of calibration${amounts}.`;
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

/** 95 % interval of the greatest net value, held fixed; NaN where no threshold earns anything. */
export function bestInterval(strategies: readonly StrategyResult[]): readonly [number, number] {
  const best = strategies.find(({ rule }) => rule === 'maxNet')?.decision;
  return best?.money?.netInterval ?? [Number.NaN, Number.NaN];
}
