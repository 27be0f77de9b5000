/** The designer of bands in words and rows: what the cut-offs leave for review, what it brings, and beside what. */
import type { TableTwin } from '../../../charts/table-twin.ts';
import type { BandDesign, BandFigures, BandsAnswer } from '../../../core/money/bands.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import {
  formatCount,
  formatCountOf,
  formatMoneyExact,
  formatRate,
  formatThreshold,
} from '../../../design/format.ts';
import type { SentencePart } from '../answer-sentence.ts';
import { moneyText, rangeText } from '../display-text.ts';
import { scaleText } from '../scale-words.ts';
import { templateWords } from '../words.ts';

const plain = (text: string): SentencePart => ({ text, tone: 'plain' });
const strong = (text: string): SentencePart => ({ text, tone: 'strong' });
const quiet = (text: string): SentencePart => ({ text, tone: 'quiet' });

/** A cut-off as it was typed, dragged or proposed; Infinity is reached by no score. */
export function cutOffText(cutOff: number): string {
  if (!Number.isFinite(cutOff)) return formatThreshold(cutOff);
  const decimals = Math.max(3, (String(cutOff).split('.')[1] ?? '').length);
  return formatThreshold(cutOff, Math.min(decimals, 12));
}

/** The answer of the bands: what is done, how much is left for review, what it brings, and beside the best single threshold. */
export function bandsSentence(answer: BandsAnswer, scenario: Scenario): readonly SentencePart[] {
  const { design, bands, net, netInterval } = answer;
  const refer = bands[1]!;
  const { rows } = templateWords[scenario.template];
  return [
    ...cutOffsPart(design),
    strong(`${formatCount(refer.rows)} ${refer.rows === 1 ? rows.replace(/s$/, '') : rows}`),
    plain(` (${formatRate(refer.share)}) for review. Net value `),
    strong(`${moneyText(net, scenario.currency)} ${scaleText(scenario)}`),
    quiet(intervalText(netInterval)),
    plain(`, ${singlePart(answer, scenario)}`),
  ];
}

function cutOffsPart({ low, high }: BandDesign): readonly SentencePart[] {
  if (low === Number.POSITIVE_INFINITY) return [plain('Approving everybody leaves ')];
  if (high === Number.POSITIVE_INFINITY)
    return [plain('Approving below '), strong(cutOffText(low)), plain(' and declining nobody leaves ')];
  return [
    plain('Approving below '),
    strong(cutOffText(low)),
    plain(' and declining from '),
    strong(cutOffText(high)),
    plain(' leaves '),
  ];
}

function intervalText([low, high]: readonly [number, number]): string {
  return Number.isNaN(low) ? '' : ` (95\u00A0%: ${rangeText(moneyText(low, ''), moneyText(high, ''))})`;
}

/** How the one threshold of the scenario compares; it assumes that every flagged row is reviewed without error. */
function singlePart({ net, single }: BandsAnswer, { currency, template }: Scenario): string {
  if (single === null) return 'where one threshold would flag nobody.';
  const difference = net - single.net;
  const reviewed =
    template === 'lending' || template === 'fraud' ? ', which takes every review to be right' : '';
  const beside = `the best single threshold, ${formatThreshold(single.threshold)}${reviewed}.`;
  if (moneyText(difference, currency) === moneyText(0, currency)) return `as much as ${beside}`;
  return `${moneyText(Math.abs(difference), currency)} ${difference > 0 ? 'more' : 'less'} than ${beside}`;
}

/** What stands against the design: too many reviews, or better cut-offs; null when nothing does. */
export function bandsAdvice(answer: BandsAnswer, scenario: Scenario): string | null {
  const { design, overCapacity, reviews, best, net } = answer;
  const { low, high } = best;
  const pair =
    low === Number.POSITIVE_INFINITY
      ? 'approving everybody'
      : `${cutOffText(low)} and ${high === Number.POSITIVE_INFINITY ? 'no upper cut-off' : cutOffText(high)}`;
  const brings = moneyText(best.net, scenario.currency);
  if (overCapacity > 0) {
    const period = scenario.rowsPerYear === null ? '' : ' a\u00A0year';
    return (
      `${reviewsText(reviews)}${period} are ${formatCount(Math.ceil(overCapacity))} more than the ` +
      `${formatCount(design.capacity ?? 0)} that can be done. The best within that, ${pair}, brings ${brings}.`
    );
  }
  if (moneyText(best.net, '') === moneyText(net, '')) return null;
  return `The best cut-offs on these rows, ${pair}, bring ${brings}.`;
}

function reviewsText(reviews: number): string {
  return formatCountOf(Math.round(reviews), 'review');
}

/** One band as the table shows it. */
export interface BandRow {
  readonly name: string;
  readonly scores: string;
  readonly rows: string;
  readonly share: string;
  readonly rate: string;
  readonly rateInterval: string;
  readonly net: string;
  readonly netExact: string;
}

const names: Readonly<Record<BandFigures['band'], string>> = {
  approve: 'Approve',
  refer: 'Refer',
  decline: 'Decline',
};

/** From the lowest scores: approve, refer, decline. */
export function bandRows({ bands, design }: BandsAnswer, currency: string): readonly BandRow[] {
  return bands.map((figures) => ({
    name: names[figures.band],
    scores: scoresText(figures.band, design),
    rows: formatCount(figures.rows),
    share: formatRate(figures.share),
    rate: figures.rows === 0 ? '' : formatRate(figures.positiveRate),
    rateInterval: figures.rows === 0 ? '' : `[${figures.rateInterval.map(percentText).join(', ')}]`,
    net: moneyText(figures.net, currency),
    netExact: formatMoneyExact(figures.net),
  }));
}

/** Rows of all bands together. */
export function bandsTotal({ bands }: BandsAnswer): string {
  return formatCount(bands.reduce((sum, { rows }) => sum + rows, 0));
}

/** "13.0" of 0.13: the unit stands beside the rate. */
function percentText(share: number): string {
  return formatRate(share).split('\u00A0')[0]!;
}

function scoresText(band: BandFigures['band'], { low, high }: BandDesign): string {
  if (band === 'approve')
    return low === Number.POSITIVE_INFINITY ? 'all' : `below ${cutOffText(low)}, or no score`;
  if (band === 'decline') return high === Number.POSITIVE_INFINITY ? 'none' : `from ${cutOffText(high)}`;
  if (low === high) return 'none';
  return high === Number.POSITIVE_INFINITY
    ? `from ${cutOffText(low)}`
    : `${cutOffText(low)} to below ${cutOffText(high)}`;
}

/** The bands as numbers, for the table of the picture and its file. */
export function bandsTwin({ bands }: BandsAnswer): TableTwin {
  const of = (pick: (figures: BandFigures) => number) => bands.map(pick);
  return {
    columns: [
      { name: 'Band', values: bands.map(({ band }) => names[band]) },
      { name: 'Rows', values: of(({ rows }) => rows), format: formatCount },
      { name: 'Share', values: of(({ share }) => share), format: formatRate },
      { name: 'Positives', values: of(({ positives }) => positives), format: formatCount },
      { name: 'Positive rate', values: of(({ positiveRate }) => positiveRate), format: formatRate },
      { name: 'Rate, low', values: of(({ rateInterval }) => rateInterval[0]), format: formatRate },
      { name: 'Rate, high', values: of(({ rateInterval }) => rateInterval[1]), format: formatRate },
      { name: 'Net value', values: of(({ net }) => net), format: formatMoneyExact },
    ],
  };
}

/** A cut-off that a link can carry and a slider can show: above every score instead of Infinity. */
export function finiteCutOff(cutOff: number, highestScore: number, digits: number): number {
  if (Number.isFinite(cutOff)) return cutOff;
  const size = 10 ** digits;
  return Number(((Math.floor(highestScore * size) + 1) / size).toFixed(digits));
}

/** The design with one cut-off moved; it takes the other along rather than pass it. */
export function withCutOff(design: BandDesign, which: 'low' | 'high', cutOff: number): BandDesign {
  return which === 'low'
    ? { ...design, low: cutOff, high: Math.max(cutOff, design.high) }
    : { ...design, low: Math.min(cutOff, design.low), high: cutOff };
}
