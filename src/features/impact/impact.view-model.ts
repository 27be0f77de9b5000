import type { ImpactChoice } from '../../contracts/saved-state.ts';
import type { PredictedImpact, RealisedImpact, SpendingPart } from '../../core/impact/impact-figures.ts';
import { promiseOnNewRows } from '../../core/impact/promise-on-new-rows.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { Estimate } from '../../core/threshold/uncertainty.ts';
import { predictedAnswer, realisedAnswer } from './answer.view-model.ts';
import { predictedCards, realisedCards } from './cards.view-model.ts';
import { countedText, countText, periodText } from './impact-format.ts';
import { impactText } from './impact-text.ts';
import type { ImpactView } from './impact-view.ts';
import { impactWords, spendingWords } from './impact-words.ts';
import { predictedMonths, realisedMonths } from './months.view-model.ts';
import { outcomesFacts } from './outcomes-facts.ts';
import type { WithoutModel } from './page-parts.ts';
import { alertOf, predictedPayBack, realisedPayBack, waitingNote } from './verdicts.view-model.ts';

export interface ImpactInput {
  /** Which rows are judged: "1,336 test rows". */
  readonly dataset: string;
  /** Whether the rows are made up. */
  readonly isSimulated: boolean;
  /** The threshold of what is shown, as its page writes it. */
  readonly thresholdText: string;
  readonly scenario: Scenario;
  readonly predicted: PredictedImpact;
  /** What happened; null: what is predicted is shown. */
  readonly realised: RealisedImpact | null;
  readonly choice: ImpactChoice;
  /** Net value on rows that did not choose the threshold, when it was chosen on these (NaN while it is not known); else null. */
  readonly outOfBagNet: Estimate | null;
  readonly withoutModel: WithoutModel;
}

/**
 * The whole page in words and numbers: what happened where there are outcomes, else what the judged rows promise.
 * Sentences are fixed templates by the scenario's words; every figure in them is one of `predicted` or `realised`.
 */
export function impactView(input: ImpactInput): ImpactView {
  const view = input.realised === null ? predictedView(input) : realisedView(input, input.realised);
  const named = input.isSimulated ? { ...view, head: `Simulated data. ${view.head}` } : view;
  return { ...named, text: impactText(named, input) };
}

type Untexted = Omit<ImpactView, 'text'>;

function predictedView(input: ImpactInput): Untexted {
  const { dataset, scenario, predicted, choice, outOfBagNet, withoutModel } = input;
  const { total, isYearly, spending } = predicted;
  const promise = promiseOf(input);
  return {
    head: isYearly
      ? `Predicted for a year of ${countText(total.rows)} decisions, from ${dataset}`
      : `Predicted on ${dataset}, not scaled to a year`,
    answer: predictedAnswer(predicted, scenario, outOfBagNet),
    basis: null,
    cards: predictedCards(predicted, scenario, outOfBagNet, withoutModel),
    flow: flowOf(total, spending, scenario),
    months: predictedMonths(predicted.months, promise),
    monthsScale:
      isYearly && predicted.months.length > 0
        ? `months of these ${countText(predicted.perDecision.rows)} rows, not scaled to a year`
        : null,
    alert: null,
    payBack: predictedPayBack(predicted, promise, choice, scenario.currency),
    notes:
      predicted.undated === 0 || predicted.months.length === 0
        ? []
        : [`${countedText(predicted.undated, 'judged row')} without a date: in the totals, in no month.`],
  };
}

function promiseOf({ predicted, outOfBagNet }: ImpactInput): PredictedImpact['perDecision'] {
  return promiseOnNewRows(predicted, outOfBagNet?.value ?? null);
}

/** The scenario of a kept impact is not the page's any more: only its words are taken from it, its currency is its own. */
function realisedView(input: ImpactInput, realised: RealisedImpact): Untexted {
  const { scenario, choice } = input;
  const then: Scenario = { ...scenario, currency: realised.currency };
  const waiting = waitingNote(realised.months);
  return {
    head: realisedHead(realised),
    answer: realisedAnswer(realised, then),
    basis: measuredText(input, realised),
    cards: realisedCards(realised, then),
    flow: flowOf(realised.total, realised.spending, then),
    months: realisedMonths(realised, promiseOf(input), choice.roiFloor),
    monthsScale: null,
    alert: alertOf(realised.months, choice.roiFloor),
    payBack: realisedPayBack(realised, choice, realised.currency),
    notes: [...(waiting === null ? [] : [waiting]), ...outcomesFacts(realised)],
  };
}

/** What was measured is this threshold on these decisions, whether or not it was in use when they were made. */
function measuredText(
  { predicted, outOfBagNet, thresholdText }: ImpactInput,
  { threshold, total }: RealisedImpact,
): string | null {
  if (total.known === 0 || !Number.isFinite(threshold)) return null;
  const measured = `Measured as if ${thresholdText} had been the line for these decisions`;
  const isPickedHere = outOfBagNet !== null && threshold === predicted.threshold;
  return isPickedHere ? `${measured}; it was picked on these same rows, which flatters it.` : `${measured}.`;
}

/** "January to December 2024: 12,161 of 12,400 decisions with a known outcome, by outcomes.csv" */
function realisedHead({ months, total, outcomesName }: RealisedImpact): string {
  const [first, last] = [months[0], months.at(-1)];
  const period = first === undefined || last === undefined ? '' : `${periodText(first.month, last.month)}: `;
  const known =
    total.known === total.rows
      ? `${countedText(total.rows, 'decision')}, all with a known outcome`
      : `${countText(total.known)} of ${countedText(total.rows, 'decision')} with a known outcome`;
  return `${period}${known}, by ${outcomesName}`;
}

function flowOf(
  { prevented, net }: { readonly prevented: number; readonly net: number },
  spending: readonly SpendingPart[],
  { template }: Scenario,
): ImpactView['flow'] {
  return {
    prevented: { label: impactWords[template].gainBar, amount: prevented },
    spending: spending.map(({ label, amount }) => ({ label: spendingWords(label, template).label, amount })),
    net,
  };
}
