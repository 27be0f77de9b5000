/** The four numbers of the page with one plain sentence each. */
import type {
  ImpactMoney,
  PredictedImpact,
  RealisedImpact,
  SpendingPart,
} from '../../core/impact/impact-figures.ts';
import { standingOf } from '../../core/impact/impact-verdicts.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { Estimate } from '../../core/threshold/uncertainty.ts';
import { formatList, formatMoney } from '../../design/format.ts';
import { countText, moneyRange, moneyText, moneyTextExact, wholePercent } from './impact-format.ts';
import type { ImpactCard } from './impact-view.ts';
import { impactWords, spendingWords } from './impact-words.ts';
import type { WithoutModel } from './page-parts.ts';

/**
 * The cards of what is promised.
 * @param outOfBagNet net value on rows that did not choose the threshold, when it was chosen on these (NaN while it is not
 *   known); else null
 */
export function predictedCards(
  { total, spending, netInterval }: PredictedImpact,
  scenario: Scenario,
  outOfBagNet: Estimate | null,
  withoutModel: WithoutModel,
): readonly ImpactCard[] {
  const { currency } = scenario;
  const left = predictedNetText(total, netInterval, outOfBagNet, currency);
  const without = withoutModelText(withoutModel, outOfBagNet?.value ?? total.net, currency);
  const sentence = [left, without].filter((text) => text !== '').join(' ');
  return [...moneyCards(total, spending, scenario, 'would be'), netCard(total, sentence, currency)];
}

/** The cards of what happened. */
export function realisedCards(
  { total, spending }: RealisedImpact,
  scenario: Scenario,
): readonly ImpactCard[] {
  const sentence = realisedNetText(total, scenario.currency);
  return [
    ...moneyCards(total, spending, scenario, 'would have been'),
    netCard(total, sentence, scenario.currency),
  ];
}

type Were = 'would have been' | 'would be';

function moneyCards(
  total: ImpactMoney,
  spending: readonly SpendingPart[],
  { template, currency }: Scenario,
  were: Were,
): readonly ImpactCard[] {
  const words = impactWords[template];
  const card = (name: string, amount: number, sentence: string): ImpactCard => ({
    name,
    value: formatMoney(amount),
    exact: moneyTextExact(amount, currency),
    sentence,
  });
  return [
    card(words.gain, total.prevented, caughtText(total, template, were)),
    card('Spent', total.spent, spentText(total, spending, template)),
    card('Missed', total.missed, missedText(total, template, were)),
  ];
}

/** "2,669 of 3,348 bad applications would be stopped for review." */
function caughtText(
  { caught, missedPositives }: ImpactMoney,
  template: Scenario['template'],
  were: Were,
): string {
  const words = impactWords[template];
  const all = Math.round(caught + missedPositives);
  if (all === 0) return `There ${were === 'would be' ? were : 'was'} no ${words.positives(1)}.`;
  return `${countText(caught)} of ${countText(all)} ${words.positives(all)} ${were} ${words.caught}.`;
}

/** "268 k on 5,360 reviews, 538 k on 2,691 good applicants who waited and 120 k fixed." */
function spentText(
  total: ImpactMoney,
  spending: readonly SpendingPart[],
  template: Scenario['template'],
): string {
  if (spending.length === 0) return 'Nothing is spent.';
  const parts = spending.map(({ label, amount }) => {
    const { on, per } = spendingWords(label, template);
    const rows = per === 'heldUp' ? total.flagged - total.caught : total.flagged;
    return `${formatMoney(amount)} ${on(countText(rows))}`;
  });
  return `${formatList(parts)}.`;
}

function missedText({ missedPositives }: ImpactMoney, template: Scenario['template'], were: Were): string {
  const words = impactWords[template];
  const count = Math.round(missedPositives);
  if (count === 0)
    return `No ${words.positives(1)} ${were === 'would have been' ? 'scored' : 'would score'} under the line.`;
  const who = `${countText(count)} ${words.positives(count)} ${were === 'would have been' ? words.wouldHavePassed : words.wouldPass}`;
  if (words.isMissedCounted) return `${who}.`;
  return `${who}; the scenario counts what they cost in what is spent.`;
}

function netCard(total: ImpactMoney, sentence: string, currency: string): ImpactCard {
  return {
    name: 'Net value',
    value: formatMoney(total.net),
    exact: moneyTextExact(total.net, currency),
    sentence,
  };
}

/**
 * "Flagging everybody would bring 271 k, flagging nobody −120 k.": what needs no model, and whether it brings more than this
 * one is expected to.
 * @param expected NaN: not known, and not compared
 */
function withoutModelText({ everybody, nobody }: WithoutModel, expected: number, currency: string): string {
  if (Number.isNaN(everybody)) return '';
  const brings = (net: number) =>
    `${moneyText(net, currency)}${net > expected && !isSameText(net, expected) ? ', more than the model' : ''}`;
  const all = `Flagging everybody would bring ${brings(everybody)}`;
  return nobody === 0 && !(nobody > expected) ? `${all}.` : `${all}; flagging nobody ${brings(nobody)}.`;
}

/** Too close to tell apart as they are written. */
function isSameText(a: number, b: number): boolean {
  return formatMoney(a) === formatMoney(b);
}

/** Left after all costs, against what was promised for as many decisions. */
function realisedNetText(total: RealisedImpact['total'], currency: string): string {
  if (total.known === 0) return 'No outcome is known yet.';
  const start = total.net < 0 ? 'Costs are higher than what was gained' : 'Left after all costs';
  const { promised } = total;
  const standing = standingOf(total);
  if (standing === 'open') return `${start}; most outcomes are not known yet.`;
  const band = `its band of ${moneyRange(promised.low, promised.high, currency)}`;
  const where = { inside: 'inside', below: 'below', above: 'above' }[standing];
  return `${start}: ${againstText(total.net, promised.net, currency)}, ${where} ${band}.`;
}

/** "10 % under the promised 1.69 M", or the amount where a share of it says little. */
function againstText(net: number, promised: number, currency: string): string {
  const side = net < promised ? 'under' : 'over';
  const share = Math.abs(net - promised) / promised;
  if (isSameText(net, promised)) return `as promised, ${moneyText(promised, currency)}`;
  const isShare = promised > 0 && net > 0 && share < 2 && share >= 0.005;
  const by = isShare ? wholePercent(share) : moneyText(Math.abs(net - promised), currency);
  return `${by} ${side} the promised ${moneyText(promised, currency)}`;
}

function predictedNetText(
  total: ImpactMoney,
  [low, high]: readonly [number, number],
  outOfBagNet: Estimate | null,
  currency: string,
): string {
  const start = total.net < 0 ? 'Costs would be higher than what is gained' : 'Left after all costs';
  const interval = Number.isNaN(low) ? '.' : `, 95\u00A0%: ${moneyRange(low, high, currency)}.`;
  if (outOfBagNet === null) return `${start}${interval}`;
  const { value, low: from, high: to } = outOfBagNet;
  const picked = `${start} by these rows, which picked the threshold`;
  if (Number.isNaN(value)) return `${picked}; what new ones bring is not known.`;
  return `${picked}; on new ones expect ${moneyText(value, currency)} (95\u00A0%: ${moneyRange(from, to, currency)}).`;
}
