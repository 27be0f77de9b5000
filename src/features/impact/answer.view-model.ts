import type {
  ImpactMoney,
  PredictedImpact,
  RealisedImpact,
  SpendingPart,
} from '../../core/impact/impact-figures.ts';
import { type MonthStanding, standingOf } from '../../core/impact/impact-verdicts.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { Estimate } from '../../core/threshold/uncertainty.ts';
import { formatList, formatRatio } from '../../design/format.ts';
import { countedText, countText, moneyRange, moneyText, periodText } from './impact-format.ts';
import type { TextRun } from './impact-view.ts';
import { impactWords, spendingWords } from './impact-words.ts';

const plain = (text: string): TextRun => ({ text, tone: 'plain' });
const strong = (text: string): TextRun => ({ text, tone: 'strong' });
const quiet = (text: string): TextRun => ({ text, tone: 'quiet' });

/**
 * What the judged rows promise, in one sentence: what is prevented for how much, what is left with its interval, and what
 * each unit spent brings back (prevented / spent). Where the threshold was picked on these rows, what is left is what it
 * brings on new ones: an optimum is never shown as fact.
 *
 * @param outOfBagNet net value on rows that did not choose the threshold, when it was chosen on these; NaN while it is not
 *   known; null for a threshold of the user's own
 */
export function predictedAnswer(
  predicted: PredictedImpact,
  scenario: Scenario,
  outOfBagNet: Estimate | null,
): readonly TextRun[] {
  const { total, isYearly, spending } = predicted;
  const rows = countText(total.rows);
  const when = isYearly ? `In a year of ${rows} decisions` : `On these ${rows} rows`;
  if (total.flagged === 0)
    return nobody(`${when} nobody would be flagged at this threshold`, total, scenario);
  const { would } = impactWords[scenario.template];
  const gain = gainForCost(`${when} the model would ${would}`, total, spending, scenario);
  const brought = broughtBack(total, 'brings');
  if (outOfBagNet === null) return [...gain, ...leftHere(predicted, scenario), plain('.'), ...brought];
  return [...gain, plain('.'), ...brought, ...leftOnNewRows(outOfBagNet, isYearly, scenario)];
}

/** ": net value 1.53 M (95 %: 1.31 to 1.76 M)", of a threshold that these rows did not choose. */
function leftHere(
  { total, netInterval: [low, high] }: PredictedImpact,
  { currency, template }: Scenario,
): readonly TextRun[] {
  const range = Number.isNaN(low) ? '' : `95\u00A0%: ${moneyRange(low, high, currency)}`;
  const net = moneyText(total.net, currency);
  if (total.net >= 0) return [plain(': net value '), strong(net), ...inBrackets([range])];
  const { would } = impactWords[template];
  return [
    plain(': '),
    strong(`${moneyText(-total.net, currency)} more than it would ${would}`),
    ...inBrackets([`net value ${net}`, range]),
  ];
}

/** " Expected net value 275 k on as many new rows (95 %: 244 to 308 k)." */
function leftOnNewRows(
  { value, low, high }: Estimate,
  isYearly: boolean,
  { currency }: Scenario,
): readonly TextRun[] {
  if (Number.isNaN(value)) return [];
  const range = Number.isNaN(low) ? '' : `95\u00A0%: ${moneyRange(low, high, currency)}`;
  return [
    plain(' Expected net value '),
    strong(moneyText(value, currency)),
    plain(isYearly ? ' a year on new rows' : ' on as many new rows'),
    ...inBrackets([range]),
    plain('.'),
  ];
}

function inBrackets(parts: readonly string[]): readonly TextRun[] {
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? [] : [quiet(` (${said.join(', ')})`)];
}

/** What happened, in one sentence, and how the months stood to their promise. */
export function realisedAnswer(realised: RealisedImpact, scenario: Scenario): readonly TextRun[] {
  const { total, spending } = realised;
  if (total.known === 0)
    return [
      strong('No outcome is known yet'),
      plain(` for the ${countText(total.rows)} decisions: nothing can be said of what they brought.`),
    ];
  if (total.flagged === 0)
    return [
      ...nobody(`${whenOf(realised)} nobody would have been flagged`, total, scenario),
      ...stood(realised),
    ];
  const { did } = impactWords[scenario.template];
  const { currency } = scenario;
  return [
    ...gainForCost(`${whenOf(realised)} the model would have ${did}`, total, spending, scenario),
    ...(total.net < 0
      ? [plain(': '), strong(`${moneyText(-total.net, currency)} more than it would have ${did}`)]
      : []),
    plain('.'),
    ...broughtBack(total, 'would have brought'),
    ...stood(realised),
  ];
}

/** "From January to December 2024"; without dates the decisions are counted. */
function whenOf({ months, total }: RealisedImpact): string {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined)
    return `On ${countedText(total.known, 'decision')} with a known outcome`;
  const period = periodText(first.month, last.month);
  return months.length === 1 ? `In ${period}` : `From ${period}`;
}

/** "… prevented 2.46 M of losses for 926 k of reviews and fixed cost" */
function gainForCost(
  start: string,
  { prevented, spent }: ImpactMoney,
  spending: readonly SpendingPart[],
  { currency, template }: Scenario,
): readonly TextRun[] {
  const gained = [plain(`${start} `), strong(moneyText(prevented, currency))];
  const { of } = impactWords[template];
  if (spending.length === 0) return [...gained, plain(`${of} at no cost`)];
  const nouns = spending.map(({ label }) => spendingWords(label, template).noun);
  return [
    ...gained,
    plain(`${of} for `),
    strong(moneyText(spent, currency)),
    plain(` of ${formatList(nouns)}`),
  ];
}

function nobody(start: string, total: ImpactMoney, { template, currency }: Scenario): readonly TextRun[] {
  const words = impactWords[template];
  if (!words.isMissedCounted)
    return [plain(`${start}: net value `), strong(moneyText(total.net, currency)), plain('.')];
  const spent =
    total.spent === 0 ? '' : `, and the fixed cost of ${moneyText(total.spent, currency)} is spent`;
  return [
    plain(`${start}: nothing is ${words.did}, `),
    strong(moneyText(total.missed, currency)),
    plain(`${words.of} is missed${spent}.`),
  ];
}

/** " Each unit spent brings back 6.47, itself included (ROI 5.47)." */
function broughtBack(
  { prevented, spent, roi }: ImpactMoney,
  verb: 'brings' | 'would have brought',
): readonly TextRun[] {
  if (spent <= 0) return [];
  return [
    plain(` Each unit spent ${verb} back `),
    strong(formatRatio(prevented / spent)),
    plain(`, itself included (ROI\u00A0${formatRatio(roi)}).`),
  ];
}

const STOOD: Readonly<Record<Exclude<MonthStanding, 'open'>, string>> = {
  inside: 'stayed in',
  below: 'fell below',
  above: 'rose above',
};

/** How many months stayed in the promised band; one sum alone is set against its band itself. */
function stood(realised: RealisedImpact): readonly TextRun[] {
  const { months, total, currency } = realised;
  if (months.length < 2) {
    const standing = standingOf(months[0] ?? total);
    if (standing === 'open') return [plain(' Most outcomes are not known yet, so there is no verdict.')];
    const { low, high } = (months[0] ?? total).promised;
    return [plain(` That ${STOOD[standing]} the promised band of ${moneyRange(low, high, currency)}.`)];
  }
  const count = (standing: MonthStanding) => months.filter((month) => standingOf(month) === standing).length;
  const open = count('open');
  const judged = months.length - open;
  if (judged === 0)
    return [plain(' Most outcomes of every month are not known yet, so there is no verdict.')];
  return [plain(' '), strong(bandText(judged, count)), plain(`.${waitingText(open)}`)];
}

/** "10 of 12 months stayed in the promised band, 2 fell below it" */
function bandText(judged: number, count: (standing: MonthStanding) => number): string {
  const inside = count('inside');
  const all = judged === 1 ? 'The one month that can be judged' : `All ${countedText(judged, 'month')}`;
  for (const standing of ['inside', 'below', 'above'] as const)
    if (count(standing) === judged) return `${all} ${STOOD[standing]} the promised band`;
  const start = `${countText(inside)} of ${countedText(judged, 'month')} stayed in the promised band`;
  const others = (['below', 'above'] as const)
    .filter((standing) => count(standing) > 0)
    .map((standing) => `${countText(count(standing))} ${STOOD[standing]} it`);
  return [start, ...others].join(', ');
}

function waitingText(open: number): string {
  if (open === 0) return '';
  return ` ${countedText(open, 'month')} more ${open === 1 ? 'waits' : 'wait'} for most of ${open === 1 ? 'its' : 'their'} outcomes.`;
}
