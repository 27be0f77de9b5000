import type { JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import { formatChange } from '../../design/format.ts';
import { moneyText, thresholdText } from './display-text.ts';

/** One press from the current threshold to the one of greatest net value. */
export interface BestOffer {
  readonly threshold: number;
  /** "Go to 0.649 (+222 k)", "Flag nobody (+44 M)". */
  readonly label: string;
}

/**
 * What the best threshold under the scenario would bring over the current one; a chosen threshold stays when the costs
 * change, so the way to the new best is offered. Where flagging nobody is best, that is a threshold above every score.
 *
 * @returns null at the best itself, and where no threshold is worth more (no scenario)
 */
export function bestOffer(
  { strategies, scenario, money }: ScenarioAnswer,
  current: ThresholdDecision,
  scores: Pick<JudgementSummary, 'highestScore' | 'histogram'>,
): BestOffer | null {
  const rule = strategies.find((strategy) => strategy.rule === 'maxNet');
  if (scenario === null || money === null || current.money === null) return null;
  if (rule?.reason === 'flag-nobody') {
    const saved = money.flagNobody - current.money.net;
    if (current.flagged === 0 || !(saved > 0)) return null;
    const more = formatChange(saved, (amount) => moneyText(amount, scenario.currency));
    return { threshold: aboveEveryScore(scores), label: `Flag nobody (${more})` };
  }
  const best = rule?.decision;
  if (!best?.money) return null;
  const gain = best.money.net - current.money.net;
  if (flagsSameRows(best, current.threshold) || !(gain > 0)) return null;
  const more = formatChange(gain, (amount) => moneyText(amount, scenario.currency));
  return {
    threshold: best.threshold,
    label: `Go to ${thresholdText(best.threshold, [best])} (${more})`,
  };
}

/** The end of the score axis, as the ROC's origin has it; a hair above the highest score when that stands at the end. */
function aboveEveryScore({ highestScore, histogram }: Pick<JudgementSummary, 'highestScore' | 'histogram'>) {
  if (histogram.high > highestScore) return histogram.high;
  return Number((highestScore + 1e-6 * Math.max(1, Math.abs(highestScore))).toPrecision(8));
}
