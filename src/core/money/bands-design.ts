import type { JudgedFigures } from '../threshold/judgement.ts';
import type { BandDesign } from './bands.ts';
import { perRow } from './money-of.ts';
import type { Scenario } from './scenario.ts';
import type { CellValues, ValueModel } from './value-model.ts';

/** Where a designer starts: a careful, not a perfect reviewer. */
const STARTING_ACCURACY = 0.9;
/** Start of the loss on a declined good one: this share of the mean amount, about the margin on a loan or a purchase. */
const STARTING_MARGIN = 0.1;

/**
 * The scenario as it stands for a row that is declined without a review.
 *
 * Lending and fraud charge each flagged row one review: nobody reviews a declined row, so that cost is left out, and the
 * designer's own review cost is charged on referred rows only. Retention's campaign cost is the act itself, and is paid
 * whoever decides on it. The four-value form says what flagging and passing bring, and is taken as it stands: a review that
 * is hidden in its values cannot be told apart.
 */
export function withoutReview(scenario: Scenario): Scenario {
  const { template } = scenario;
  return template === 'lending' || template === 'fraud' ? { ...scenario, reviewCost: 0 } : scenario;
}

/**
 * What one row brings in each cell, benefit less cost, where flagged means declined in the end (by the cut-off or by the
 * reviewer): the scenario without its own review, and the design's loss on a declined good one.
 *
 * @param acting the compiled `withoutReview(scenario)`
 */
export function declinedValues(
  { benefit, cost }: Pick<ValueModel, 'benefit' | 'cost'>,
  declineCost: number,
): CellValues {
  const flagNegative = perRow(benefit.flagNegative, cost.flagNegative);
  return {
    flagPositive: perRow(benefit.flagPositive, cost.flagPositive),
    flagNegative: { ...flagNegative, constant: flagNegative.constant - declineCost },
    passPositive: perRow(benefit.passPositive, cost.passPositive),
    passNegative: perRow(benefit.passNegative, cost.passNegative),
  };
}

/** A design without its cut-offs. */
export type BandAssumptions = Omit<BandDesign, 'low' | 'high'>;

/**
 * What is assumed about the reviewer until the user says so: the scenario's own cost of a review (or contact), 0.9 of both
 * outcomes seen rightly, no limit. Where the scenario charges nothing for a good one that is declined (lending and fraud
 * without friction cost), declining everybody would look best: a tenth of the mean amount, rounded to two digits, is taken
 * as the business that is lost. O(1)
 */
export function startingAssumptions(scenario: Scenario, figures: JudgedFigures): BandAssumptions {
  return {
    reviewCost: startingReviewCost(scenario),
    sensitivity: STARTING_ACCURACY,
    specificity: STARTING_ACCURACY,
    declineCost: isFreeToDecline(scenario) ? startingLoss(scenario, figures) : 0,
    capacity: null,
  };
}

function startingReviewCost(scenario: Scenario): number {
  if (scenario.template === 'retention') return scenario.campaignCost;
  return scenario.template === 'fourValues' ? 0 : scenario.reviewCost;
}

function isFreeToDecline(scenario: Scenario): boolean {
  return (scenario.template === 'lending' || scenario.template === 'fraud') && !(scenario.frictionCost > 0);
}

/** A tenth of the mean amount of the judged rows, to two digits; 0 where there is no amount, or a negative one. */
function startingLoss({ amount }: Scenario, { amounts }: JudgedFigures): number {
  const mean =
    'constant' in amount ? amount.constant : amounts.find(({ column }) => column === amount.column)?.mean;
  return mean !== undefined && mean > 0 ? Number((STARTING_MARGIN * mean).toPrecision(2)) : 0;
}
