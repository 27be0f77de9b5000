import type { JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import { hasTooFewRows } from '../../core/metrics/few-rows.ts';
import type { MoneyAt, MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import { formatCount, formatCountOf, formatRate } from '../../design/format.ts';
import { activeStrategies } from './active-strategy.ts';
import {
  inwardTexts,
  moneyText,
  moneyTextExact,
  rangeText,
  thresholdShown,
  thresholdText,
} from './display-text.ts';
import { isAssumedAmount } from './scenario-form.ts';
import { type VersusAnswer, versusNames } from './versus.ts';
import { type OutcomeWords, outcomeWords } from './words.ts';

/** A run of the sentence. `strong`: a number that answers; `quiet`: its uncertainty; `plain`: the words between. */
export interface SentencePart {
  readonly text: string;
  readonly tone: 'plain' | 'strong' | 'quiet';
}

export interface AnswerInput {
  readonly summary: JudgementSummary;
  readonly answer: ScenarioAnswer;
  readonly decision: ThresholdDecision;
  /** The second scenario's answer; null = one scenario only. */
  readonly versus: VersusAnswer | null;
}

/**
 * The page's answer in plain words: what is flagged and caught at the threshold, what it is worth on these rows with
 * its 95 % interval, how far the threshold may move, and what a second scenario says of it. Money is in-sample and said so; an optimum picked on the same
 * rows is never shown as fact.
 *
 * Special cases, in this order: all scores equal; too few rows or outcomes (said first, then the usual
 * sentence); nothing flagged; no scenario; flagging nobody is best.
 *
 * @returns the parts in reading order; joined, their texts are the sentence
 * Source: DESIGN "Every page opens with its answer".
 */
export function answerSentence({ summary, answer, decision, versus }: AnswerInput): readonly SentencePart[] {
  if (summary.distinctScores === 1) return allScoresEqual(summary);
  const words = outcomeWords(answer.scenario);
  const counted = [...tooFew(summary, words), ...flaggedAndCaught(decision, words)];
  if (decision.money === null || answer.money === null || answer.scenario === null)
    return [...counted, ...pickedHere(answer, decision), plain(' Set a scenario to see what that is worth.')];
  return [
    ...counted,
    ...worth(decision.money, answer.scenario),
    ...room(answer, answer.money, decision, answer.scenario.currency),
    ...underVersus(answer.scenario, versus),
  ];
}

function allScoresEqual(summary: JudgementSummary): readonly SentencePart[] {
  return [
    plain('Every score is '),
    strong(thresholdText(summary.lowestScore, [])),
    plain(
      ': no threshold tells one row from another. A model that scores so is usually fed wrongly: check its inputs in the workspace.',
    ),
  ];
}

function tooFew(summary: JudgementSummary, words: OutcomeWords): readonly SentencePart[] {
  const { rows, positives, negatives } = summary;
  if (!hasTooFewRows(summary)) return [];
  const counts = `${formatCount(positives)} ${words.positive} and ${formatCount(negatives)} ${words.negative}`;
  return [strong(`Too few rows for a safe answer: ${counts}`), plain(` of ${formatCountOf(rows, 'row')}. `)];
}

function flaggedAndCaught(decision: ThresholdDecision, words: OutcomeWords): readonly SentencePart[] {
  const at = strong(thresholdText(decision.threshold, [decision]));
  if (decision.flagged === 0)
    return [plain('At '), at, plain(` you flag no ${words.rows}: nothing is caught and nothing is spent.`)];
  const share = strong(formatRate(decision.flaggedShare));
  const flagged = [plain('At '), at, plain(' you flag '), share, plain(` of ${words.rows}`)];
  if (Number.isNaN(decision.recall))
    return [...flagged, plain(`; what is caught is not defined, as no ${words.positive} row is judged.`)];
  const [low, high] = decision.recallInterval;
  return [
    ...flagged,
    plain(' and catch '),
    strong(formatRate(decision.recall)),
    plain(` of ${words.positives} `),
    quiet(`(95\u00A0%: ${rangeText(formatRate(low), formatRate(high))})`),
    plain('.'),
  ];
}

/** In-sample, whatever rule it was: short, and said where nothing else of the sentence says it. */
function pickedHere(answer: ScenarioAnswer, decision: ThresholdDecision): readonly SentencePart[] {
  if (activeStrategies(answer.strategies, decision.threshold).length === 0) return [];
  return [plain(' This threshold was picked on these rows, so expect less on new ones.')];
}

/** ", with an assumed 5,000 a row,": money that rests on one amount for all says which, and who said so. */
function constantAmount(scenario: Scenario): string {
  const { amount, currency } = scenario;
  if (!('constant' in amount)) return '';
  const text = moneyTextExact(amount.constant, currency);
  return `, with ${isAssumedAmount(scenario) ? 'an assumed ' : ''}${text} a row,`;
}

function worth(money: MoneyAt, scenario: Scenario): readonly SentencePart[] {
  if (money.cost === 0 && money.net === 0) return [];
  const { currency } = scenario;
  const [low, high] = money.netInterval;
  const parts = [
    plain(` Net value on these rows${constantAmount(scenario)} `),
    strong(moneyText(money.net, currency)),
  ];
  if (Number.isNaN(low) || Number.isNaN(high)) return [...parts, plain('.')];
  const interval = rangeText(moneyText(low, currency), moneyText(high, currency));
  return [...parts, plain(' '), quiet(`(95\u00A0%: ${interval})`), plain('.')];
}

function room(
  answer: ScenarioAnswer,
  money: MoneyCurves,
  decision: ThresholdDecision,
  currency: string,
): readonly SentencePart[] {
  const best = answer.strategies.find((strategy) => strategy.rule === 'maxNet');
  if (best?.reason === 'flag-nobody' || money.plateau === null)
    return [
      plain(' With these costs no threshold earns more than it costs here: flagging nobody is best.'),
      ...pickedHere(answer, decision),
    ];
  const [low, high] = money.plateau;
  // The ends are observed scores; a threshold between two scores decides as the upper one.
  const inside = decision.lowestFlagged >= low && decision.lowestFlagged <= high;
  if (inside && low === high)
    return [
      plain(
        ' No neighbouring threshold comes within 1\u00A0% of it; it was picked on these rows, so expect less on new ones.',
      ),
    ];
  if (inside) {
    const shown = thresholdShown(decision.threshold, [decision]).value;
    const [from, to] = inwardTexts([Math.min(low, shown), high], shown);
    return [
      plain(
        ` Any threshold from ${from} to ${to} is within 1\u00A0% of the best, which was picked on these rows: ` +
          'expect less on new ones.',
      ),
    ];
  }
  const decided = best?.decision;
  if (!decided?.money || decision.money === null) return [];
  const picked = activeStrategies(answer.strategies, decision.threshold).length > 0 ? 'both were' : 'it was';
  return [
    plain(
      ` The best on these rows, ${thresholdText(decided.threshold, [decided])}, brings ` +
        `${moneyText(decided.money.net - decision.money.net, currency)} more; ${picked} picked on the same rows, so ` +
        'expect less on new ones.',
    ),
  ];
}

/** What the same threshold brings under the second scenario, and where that one would have it. */
function underVersus(scenario: Scenario, versus: VersusAnswer | null): readonly SentencePart[] {
  const decision = versus?.decision;
  if (versus === null || !decision?.money) return [];
  const { currency } = versus.answer.scenario;
  const start = [
    plain(` Under ${versusNames(scenario, versus.answer.scenario).second} it brings `),
    strong(moneyText(decision.money.net, currency)),
  ];
  const best = versus.answer.strategies.find(({ rule }) => rule === 'maxNet')?.decision;
  if (!best?.money) return [...start, plain('; flagging nobody is best there.')];
  if (flagsSameRows(best, decision.threshold)) return [...start, plain(', the best there too.')];
  return [
    ...start,
    plain('; the best there is '),
    strong(thresholdText(best.threshold, [best])),
    plain(` with ${moneyText(best.money.net, currency)}.`),
  ];
}

function plain(text: string): SentencePart {
  return { text, tone: 'plain' };
}

function strong(text: string): SentencePart {
  return { text, tone: 'strong' };
}

function quiet(text: string): SentencePart {
  return { text, tone: 'quiet' };
}
