import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import { formatChange } from '../../design/format.ts';
import { moneyText, thresholdText } from './display-text.ts';

/** One press from the current threshold to the one of greatest net value. */
export interface BestOffer {
  readonly threshold: number;
  /** "Go to 0.649 (+222 k)". */
  readonly label: string;
}

/**
 * What the best threshold under the scenario would bring over the current one; a chosen threshold stays when the costs
 * change, so the way to the new best is offered.
 *
 * @returns null at the best itself, and where no threshold is worth more (no scenario, flagging nobody is best)
 */
export function bestOffer(
  { strategies, scenario }: ScenarioAnswer,
  current: ThresholdDecision,
): BestOffer | null {
  const best = strategies.find(({ rule }) => rule === 'maxNet')?.decision;
  if (scenario === null || !best?.money || current.money === null) return null;
  const gain = best.money.net - current.money.net;
  if (flagsSameRows(best, current.threshold) || !(gain > 0)) return null;
  const more = formatChange(gain, (amount) => moneyText(amount, scenario.currency));
  return {
    threshold: best.threshold,
    label: `Go to ${thresholdText(best.threshold, [best])} (${more})`,
  };
}
