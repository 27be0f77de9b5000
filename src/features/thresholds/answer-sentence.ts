import type { JudgementSummary, ScenarioAnswer } from '../../contracts/judgement.ts';
import { hasTooFewRows } from '../../core/metrics/few-rows.ts';
import type { MoneyAt, MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { flagsSameRows } from '../../core/threshold/shown-threshold.ts';
import type { Estimate, Uncertainty } from '../../core/threshold/uncertainty.ts';
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
import { outOfBagNet, pickedBy } from './expected-net.ts';
import { percentText, scaleText } from './scale-words.ts';
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
  /** The bootstrap's answer to the same question; null while it is under way, and without a scenario. */
  readonly uncertainty: Uncertainty | null;
  /** How much less than the best a threshold of the plateau may earn, (0, 1). */
  readonly plateauShare: number;
}

/**
 * The page's answer in plain words: what is flagged and caught at the threshold, what it is worth with its 95 % interval,
 * how far the threshold may move, and what a second scenario says of it. Of a threshold that a rule picked on these rows the
 * worth is the out-of-bag value: an optimum is never shown as fact. Until the bootstrap has answered, the value on these
 * rows stands with the interval of a fixed threshold, and both are said to be that; so it stays for any other threshold.
 *
 * Special cases, in this order: all scores equal; too few rows or outcomes (said first, then the usual
 * sentence); nothing flagged; no scenario; flagging nobody is best.
 *
 * @returns the parts in reading order; joined, their texts are the sentence
 * Source: DESIGN "Every page opens with its answer".
 */
export function answerSentence(input: AnswerInput): readonly SentencePart[] {
  const { summary, answer, decision, versus, uncertainty } = input;
  if (summary.distinctScores === 1) return allScoresEqual(summary);
  const words = outcomeWords(answer.scenario);
  const counted = [...tooFew(summary, words), ...flaggedAndCaught(decision, words)];
  if (decision.money === null || answer.money === null || answer.scenario === null)
    return [...counted, ...pickedHere(answer, decision), plain(' Set a scenario to see what that is worth.')];
  const { scenario, money } = answer;
  const picked = pickedBy(answer.strategies, decision.threshold);
  const expected = picked === null ? null : outOfBagNet(uncertainty, picked);
  const worth =
    expected === null
      ? worthHere(decision.money, scenario, picked !== null)
      : worthOnNewRows(expected, scenario);
  return [
    ...counted,
    ...worth,
    ...room({ ...input, scenario, money, expected }),
    ...underVersus(scenario, versus),
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
    return [
      plain('At '),
      at,
      plain(` you flag no ${words.rows}: nothing is caught${unspent(decision.money)}.`),
    ];
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

function unspent(money: MoneyAt | null): string {
  return money !== null && money.cost !== 0 ? '' : ' and nothing is spent';
}

/** In-sample, whatever rule it was: short, and said where nothing else of the sentence says it. */
function pickedHere(answer: ScenarioAnswer, decision: ThresholdDecision): readonly SentencePart[] {
  if (activeStrategies(answer.strategies, decision.threshold).length === 0) return [];
  return [plain(' This threshold was picked on these rows, so expect less on new ones.')];
}

/** ", with an assumed 5,000 a row,": money that rests on one amount for all says which, and who said so. */
function constantAmount(scenario: Scenario): string {
  const { amount, currency } = scenario;
  if (scenario.template === 'fourValues' || !('constant' in amount)) return '';
  const text = moneyTextExact(amount.constant, currency);
  return `, with ${isAssumedAmount(scenario) ? 'an assumed ' : ''}${text} a row,`;
}

function worthHere(money: MoneyAt, scenario: Scenario, isPicked: boolean): readonly SentencePart[] {
  if (money.cost === 0 && money.net === 0) return [];
  const { currency, rowsPerYear } = scenario;
  const value = moneyText(money.net, currency);
  const parts =
    rowsPerYear === null
      ? [plain(` Net value on these rows${constantAmount(scenario)} `), strong(value)]
      : [plain(` Net value${constantAmount(scenario)} `), strong(`${value} ${scaleText(scenario)}`)];
  return [
    ...parts,
    ...intervalOf(money.netInterval, currency, isPicked ? ' for a fixed threshold' : ''),
    plain('.'),
  ];
}

function worthOnNewRows({ value, low, high }: Estimate, scenario: Scenario): readonly SentencePart[] {
  const { currency, rowsPerYear } = scenario;
  const text = moneyText(value, currency);
  const amount = constantAmount(scenario);
  const of =
    rowsPerYear === null
      ? [strong(text), plain(' on as many new rows')]
      : [strong(`${text} ${scaleText(scenario)}`), plain(' on new rows')];
  return [
    plain(` Expected net value${amount} `),
    ...of,
    ...intervalOf([low, high], currency, ''),
    plain('.'),
  ];
}

function intervalOf(
  [low, high]: readonly [number, number],
  currency: string,
  kind: string,
): readonly SentencePart[] {
  if (Number.isNaN(low) || Number.isNaN(high)) return [];
  const interval = rangeText(moneyText(low, currency), moneyText(high, currency));
  return [plain(' '), quiet(`(95\u00A0%${kind}: ${interval})`)];
}

interface RoomInput extends AnswerInput {
  readonly scenario: Scenario;
  readonly money: MoneyCurves;
  /** The headline when it is out-of-bag; null when it is of these rows. */
  readonly expected: Estimate | null;
}

/** How far the threshold may move, or what the best one has over it. */
function room(input: RoomInput): readonly SentencePart[] {
  const { answer, money, decision, expected } = input;
  const best = answer.strategies.find((strategy) => strategy.rule === 'maxNet');
  const caveat = expected === null ? pickedHere(answer, decision) : [];
  if (best?.reason === 'flag-nobody' || !best?.decision) return [plain(nobodyIsBest(input)), ...caveat];
  if (money.plateau === null) return [plain(neverPays(input, best.decision)), ...caveat];
  const [low, high] = money.plateau;
  // The ends are observed scores; a threshold between two scores decides as the upper one.
  const inside = decision.lowestFlagged >= low && decision.lowestFlagged <= high;
  return [plain(inside ? insidePlateau(input, money.plateau) : outsidePlateau(input, best.decision))];
}

/** Passed rows may bring money too: thresholds then earn more than they cost, and still less than flagging nobody. */
function nobodyIsBest({ money: { flagNobody }, scenario }: RoomInput): string {
  if (!(flagNobody > 0))
    return ' With these costs no threshold earns more than it costs here: flagging nobody is best.';
  const brings = `${moneyText(flagNobody, scenario.currency)} ${scaleText(scenario)}`;
  return ` With these values flagging nobody is best: it brings ${brings}, and no threshold brings more.`;
}

/**
 * The fixed cost can be more than any threshold earns, or what is passed cost more, though the best still loses less than
 * flagging nobody.
 */
function neverPays({ decision, scenario }: RoomInput, best: ThresholdDecision): string {
  const net = best.money?.net ?? 0;
  const loss = moneyText(Math.abs(net), scenario.currency);
  const never =
    net + scenario.fixedCost > 0
      ? ' No threshold earns the fixed cost back'
      : ' With these values no threshold brings more than it costs';
  if (flagsSameRows(best, decision.threshold)) return `${never}; this one loses least.`;
  return `${never}; the best, ${thresholdText(best.threshold, [best])}, loses ${loss}.`;
}

function insidePlateau(
  { decision, expected, plateauShare }: RoomInput,
  run: readonly [number, number],
): string {
  const within = percentText(plateauShare);
  const [low, high] = run;
  if (low === high)
    return ` No neighbouring threshold comes within ${within} of it${expected === null ? '; it was picked on these rows, so expect less on new ones' : ''}.`;
  const shown = thresholdShown(decision.threshold, [decision]).value;
  const [from, to] = inwardTexts([Math.min(low, shown), high], shown);
  const caveat =
    expected === null ? ', which was picked on these rows: expect less on new ones' : ' on these rows';
  return ` Any threshold from ${from} to ${to} is within ${within} of the best${caveat}.`;
}

function outsidePlateau(input: RoomInput, best: ThresholdDecision): string {
  const { answer, decision, scenario, uncertainty, expected } = input;
  if (best.money === null || decision.money === null) return '';
  const at = thresholdText(best.threshold, [best]);
  const ofBest = expected === null ? null : outOfBagNet(uncertainty, 'maxNet');
  if (expected !== null && ofBest !== null) {
    const more = ofBest.value - expected.value;
    return more > 0
      ? ` Max net value, at ${at}, is expected to bring ${moneyText(more, scenario.currency)} more.`
      : ` Max net value, at ${at}, is not expected to bring more on new rows.`;
  }
  const picked = activeStrategies(answer.strategies, decision.threshold).length > 0 ? 'both were' : 'it was';
  const more = moneyText(best.money.net - decision.money.net, scenario.currency);
  return ` The best on these rows, ${at}, brings ${more} more; ${picked} picked on the same rows, so expect less on new ones.`;
}

/** What the same threshold brings under the second scenario, and where that one would have it. */
function underVersus(scenario: Scenario, versus: VersusAnswer | null): readonly SentencePart[] {
  const decision = versus?.decision;
  if (versus === null || !decision?.money) return [];
  const { currency, rowsPerYear } = versus.answer.scenario;
  const start = [
    plain(` Under ${versusNames(scenario, versus.answer.scenario).second} it brings `),
    strong(
      `${moneyText(decision.money.net, currency)}${rowsPerYear === null ? '' : ` ${scaleText({ rowsPerYear })}`}`,
    ),
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
