import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { StrategyResult, ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import {
  formatChange,
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatRate,
  formatRatio,
} from '../../design/format.ts';
import { intervalBeside, thresholdText } from './display-text.ts';
import { strategyLabel, strategyName, strategyReason } from './strategy-label.ts';

/** One strategy as its row shows it. Texts are '' where a figure does not exist for want of a scenario. */
export interface StrategyRow {
  readonly rule: StrategyResult['rule'];
  /** The rule's name in full: "Recall ≥ 0.75". */
  readonly label: string;
  /** The rule's name before its parameter field: "Recall ≥". */
  readonly name: string;
  /** r, p or k where the rule has one, else null. */
  readonly parameter: number | null;
  /** The figures in full; null when the rule has no threshold. */
  readonly decision: ThresholdDecision | null;
  /** The sentence that stands instead of figures when the strategy has no threshold. */
  readonly reason: string | null;
  readonly isCurrent: boolean;
  readonly isPinned: boolean;
  readonly thresholdText: string;
  readonly flagged: string;
  readonly precision: string;
  readonly recall: string;
  readonly net: string;
  readonly netExact: string;
  /** 95 % interval at this threshold: "[168, 208]" when it shares the unit of the net value. */
  readonly netInterval: string;
  /** Net value less the best strategy's, or less flagging nobody if that is better: "−12.1 k"; "best" for the best. */
  readonly difference: string;
  readonly roi: string;
  /** Why the ROI is not defined; '' when it is. */
  readonly roiExact: string;
}

/**
 * The six strategies as table rows, in the worker's order.
 *
 *     difference = net(strategy) − max(net of flagging nobody, net of each strategy)      in the currency of the amounts
 *
 * @param current the current threshold; every row that flags the same rows is current
 */
export function strategyRows(
  answer: ScenarioAnswer,
  current: number,
  pinned: number | null,
): readonly StrategyRow[] {
  const nets = answer.strategies.map((strategy) => strategy.decision?.money?.net ?? Number.NEGATIVE_INFINITY);
  // Flagging nobody is always open: where every rule loses money none of them is best.
  const best = Math.max(answer.money?.flagNobody ?? Number.NEGATIVE_INFINITY, ...nets);
  return answer.strategies.map((strategy) => strategyRow(strategy, { current, pinned, best }));
}

interface RowContext {
  readonly current: number;
  readonly pinned: number | null;
  readonly best: number;
}

function strategyRow(strategy: StrategyResult, context: RowContext): StrategyRow {
  const { decision } = strategy;
  const money = decision?.money ?? null;
  return {
    rule: strategy.rule,
    label: strategyLabel(strategy),
    name: strategyName(strategy.rule),
    parameter: Number.isNaN(strategy.parameter) ? null : strategy.parameter,
    decision,
    reason: strategyReason(strategy),
    isCurrent: decision !== null && flagsSameRows(decision, context.current),
    isPinned: decision !== null && context.pinned !== null && flagsSameRows(decision, context.pinned),
    thresholdText: decision === null ? '' : thresholdText(decision.threshold, [decision]),
    flagged: decision === null ? '' : formatRate(decision.flaggedShare),
    precision: decision === null ? '' : formatMetric(decision.precision),
    recall: decision === null ? '' : formatMetric(decision.recall),
    net: money === null ? '' : formatMoney(money.net),
    netExact: money === null ? '' : formatMoneyExact(money.net),
    netInterval: money === null ? '' : netIntervalText(money.net, money.netInterval),
    difference: money === null ? '' : differenceText(money.net - context.best),
    roi: money === null ? '' : Number.isNaN(money.roi) ? 'no cost' : formatRatio(money.roi),
    roiExact: money !== null && Number.isNaN(money.roi) ? 'not defined: nothing is spent' : '',
  };
}

function netIntervalText(net: number, interval: readonly [number, number]): string {
  return interval.some(Number.isNaN)
    ? ''
    : intervalBeside(
        formatMoney(net),
        interval.map((end) => formatMoney(end)),
      );
}

function differenceText(difference: number): string {
  return difference === 0 ? 'best' : formatChange(difference, formatMoney);
}
