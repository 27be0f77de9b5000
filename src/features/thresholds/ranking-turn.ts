/** What a change of the scenario does to the order of the rules, in words. */
import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { StrategyResult } from '../../core/threshold/decision.ts';
import { scenarioChanges } from './scenario-change.ts';
import { strategyNames } from './strategy-label.ts';
import { flagsNobody, rankedFixedRules } from './versus.ts';

/** Two answers to compare: of the scenario that was there before the last change, and of the present one. */
export interface ScenarioTurn {
  readonly before: ScenarioAnswer | null;
  readonly now: ScenarioAnswer;
}

/**
 * The turn after another answer. While one and the same term moves on, what was there before it began to move stays the
 * comparison, so that steps and a drag are told as one change. Other parameters of the rules are no change of the
 * scenario: then there is nothing to compare.
 */
export function nextTurn(turn: ScenarioTurn | null, answer: ScenarioAnswer): ScenarioTurn {
  // First of all: whoever takes the turn over while it renders would render for ever.
  if (turn?.now === answer) return turn;
  if (turn === null || turn.now.scenario === null || answer.scenario === null)
    return { before: null, now: answer };
  const changes = scenarioChanges(turn.now.scenario, answer.scenario);
  if (changes.length === 0)
    return sameParameters(turn.now, answer) ? { ...turn, now: answer } : { before: null, now: answer };
  const last = turn.before?.scenario == null ? [] : scenarioChanges(turn.before.scenario, turn.now.scenario);
  const goesOn = changes.length === 1 && last.length === 1 && changes[0]?.term === last[0]?.term;
  return { before: goesOn ? turn.before : turn.now, now: answer };
}

function sameParameters(a: ScenarioAnswer, b: ScenarioAnswer): boolean {
  return a.strategies.every(({ parameter }, i) => Object.is(parameter, b.strategies[i]?.parameter));
}

/**
 * "With 500 a review, precision ≥ 0.60 now earns more than max F1": said only when another fixed rule has become the
 * best; where the order of all of them is more reversed than kept, that too. Rules of money adapt and are left out.
 *
 * @returns '' when nothing turned, or fewer than two rules have a net value under both
 */
export function turnSentence({ before, now }: ScenarioTurn): string {
  if (!before?.scenario || !now.scenario) return '';
  const changes = scenarioChanges(before.scenario, now.scenario);
  if (changes.length === 0) return '';
  const [first] = changes;
  const start = changes.length === 1 && first !== undefined ? `With ${first.phrase}` : 'With these changes';
  if (flagsNobody(now.strategies))
    return flagsNobody(before.strategies) ? '' : `${start} every rule costs more than it saves: flag nobody.`;
  const earlier = rankedFixedRules(before.strategies);
  const order = rankedFixedRules(now.strategies);
  const [best, old] = [order[0], earlier[0]];
  if (best === undefined || old === undefined || best.rule === old.rule) return '';
  const oldNow = order.find(({ rule }) => rule === old.rule);
  // Equal net values are no turn: which of them comes first is the order of the table.
  if (oldNow !== undefined && netOf(oldNow) === netOf(best)) return '';
  const verb = netOf(best) > 0 ? 'earns more' : 'loses less';
  const round = agreement(earlier, order) < 0 ? '; the order of the fixed rules is turned round' : '';
  return `${start}, ${strategyNames([best])} now ${verb} than ${strategyNames([old])}${round}.`;
}

function netOf({ decision }: StrategyResult): number {
  return decision?.money?.net ?? Number.NaN;
}

/** Pairs of rules that kept their order, less the pairs that changed it (the numerator of Kendall's tau). */
function agreement(earlier: readonly StrategyResult[], order: readonly StrategyResult[]): number {
  const place = new Map(order.map(({ rule }, i) => [rule, i]));
  const places = earlier.flatMap(({ rule }) => place.get(rule) ?? []);
  let kept = 0;
  places.forEach((a, i) => {
    for (const b of places.slice(i + 1)) kept += a < b ? 1 : -1;
  });
  return kept;
}
