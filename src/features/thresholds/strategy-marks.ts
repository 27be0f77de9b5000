import type { StrategyResult, StrategyRule } from '../../core/threshold/decision.ts';
import { strategyNames } from './strategy-label.ts';

/** A place on a curve where one or more strategies stand. */
export interface StrategyMark {
  readonly threshold: number;
  readonly label: string;
}

/**
 * Where the strategies stand on a score axis, ascending; rules that agree, or nearly do, share a mark that stands at
 * the lowest of their thresholds. Strategies without a threshold have none.
 *
 * @param axis ends of the score axis
 * @param samePlace share of the axis within which strategies get one mark
 */
export function strategyMarks(
  strategies: readonly StrategyResult[],
  axis: readonly [number, number],
  samePlace: number,
): readonly StrategyMark[] {
  const near = samePlace * (axis[1] - axis[0]);
  const groups: { readonly threshold: number; readonly members: StrategyResult[] }[] = [];
  for (const { strategy, threshold } of placed(strategies)) {
    const last = groups.at(-1);
    if (last !== undefined && threshold - last.threshold <= near) last.members.push(strategy);
    else groups.push({ threshold, members: [strategy] });
  }
  return groups.map(({ threshold, members }) => ({ threshold, label: markLabel(members) }));
}

/** Two names are read at a glance; of more, the first is named and the rest counted. */
function markLabel(members: readonly StrategyResult[]): string {
  return strategyNames(members, members.length > 2 ? 1 : 2);
}

/** The rules that have a mark: with all of them the words would lie on each other. The table has every one. */
const marked: ReadonlySet<StrategyRule> = new Set([
  'maxF1',
  'maxYouden',
  'maxNet',
  'recallAtLeast',
  'precisionAtLeast',
  'capacity',
]);

function placed(strategies: readonly StrategyResult[]) {
  return strategies
    .filter(({ rule }) => marked.has(rule))
    .flatMap((strategy) =>
      strategy.decision === null ? [] : [{ strategy, threshold: strategy.decision.threshold }],
    )
    .sort((a, b) => a.threshold - b.threshold);
}
