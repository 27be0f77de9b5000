import type { StrategyResult, StrategyRule } from '../../core/threshold/decision.ts';
import type { Estimate, StrategyUncertainty, Uncertainty } from '../../core/threshold/uncertainty.ts';
import { activeStrategies } from './active-strategy.ts';

/**
 * The rule whose threshold is in force, max net value first among several that agree: the threshold was picked on the
 * judged rows then, and its net value there is no longer an honest one.
 *
 * @returns null for a threshold that no rule picked
 */
export function pickedBy(strategies: readonly StrategyResult[], threshold: number): StrategyRule | null {
  return activeStrategies(strategies, threshold)[0]?.rule ?? null;
}

/** What the bootstrap says of one rule; null while it has not answered. */
export function uncertaintyOf(
  uncertainty: Uncertainty | null,
  rule: StrategyRule,
): StrategyUncertainty | null {
  return uncertainty?.strategies.find((strategy) => strategy.rule === rule) ?? null;
}

/** The rule's out-of-bag net value; null where there is none (no scenario, no answer yet, rule never reached). */
export function outOfBagNet(uncertainty: Uncertainty | null, rule: StrategyRule): Estimate | null {
  const net = uncertaintyOf(uncertainty, rule)?.outOfBagNet ?? null;
  return net === null || Number.isNaN(net.value) ? null : net;
}
