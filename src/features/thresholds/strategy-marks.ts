import type { StrategyResult } from '../../core/threshold/decision.ts';
import { strategyNames } from './strategy-label.ts';

/** A place on a curve where one or more strategies stand. */
export interface StrategyMark {
  readonly threshold: number;
  readonly label: string;
}

/** Strategies closer than this share of the score axis get one mark: their words would lie on each other. */
const SAME_PLACE = 0.012;

/**
 * Where the strategies stand on a score axis, ascending; rules that agree, or nearly do, share a mark that stands at
 * the lowest of their thresholds. Strategies without a threshold have none.
 *
 * @param axis ends of the score axis
 */
export function strategyMarks(
  strategies: readonly StrategyResult[],
  axis: readonly [number, number],
): readonly StrategyMark[] {
  const near = SAME_PLACE * (axis[1] - axis[0]);
  const groups: { readonly threshold: number; readonly members: StrategyResult[] }[] = [];
  for (const { strategy, threshold } of placed(strategies)) {
    const last = groups.at(-1);
    if (last !== undefined && threshold - last.threshold <= near) last.members.push(strategy);
    else groups.push({ threshold, members: [strategy] });
  }
  return groups.map(({ threshold, members }) => ({ threshold, label: strategyNames(members) }));
}

function placed(strategies: readonly StrategyResult[]) {
  return strategies
    .flatMap((strategy) =>
      strategy.decision === null ? [] : [{ strategy, threshold: strategy.decision.threshold }],
    )
    .sort((a, b) => a.threshold - b.threshold);
}
