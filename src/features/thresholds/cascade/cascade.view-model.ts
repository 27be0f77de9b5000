/** The cascade in words and rows: who decides what, what the pair brings, and beside what. */
import type { CascadeAnswer, CascadeArm, CascadeDesign } from '../../../core/money/cascade.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { formatCount, formatMetric, formatMoneyExact, formatRate } from '../../../design/format.ts';
import type { SentencePart } from '../answer-sentence.ts';
import { cutOffText, finiteCutOff } from '../bands/bands.view-model.ts';
import { moneyText, rangeText } from '../display-text.ts';
import { scaleText } from '../scale-words.ts';

/** Names of the two scores. */
export interface CascadeNames {
  readonly fast: string;
  readonly accurate: string;
}

const plain = (text: string): SentencePart => ({ text, tone: 'plain' });
const strong = (text: string): SentencePart => ({ text, tone: 'strong' });
const quiet = (text: string): SentencePart => ({ text, tone: 'quiet' });

/** How many rows need the accurate model, what the pair brings, and whether that differs from the accurate model alone. */
export function cascadeSentence(
  answer: CascadeAnswer,
  names: CascadeNames,
  scenario: Scenario | null,
): readonly SentencePart[] {
  const { design, handedOn, rows, pair } = answer;
  const start = [
    plain(`${names.fast} decides outside ${cutOffText(design.low)} to ${cutOffText(design.high)}; `),
    strong(`${formatCount(handedOn)} of ${formatCount(rows)} rows`),
    plain(` (${formatRate(handedOn / rows)}) go on to ${names.accurate}. `),
  ];
  if (scenario === null)
    return [
      ...start,
      plain('F1 of the pair '),
      strong(formatMetric(pair.f1)),
      plain(
        `; ${names.fast} alone ${formatMetric(answer.fastAlone.f1)}, ${names.accurate} alone ${formatMetric(answer.accurateAlone.f1)}.`,
      ),
    ];
  return [
    ...start,
    plain('Net value '),
    strong(`${moneyText(pair.net, scenario.currency)} ${scaleText(scenario)}`),
    plain(', scoring paid: '),
    ...differencePart(answer, names, scenario),
  ];
}

/** Whether chance alone could make the difference; a band that was searched for on these rows looks better than it is. */
function differencePart(
  { pair, accurateAlone, netDifference, tried }: CascadeAnswer,
  { accurate }: CascadeNames,
  { currency }: Scenario,
): readonly SentencePart[] {
  const difference = pair.net - accurateAlone.net;
  const [low, high] = netDifference;
  const than = `${moneyText(Math.abs(difference), currency)} ${difference < 0 ? 'less' : 'more'} than ${accurate} alone`;
  if (Number.isNaN(low)) return [plain(`${than}.`)];
  const interval = ` (95\u00A0%: ${rangeText(moneyText(low, ''), moneyText(high, ''))})`;
  const isChance = low <= 0 && high >= 0;
  const picked =
    tried === 0
      ? '.'
      : `. It is the best of ${formatCount(tried)} tried on these rows: expect less on new ones.`;
  return [plain(than), quiet(interval), plain(`${isChance ? ', which chance could make' : ''}${picked}`)];
}

/** One way to decide, as the table shows it. */
export interface CascadeRow {
  readonly name: string;
  /** Where it hands on, or flags. */
  readonly threshold: string;
  readonly flagged: string;
  readonly precision: string;
  readonly recall: string;
  readonly f1: string;
  readonly scoringCost: string;
  readonly net: string;
  readonly netExact: string;
  readonly isPair: boolean;
}

/** The pair, then each model alone at its own best threshold. */
export function cascadeRows(
  { design, pair, fastAlone, accurateAlone }: CascadeAnswer,
  { fast, accurate }: CascadeNames,
  currency: string,
): readonly CascadeRow[] {
  const rowOf = (name: string, threshold: string, arm: CascadeArm, isPair: boolean): CascadeRow => ({
    name,
    threshold,
    flagged: formatCount(arm.flagged),
    precision: formatMetric(arm.precision),
    recall: formatMetric(arm.recall),
    f1: formatMetric(arm.f1),
    scoringCost: moneyText(arm.scoringCost, currency),
    net: moneyText(arm.net, currency),
    netExact: formatMoneyExact(arm.net),
    isPair,
  });
  return [
    rowOf('The pair', `handed on ${cutOffText(design.low)} to ${cutOffText(design.high)}`, pair, true),
    rowOf(`${fast} alone`, shortText(fastAlone.threshold), fastAlone, false),
    rowOf(`${accurate} alone`, shortText(accurateAlone.threshold), accurateAlone, false),
  ];
}

function shortText(threshold: number): string {
  return Number.isFinite(threshold) ? `flagged from ${formatMetric(threshold)}` : 'nobody flagged';
}

/** The design as a link carries it: a cut-off that no score reaches becomes a number above every score. */
export function finiteDesign(design: CascadeDesign, highestScore: number): CascadeDesign {
  const finite = (cutOff: number) => finiteCutOff(cutOff, Math.max(1, highestScore), 3);
  const { low, high, accurateThreshold } = design;
  return {
    ...design,
    low: finite(low),
    high: finite(high),
    accurateThreshold: finite(accurateThreshold),
  };
}
