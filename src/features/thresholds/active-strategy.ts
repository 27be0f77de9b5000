import type { StrategyResult } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';

/**
 * The strategies whose decision is the current one, max net value first: several rules often agree.
 *
 * @param threshold the current threshold; one that flags the same rows is the same decision
 * @returns empty when no rule flags these rows, or when the threshold is NaN
 */
export function activeStrategies(
  strategies: readonly StrategyResult[],
  threshold: number,
): readonly StrategyResult[] {
  return strategies
    .filter(({ decision }) => decision !== null && flagsSameRows(decision, threshold))
    .toSorted((a, b) => Number(b.rule === 'maxNet') - Number(a.rule === 'maxNet'));
}
