import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyResult, StrategyRule, ThresholdDecision } from '../../core/threshold/decision.ts';
import { scenarioName } from './saved-scenarios.ts';
import { strategyNames } from './strategy-label.ts';

/** The same rows and rules under the second scenario. */
export interface VersusAnswer {
  readonly answer: ScenarioAnswer & { readonly scenario: Scenario; readonly money: MoneyCurves };
  /** At the current threshold; null until the first answer. */
  readonly decision: ThresholdDecision | null;
}

/** What the two scenarios are called where both are spoken of: one that is the saved form of the other says so. */
export interface VersusNames {
  readonly first: string;
  readonly second: string;
}

export function versusNames(first: Scenario, second: Scenario): VersusNames {
  const names = { first: scenarioName(first), second: scenarioName(second) };
  return names.first === names.second ? { ...names, second: `${names.second} as saved` } : names;
}

/**
 * Whether the two scenarios rank the fixed rules alike, in a sentence. Rules of money are left out: they have a threshold
 * of their own under each scenario.
 *
 * @returns '' when fewer than two rules have a net value under both
 */
export function rankingSentence(
  first: readonly StrategyResult[],
  second: readonly StrategyResult[],
  names: VersusNames,
): string {
  const hopeless = [
    ...(flagsNobody(first) ? [names.first] : []),
    ...(flagsNobody(second) ? [names.second] : []),
  ];
  if (hopeless.length > 0)
    return `Under ${hopeless.join(' and ')} every rule costs more than it saves: flag nobody.`;
  const one = rankedFixedRules(first);
  const other = rankedFixedRules(second);
  const [bestOfOne, bestOfOther] = [one[0], other[0]];
  if (one.length < 2 || bestOfOne === undefined || bestOfOther === undefined) return '';
  if (bestOfOne.rule !== bestOfOther.rule)
    return `Under ${names.second} the best fixed rule is ${strategyNames([bestOfOther])}, not ${strategyNames([bestOfOne])}.`;
  const isSameOrder = one.every(({ rule }, i) => rule === other[i]?.rule);
  return isSameOrder
    ? `Both scenarios rank the fixed rules alike: ${strategyNames([bestOfOne])} is the best.`
    : `The best fixed rule is ${strategyNames([bestOfOne])} under both scenarios; the order of the others differs.`;
}

/** Whether every rule costs more than it saves. */
export function flagsNobody(strategies: readonly StrategyResult[]): boolean {
  return strategies.some(({ reason }) => reason === 'flag-nobody');
}

/** Their thresholds follow the scenario: no order among them says what a scenario does to a fixed decision. */
const moneyRules: ReadonlySet<StrategyRule> = new Set(['maxNet', 'minCost', 'breakEven']);

/** The rules that do not look at money and have a net value, the greatest first; equals in the order of the answer. */
export function rankedFixedRules(strategies: readonly StrategyResult[]): readonly StrategyResult[] {
  return strategies
    .filter(({ rule, decision }) => !moneyRules.has(rule) && decision?.money)
    .toSorted((a, b) => b.decision!.money!.net - a.decision!.money!.net);
}

/** The rule that `rankingSentence` speaks of; null when none has a net value, or none is worth more than flagging nobody. */
export function bestFixedRule(strategies: readonly StrategyResult[]): StrategyRule | null {
  return flagsNobody(strategies) ? null : (rankedFixedRules(strategies)[0]?.rule ?? null);
}
