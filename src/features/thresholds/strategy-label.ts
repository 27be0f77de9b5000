import type { StrategyResult } from '../../core/threshold/decision.ts';
import { formatCount, formatRatio } from '../../design/format.ts';

/** What a strategy is called in tables and, in lower case, beside marks: "Recall ≥ 0.75". */
export function strategyLabel(strategy: Pick<StrategyResult, 'rule' | 'parameter'>): string {
  switch (strategy.rule) {
    case 'maxF1':
      return 'Max F1';
    case 'maxYouden':
      return 'Max Youden';
    case 'maxNet':
      return 'Max net value';
    case 'recallAtLeast':
      return `Recall ≥ ${formatRatio(strategy.parameter)}`;
    case 'precisionAtLeast':
      return `Precision ≥ ${formatRatio(strategy.parameter)}`;
    case 'capacity':
      return `Capacity ${formatCount(strategy.parameter)}`;
  }
}

/**
 * Several strategies in one breath, as beside a mark or under the threshold: "max F1 and recall ≥ 0.75".
 *
 * @param most how many are named before "and n more"
 */
export function strategyNames(strategies: readonly StrategyResult[], most = 2): string {
  const names = strategies.map((strategy) => lowerFirst(strategyLabel(strategy)));
  if (names.length <= most) return names.join(' and ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Why a strategy has no threshold, as a sentence for its row. */
export function strategyReason(strategy: StrategyResult): string | null {
  switch (strategy.reason) {
    case 'unreachable':
      return strategy.rule === 'precisionAtLeast'
        ? 'No threshold reaches this precision on these rows'
        : 'No threshold does this on these rows';
    case 'flag-nobody':
      return 'Every threshold costs more than it saves: flag nobody';
    case 'no-scenario':
      return 'Needs a scenario';
    default:
      return null;
  }
}
