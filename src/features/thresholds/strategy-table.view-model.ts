import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { StrategyResult, StrategyRule, ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import type { Estimate, StrategyUncertainty, Uncertainty } from '../../core/threshold/uncertainty.ts';
import {
  formatInterval,
  formatMetric,
  formatMoney,
  formatMoneyExact,
  formatRate,
  formatRatio,
} from '../../design/format.ts';
import { intervalBeside, rangeText, thresholdText } from './display-text.ts';
import { outOfBagNet, uncertaintyOf } from './expected-net.ts';
import {
  type IntervalPicture,
  type IntervalScale,
  intervalPicture,
  intervalScale,
} from './interval-scale.ts';
import { type CapacityPer, strategyLabel, strategyName, strategyReason } from './strategy-label.ts';
import { bestFixedRule } from './versus.ts';

/** One strategy as its row shows it. Texts are '' where a figure does not exist for want of a scenario. */
export interface StrategyRow {
  readonly rule: StrategyRule;
  /** The rule's name in full: "Recall ≥ 0.75". */
  readonly label: string;
  /** The rule's name before its parameter field: "Recall ≥". */
  readonly name: string;
  /** beta, r, p, f or k where the rule has one, else null. */
  readonly parameter: number | null;
  /** The figures in full; null when the rule has no threshold. */
  readonly decision: ThresholdDecision | null;
  /** What the bootstrap says of the rule; null until it has answered. */
  readonly uncertainty: StrategyUncertainty | null;
  /** The sentence that stands instead of figures when the strategy has no threshold. */
  readonly reason: string | null;
  readonly isCurrent: boolean;
  readonly isPinned: boolean;
  /** First of a group: rules of money, rules with a limit, rules of ranking alone. */
  readonly startsGroup: boolean;
  readonly thresholdText: string;
  readonly flagged: string;
  readonly precision: string;
  readonly recall: string;
  /** Each figure with its 95 % bootstrap interval, for the title of its cell; '' until the bootstrap has answered. */
  readonly exact: Readonly<Record<'threshold' | 'flagged' | 'precision' | 'recall', string>>;
  readonly net: string;
  readonly netExact: string;
  /** 95 % interval: "[168, 208]" when it shares the unit of the net value. The bootstrap's, before it that of a fixed threshold. */
  readonly netInterval: string;
  /** Net value to expect on new rows; '' until the bootstrap has answered. */
  readonly outOfBag: string;
  readonly outOfBagExact: string;
  /** null without money, and with two scenarios. */
  readonly picture: IntervalPicture | null;
  readonly roi: string;
  /** Why the ROI is not defined, or its interval. */
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

export interface StrategyTableView {
  readonly rows: readonly StrategyRow[];
  /** What the interval pictures lie on; null without money. */
  readonly scale: IntervalScale | null;
}

export interface StrategyTableInput {
  readonly answer: ScenarioAnswer;
  /** The current threshold; every row that flags the same rows is current. */
  readonly current: number;
  readonly pinned: number | null;
  /** The answer to the second scenario, with the same rules in the same order; null = one scenario only. */
  readonly versus?: ScenarioAnswer | null;
  readonly uncertainty?: Uncertainty | null;
  readonly per?: CapacityPer;
}

/** Rules in the order of the table, in groups: what the money says, what keeps a limit, what only the ranking says. */
const groups: readonly (readonly StrategyRule[])[] = [
  ['maxNet', 'minCost', 'breakEven'],
  ['recallAtLeast', 'precisionAtLeast', 'fprAtMost', 'capacity'],
  ['maxF1', 'maxFBeta', 'maxYouden', 'maxKs'],
];

/** The strategies as table rows, with the scale that their interval pictures share. */
export function strategyTable(input: StrategyTableInput): StrategyTableView {
  const { answer, versus = null, uncertainty = null } = input;
  const next = versus === null ? null : bestFixedRule(answer.strategies);
  const nextOfVersus = bestFixedRule(versus?.strategies ?? []);
  const nets = answer.strategies.flatMap((strategy) => netEstimate(strategy, uncertainty) ?? []);
  const scale = versus === null ? intervalScale(nets) : null;
  const rows = groups.flatMap((rules) =>
    rules.flatMap((rule, place): StrategyRow[] => {
      const index = answer.strategies.findIndex((strategy) => strategy.rule === rule);
      const strategy = answer.strategies[index];
      if (strategy === undefined) return [];
      const other = versus?.strategies[index];
      return [
        {
          ...strategyRow(strategy, input, scale),
          startsGroup: place === 0,
          rank: rankOf(strategy, next),
          versus: other === undefined ? null : versusCells(other, nextOfVersus),
        },
      ];
    }),
  );
  return { rows, scale };
}

function rankOf({ rule, decision }: StrategyResult, next: StrategyRule | null): RankMark {
  if (rule === 'maxNet') return decision === null ? '' : 'best';
  return rule === next ? 'next' : '';
}

function versusCells(strategy: StrategyResult, next: StrategyRule | null): VersusCells {
  const { rule, decision } = strategy;
  const hasOwnThreshold = rule === 'maxNet' && decision !== null;
  return {
    decision,
    ...moneyTexts(decision, null),
    thresholdText: hasOwnThreshold ? `at ${thresholdText(decision.threshold, [decision])}` : '',
    reason: decision === null ? (strategy.reason === 'flag-nobody' ? 'flag nobody' : '') : null,
    rank: rankOf(strategy, next),
  };
}

/** Net value on the judged rows; its interval is the bootstrap's, and until then that of a fixed threshold. */
function netEstimate({ rule, decision }: StrategyResult, uncertainty: Uncertainty | null): Estimate | null {
  const money = decision?.money ?? null;
  if (money === null) return null;
  const interval = intervalOf(uncertaintyOf(uncertainty, rule)?.net) ?? money.netInterval;
  return { value: money.net, low: interval[0], high: interval[1] };
}

function intervalOf(estimate: Estimate | undefined): readonly [number, number] | null {
  if (estimate === undefined || Number.isNaN(estimate.low) || Number.isNaN(estimate.high)) return null;
  return [estimate.low, estimate.high];
}

function moneyTexts(decision: ThresholdDecision | null, of: StrategyUncertainty | null): MoneyTexts {
  const money = decision?.money ?? null;
  if (money === null) return { net: '', netExact: '', netInterval: '', roi: '', roiExact: '' };
  const hasRoi = !Number.isNaN(money.roi);
  return {
    net: formatMoney(money.net),
    netExact: formatMoneyExact(money.net),
    netInterval: netIntervalText(money.net, intervalOf(of?.net) ?? money.netInterval),
    roi: hasRoi ? formatRatio(money.roi) : 'no cost',
    roiExact: hasRoi ? withInterval(money.roi, of?.roi, formatRatio) : 'not defined: nothing is spent',
  };
}

function strategyRow(
  strategy: StrategyResult,
  { current, pinned, uncertainty = null, per = 'rows' }: StrategyTableInput,
  scale: IntervalScale | null,
): Omit<StrategyRow, 'rank' | 'versus' | 'startsGroup'> {
  const { rule, decision } = strategy;
  const of = uncertaintyOf(uncertainty, rule);
  const expected = decision === null ? null : outOfBagNet(uncertainty, rule);
  const net = netEstimate(strategy, uncertainty);
  return {
    rule,
    label: strategyLabel(strategy, per),
    name: strategyName(rule),
    parameter: Number.isNaN(strategy.parameter) ? null : strategy.parameter,
    decision,
    uncertainty: of,
    reason: strategyReason(strategy),
    isCurrent: decision !== null && flagsSameRows(decision, current),
    isPinned: decision !== null && pinned !== null && flagsSameRows(decision, pinned),
    ...figureTexts(decision, of),
    ...moneyTexts(decision, of),
    outOfBag: expected === null ? '' : formatMoney(expected.value),
    outOfBagExact: expected === null ? '' : outOfBagText(expected),
    picture:
      net === null || scale === null ? null : intervalPicture(net, expected?.value ?? Number.NaN, scale),
  };
}

type FigureTexts = Pick<StrategyRow, 'thresholdText' | 'flagged' | 'precision' | 'recall' | 'exact'>;

function figureTexts(decision: ThresholdDecision | null, of: StrategyUncertainty | null): FigureTexts {
  if (decision === null) {
    const exact = { threshold: '', flagged: '', precision: '', recall: '' };
    return { thresholdText: '', flagged: '', precision: '', recall: '', exact };
  }
  const { threshold, flaggedShare, precision, recall } = decision;
  return {
    thresholdText: thresholdText(threshold, [decision]),
    flagged: formatRate(flaggedShare),
    precision: formatMetric(precision),
    recall: formatMetric(recall),
    exact: {
      threshold: withInterval(threshold, of?.threshold, formatMetric),
      flagged: withInterval(flaggedShare, of?.flaggedShare, formatRate),
      precision: withInterval(precision, of?.precision, formatMetric),
      recall: withInterval(recall, of?.recall, formatMetric),
    },
  };
}

function withInterval(
  value: number,
  estimate: Estimate | undefined,
  format: (value: number, locale?: string) => string,
): string {
  const interval = intervalOf(estimate);
  return interval === null ? '' : formatInterval(value, interval, format);
}

function netIntervalText(net: number, interval: readonly [number, number]): string {
  return interval.some(Number.isNaN)
    ? ''
    : intervalBeside(
        formatMoney(net),
        interval.map((end) => formatMoney(end)),
      );
}

function outOfBagText({ value, low, high }: Estimate): string {
  const range = rangeText(formatMoney(low), formatMoney(high));
  return `${formatMoneyExact(Math.round(value))} expected on new rows (95\u00A0%: ${range})`;
}
