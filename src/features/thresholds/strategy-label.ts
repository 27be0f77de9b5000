import type { StrategyParameters, StrategyResult, StrategyRule } from '../../core/threshold/decision.ts';
import { formatCount, formatRatio, formatValue } from '../../design/format.ts';

const names: Readonly<Record<StrategyRule, string>> = {
  maxF1: 'Max F1',
  maxFBeta: 'Max F-beta',
  maxYouden: 'Max Youden',
  maxKs: 'Max KS',
  minCost: 'Min expected cost',
  maxNet: 'Max net value',
  recallAtLeast: 'Recall ≥',
  precisionAtLeast: 'Precision ≥',
  fprAtMost: 'FPR ≤',
  capacity: 'Capacity',
  breakEven: 'Break-even',
};

/** The period of a capacity: its rows are of the judged rows, or of each day or week of the yearly book. */
export type CapacityPer = StrategyParameters['capacityPer'];

/** A rule without its parameter, as it stands before the parameter's field: "Recall ≥". */
export function strategyName(rule: StrategyRule): string {
  return names[rule];
}

/**
 * What a strategy is called, parameter included: "Recall ≥ 0.75", "Capacity 70 a week".
 *
 * @param per period of the capacity
 */
export function strategyLabel(
  { rule, parameter }: Pick<StrategyResult, 'rule' | 'parameter'>,
  per: CapacityPer = 'rows',
): string {
  if (Number.isNaN(parameter)) return names[rule];
  if (rule === 'maxFBeta') return `Max F${formatValue(parameter)}`;
  return `${names[rule]}\u00A0${rule === 'capacity' ? capacityText(parameter, per) : shareText(parameter)}`;
}

function capacityText(rows: number, per: CapacityPer): string {
  return per === 'rows' ? formatCount(rows) : `${formatCount(rows)} a\u00A0${per}`;
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
export function strategyNames(
  strategies: readonly Pick<StrategyResult, 'rule' | 'parameter'>[],
  most = 2,
  per: CapacityPer = 'rows',
): string {
  const names = strategies.map((strategy) => lowerFirst(strategyLabel(strategy, per)));
  if (names.length <= most) return names.join(' and ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** "FPR ≤ 0.10" keeps its capitals, "Max F1" does not. */
function lowerFirst(text: string): string {
  return text.startsWith('FPR') ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** Why a strategy has no threshold, as a sentence for its row. */
export function strategyReason(strategy: Pick<StrategyResult, 'rule' | 'reason'>): string | null {
  switch (strategy.reason) {
    case 'unreachable':
      return unreachable(strategy.rule);
    case 'flag-nobody':
      return 'Every threshold costs more than it saves: flag nobody';
    case 'no-scenario':
      return 'Needs a scenario';
    case 'no-volume':
      return 'Needs the decisions a year of the scenario';
    default:
      return null;
  }
}

function unreachable(rule: StrategyRule): string {
  switch (rule) {
    case 'precisionAtLeast':
      return 'No threshold reaches this precision on these rows';
    case 'capacity':
      return 'Only flagging nobody stays within this on these rows';
    case 'fprAtMost':
      return 'Every threshold flags more of the negatives than this';
    case 'breakEven':
      return 'Every threshold costs more than it saves';
    default:
      return 'No threshold does this on these rows';
  }
}
