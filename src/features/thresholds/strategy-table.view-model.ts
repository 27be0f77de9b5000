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
import { bestFixedRule } from './versus.ts';

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
  readonly rank: RankMark;
  /** The same rule under the second scenario; null with one scenario only. */
  readonly versus: VersusCells | null;
}

/** The best of all rules, the best after max net value (when two scenarios are compared), or none of these. */
export type RankMark = 'best' | 'next' | '';

/** A rule's money under the second scenario. */
export interface VersusCells extends MoneyTexts {
  readonly decision: ThresholdDecision | null;
  /** Max net value has a threshold of its own under each scenario: "at 0.649"; '' for every other rule. */
  readonly thresholdText: string;
  /** Stands instead of figures: "flag nobody". */
  readonly reason: string | null;
  readonly rank: RankMark;
}

interface MoneyTexts {
  readonly net: string;
  readonly netExact: string;
  readonly netInterval: string;
  readonly roi: string;
  readonly roiExact: string;
}

/**
 * The six strategies as table rows, in the worker's order.
 *
 *     difference = net(strategy) − max(net of flagging nobody, net of each strategy)      in the currency of the amounts
 *
 * @param current the current threshold; every row that flags the same rows is current
 * @param versus the answer to the second scenario, with the same rules in the same order
 */
export function strategyRows(
  answer: ScenarioAnswer,
  current: number,
  pinned: number | null,
  versus: ScenarioAnswer | null = null,
): readonly StrategyRow[] {
  const nets = answer.strategies.map((strategy) => strategy.decision?.money?.net ?? Number.NEGATIVE_INFINITY);
  // Flagging nobody is always open: where every rule loses money none of them is best.
  const best = Math.max(answer.money?.flagNobody ?? Number.NEGATIVE_INFINITY, ...nets);
  const next = versus === null ? null : bestFixedRule(answer.strategies);
  const nextOfVersus = bestFixedRule(versus?.strategies ?? []);
  return answer.strategies.map((strategy, index) => {
    const other = versus?.strategies[index];
    return {
      ...strategyRow(strategy, { current, pinned, best }),
      rank: rankOf(strategy, next),
      versus: other === undefined ? null : versusCells(other, nextOfVersus),
    };
  });
}

interface RowContext {
  readonly current: number;
  readonly pinned: number | null;
  readonly best: number;
}

function rankOf({ rule, decision }: StrategyResult, next: StrategyResult['rule'] | null): RankMark {
  if (rule === 'maxNet') return decision === null ? '' : 'best';
  return rule === next ? 'next' : '';
}

function versusCells(strategy: StrategyResult, next: StrategyResult['rule'] | null): VersusCells {
  const { rule, decision } = strategy;
  const hasOwnThreshold = rule === 'maxNet' && decision !== null;
  return {
    decision,
    ...moneyTexts(decision),
    thresholdText: hasOwnThreshold ? `at ${thresholdText(decision.threshold, [decision])}` : '',
    reason: decision === null ? (strategy.reason === 'flag-nobody' ? 'flag nobody' : '') : null,
    rank: rankOf(strategy, next),
  };
}

function moneyTexts(decision: ThresholdDecision | null): MoneyTexts {
  const money = decision?.money ?? null;
  if (money === null) return { net: '', netExact: '', netInterval: '', roi: '', roiExact: '' };
  const hasRoi = !Number.isNaN(money.roi);
  return {
    net: formatMoney(money.net),
    netExact: formatMoneyExact(money.net),
    netInterval: netIntervalText(money.net, money.netInterval),
    roi: hasRoi ? formatRatio(money.roi) : 'no cost',
    roiExact: hasRoi ? '' : 'not defined: nothing is spent',
  };
}

function strategyRow(strategy: StrategyResult, context: RowContext): Omit<StrategyRow, 'rank' | 'versus'> {
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
    ...moneyTexts(decision),
    difference: money === null ? '' : differenceText(money.net - context.best),
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
