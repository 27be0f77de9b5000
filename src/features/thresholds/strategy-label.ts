import type { StrategyResult } from '../../core/threshold/decision.ts';
import { formatCount, formatRatio, formatValue } from '../../design/format.ts';

const names: Readonly<Record<StrategyResult['rule'], string>> = {
  maxF1: 'Max F1',
  maxYouden: 'Max Youden',
  maxNet: 'Max net value',
  recallAtLeast: 'Recall ≥',
  precisionAtLeast: 'Precision ≥',
  capacity: 'Capacity',
};

/** A rule without its parameter, as it stands before the parameter's field: "Recall ≥". */
export function strategyName(rule: StrategyResult['rule']): string {
  return names[rule];
}

/** What a strategy is called, parameter included: "Recall ≥ 0.75". */
export function strategyLabel({ rule, parameter }: Pick<StrategyResult, 'rule' | 'parameter'>): string {
  if (Number.isNaN(parameter)) return names[rule];
  return `${names[rule]}\u00A0${rule === 'capacity' ? formatCount(parameter) : shareText(parameter)}`;
}

/** "0.75", and "0.755" where two decimals would lie. */
function shareText(share: number): string {
  return Number(share.toFixed(2)) === share ? formatRatio(share) : formatValue(share);
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
      return unreachable(strategy.rule);
    case 'flag-nobody':
      return 'Every threshold costs more than it saves: flag nobody';
    case 'no-scenario':
      return 'Needs a scenario';
    default:
      return null;
  }
}

function unreachable(rule: StrategyResult['rule']): string {
  switch (rule) {
    case 'precisionAtLeast':
      return 'No threshold reaches this precision on these rows';
    case 'capacity':
      return 'Only flagging nobody stays within this on these rows';
    default:
      return 'No threshold does this on these rows';
  }
}
