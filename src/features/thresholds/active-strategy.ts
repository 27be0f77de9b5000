import type { StrategyResult } from '../../core/threshold/decision.ts';

/**
 * The strategies whose threshold is the current one, in table order: several rules often agree.
 *
 * @param threshold the current threshold; strategies return observed scores, so equality is exact
 * @returns empty when no rule gives this threshold, or when it is NaN
 */
export function activeStrategies(
  strategies: readonly StrategyResult[],
  threshold: number,
): readonly StrategyResult[] {
  return strategies.filter((strategy) => strategy.decision?.threshold === threshold);
}
