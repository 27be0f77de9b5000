import { type AxisTicks, fitTicks, moneyAxis, niceTicks } from '../../charts/axis-ticks.ts';
import { extentOf } from '../../charts/plot-frame.ts';
import type { ScorePoint } from '../../charts/ScoreLineChart.tsx';
import type { Band, ReferenceLevel, Series } from '../../charts/series.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyResult, ThresholdDecision } from '../../core/threshold/decision.ts';
import { formatCountOf, formatRatio, formatThreshold } from '../../design/format.ts';
import { breakEvenThresholds } from './break-even.ts';
import { moneyText, moneyTextExact, thresholdText } from './display-text.ts';
import { netValueTitle, scaleText } from './scale-words.ts';
import { strategyName } from './strategy-label.ts';
import { strategyMarks } from './strategy-marks.ts';
import { onOneAxis } from './two-curves.ts';
import type { PictureSize } from './use-picture-size.ts';
import { type VersusAnswer, type VersusNames, versusNames } from './versus.ts';
import { templateWords } from './words.ts';

/** A line over the score axis, ready for ScoreLineChart. */
export interface MoneyPicture {
  readonly x: Float64Array;
  readonly series: readonly Series[];
  readonly band: Band | null;
  readonly references: readonly ReferenceLevel[];
  readonly points: readonly ScorePoint[];
  readonly formatY: (value: number, axis: AxisTicks) => string;
  /** What the y axis measures, over which rows, in which currency. */
  readonly yTitle: string;
  readonly plateau: readonly [number, number] | null;
  /** null: the chart takes it from the data. */
  readonly yDomain: readonly [number, number] | null;
  /** What of the curve the picture does not show, for the caption; null when all of it is there. The table has it. */
  readonly leftOut: string | null;
  /** What the picture says, for who cannot see it. */
  readonly message: string;
}

export interface MoneyPictureInput {
  readonly money: MoneyCurves;
  readonly scenario: Scenario;
  readonly strategies: readonly StrategyResult[];
  /** The same rows under the second scenario; null = one scenario only. */
  readonly versus: VersusAnswer['answer'] | null;
  /** Ends of the score axis. */
  readonly axis: readonly [number, number];
  readonly size: PictureSize;
}

/** Share of the score axis within which strategies get one mark: nearer, their words lie on each other. */
const samePlace: Readonly<Record<PictureSize, number>> = { narrow: 0.12, plain: 0.03, large: 0.02 };

/**
 * Net value by threshold: the line with its 95 % interval at each fixed threshold, the strategies on it, where it
 * crosses zero, and what flagging everyone is worth. A second scenario is a dashed line with its best threshold on it.
 */
export function netValuePicture(input: MoneyPictureInput): MoneyPicture {
  const { money, scenario, versus } = input;
  const { currency } = scenario;
  const both = onOneAxis(money, versus?.money ?? null);
  const extent = extentOf(both.net, both.netLow, both.netHigh, both.versusNet, [0, money.flagAll]) ?? [0, 1];
  const floor = netFloor(extent[0], extentOf(both.net, both.versusNet)?.[1] ?? 0);
  const lowest = floor ?? extent[0];
  const axis = moneyAxis(niceTicks(lowest, extent[1]));
  const flagAll = `flag everyone, ${moneyText(money.flagAll, currency)}`;
  const leftOut = floor === null ? null : `below\u00A0${moneyText(floor, currency)} not drawn`;
  return {
    x: both.threshold,
    series: linesOf(input, {
      key: 'net',
      label: 'net value',
      first: both.net,
      second: both.versusNet,
      format: moneyFormats(input),
    }),
    band: { low: both.netLow, high: both.netHigh, label: '95\u00A0% band' },
    references: [{ y: money.flagAll, label: money.flagAll < lowest ? `${flagAll} (below)` : flagAll }],
    points: pointsOf(input),
    yTitle: `Net value ${scaleText(scenario)}, ${currencyText(input)}`,
    // k or M stands on the ticks, as in every other text of the page.
    formatY: (amount, drawn) =>
      amount === 0 ? '0' : [axis.formatTick(amount, drawn), axis.unit].filter(Boolean).join('\u00A0'),
    plateau: isVisible(money.plateau, input.axis) ? money.plateau : null,
    yDomain: floor === null ? null : [floor, fitTicks(floor, extent[1]).domain[1]],
    leftOut,
    message: [
      netMessage(input),
      versusMessage(input),
      floor === null ? '' : ` What lies below ${moneyText(floor, currency)} is not drawn.`,
    ].join(''),
  };
}

/** The part below zero is drawn down to this share of the best when it would flatten the rest. */
const BELOW_ZERO = 0.5;

/**
 * Where the net value's axis ends below: null where all of it is drawn, which is as long as the part below zero is no
 * taller than the part above, and when nothing is positive. Flagging everyone may lose a hundred times what the best
 * threshold earns; drawn to its end, the best could not be told from its neighbours.
 */
function netFloor(lowest: number, best: number): number | null {
  if (!(best > 0) || lowest >= -best) return null;
  return Number((-BELOW_ZERO * best).toPrecision(2));
}

/**
 * ROI by threshold. Where few rows are flagged it grows without bound and would flatten the rest: what lies above 1.25
 * times its 90 % quantile is left out of the line, said in `leftOut`, and stays in the table.
 */
export function roiPicture(input: MoneyPictureInput): MoneyPicture {
  const { money, scenario, versus } = input;
  const both = onOneAxis(money, versus?.money ?? null);
  const yDomain = roiDomain(money.roi, versus?.money.roi ?? null);
  const drawn = (roi: Float64Array) => roi.map((value) => (value > yDomain[1] ? Number.NaN : value));
  const format = (value: number) => formatRatio(value);
  return {
    x: both.threshold,
    series: linesOf(input, {
      key: 'roi',
      label: 'ROI',
      first: drawn(both.roi),
      second: drawn(both.versusRoi),
      format: { first: format, second: format },
    }),
    band: null,
    references: [],
    points: pointsOf(input),
    yTitle: `Net value for each unit spent on ${templateWords[scenario.template].spending}`,
    formatY: (value) => (value === 0 ? '0' : formatRatio(value)),
    plateau: null,
    yDomain,
    leftOut: roiLeftOut(money, yDomain[1]),
    message: `Return on what is spent on ${templateWords[scenario.template].spending} by threshold.${breakEvenSentence(money)}`,
  };
}

function namesOf({ scenario, versus }: MoneyPictureInput): VersusNames | null {
  return versus === null ? null : versusNames(scenario, versus.scenario);
}

/** "in EUR"; with two currencies both are named. */
function currencyText({ scenario, versus }: MoneyPictureInput): string {
  const text = ({ currency }: Scenario) => (currency === '' ? 'in the currency of the file' : currency);
  const first = text(scenario);
  const second = versus === null ? first : text(versus.scenario);
  return first === second ? first : `${first} and ${second}`;
}

interface Formats {
  readonly first: (value: number) => string;
  readonly second: (value: number) => string;
}

/**
 * Alone, a line is drawn at thresholds where its value is exact. Two lines are read at each other's thresholds too,
 * between their own points: the short form has no more digits than the picture can show.
 */
function moneyFormats({ scenario, versus }: MoneyPictureInput): Formats {
  if (versus === null) {
    const exact = (amount: number) => moneyTextExact(Math.round(amount), scenario.currency);
    return { first: exact, second: exact };
  }
  return {
    first: (amount) => moneyText(amount, scenario.currency),
    second: (amount) => moneyText(amount, versus.scenario.currency),
  };
}

interface MoneyLines {
  readonly key: string;
  /** Of a line that is alone. */
  readonly label: string;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly format: Formats;
}

function linesOf(input: MoneyPictureInput, { key, label, first, second, format }: MoneyLines): Series[] {
  const names = namesOf(input);
  if (names === null) return [{ key, label, values: first, colour: 'c1', format: format.first }];
  return [
    { key, label: onPicture(names.first), values: first, colour: 'c1', format: format.first },
    {
      key: `versus ${key}`,
      label: onPicture(names.second),
      values: second,
      colour: 'c2',
      isDashed: true,
      format: format.second,
    },
  ];
}

/** A name of the user's, cut to what a picture has room for. */
function onPicture(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
}

const LONGEST_NAME = 28;

/** "above 2.00 not drawn: 20 or fewer rows flagged": which part of the curve is missing, and how little it rests on. */
function roiLeftOut({ roi, flagged }: MoneyCurves, top: number): string | null {
  if (roi.every(Number.isNaN)) return 'not defined: nothing is spent';
  let most = 0;
  roi.forEach((value, i) => {
    if (value > top) most = Math.max(most, flagged[i]!);
  });
  if (most === 0) return null;
  return `above ${formatRatio(top)} not drawn: ${formatCountOf(most, 'row')}${most > 1 ? ' or fewer' : ''} flagged`;
}

/** ROI is drawn up to this multiple of its 90 % quantile: seen on both fixtures, the rest is the tail of a few rows. */
const ROI_HEADROOM = 1.25;

function roiDomain(first: Float64Array, second: Float64Array | null): readonly [number, number] {
  const [low, high] = roiExtent(first);
  const [otherLow, otherHigh] = second === null ? [low, high] : roiExtent(second);
  return niceTicks(Math.min(0, low, otherLow), Math.max(0, high, otherHigh)).domain;
}

function roiExtent(roi: Float64Array): readonly [number, number] {
  const defined = roi.filter((value) => Number.isFinite(value)).sort();
  if (defined.length === 0) return [0, 1];
  return [defined[0]!, defined[Math.floor(0.9 * (defined.length - 1))]! * ROI_HEADROOM];
}

/** A plateau narrower than this share of the axis is thinner than the marker's line: its words would point at nothing. */
const THINNEST_PLATEAU = 0.004;

function isVisible(plateau: MoneyCurves['plateau'], [low, high]: readonly [number, number]): boolean {
  return plateau !== null && plateau[1] - plateau[0] >= THINNEST_PLATEAU * (high - low);
}

/**
 * From the right: the curve falls, so the words of a mark find room above its right side if the next mark's are there
 * already. Of two scenarios only what each recommends is marked: the others would crowd two lines.
 */
function pointsOf({ money, strategies, versus, axis, size }: MoneyPictureInput): readonly ScorePoint[] {
  if (versus !== null) return [...bestPoint(strategies, 0), ...bestPoint(versus.strategies, 1)];
  return [...breakEvenPoints(money), ...strategyMarks(strategies, axis, samePlace[size]).toReversed()];
}

/** The threshold that a scenario recommends, on its own line. */
function bestPoint(strategies: readonly StrategyResult[], line: number): readonly ScorePoint[] {
  const best = maxNetOf(strategies);
  return best === null
    ? []
    : [{ threshold: best.threshold, label: strategyName('maxNet').toLowerCase(), line }];
}

function maxNetOf(strategies: readonly StrategyResult[]): ThresholdDecision | null {
  return strategies.find((strategy) => strategy.rule === 'maxNet')?.decision ?? null;
}

function breakEvenPoints(money: MoneyCurves): readonly ScorePoint[] {
  return breakEvenThresholds(money.threshold, money.net).map((threshold) => ({
    threshold,
    label: `break-even ${formatThreshold(threshold)}`,
    hollow: true,
  }));
}

function breakEvenSentence(money: MoneyCurves): string {
  const crossings = breakEvenThresholds(money.threshold, money.net);
  if (crossings.length === 0) return '';
  return ` It crosses zero at ${crossings.map((threshold) => formatThreshold(threshold)).join(' and ')}.`;
}

function netMessage({ money, strategies, scenario }: MoneyPictureInput): string {
  return `${netValueTitle(scenario)} by threshold. ${bestSentence(strategies, scenario)}${breakEvenSentence(money)}`;
}

function bestSentence(strategies: readonly StrategyResult[], { currency }: Scenario): string {
  const best = maxNetOf(strategies);
  return best?.money
    ? `Best on these rows: ${moneyText(best.money.net, currency)} at ${thresholdText(best.threshold, [best])}.`
    : 'No threshold earns more than it costs.';
}

function versusMessage(input: MoneyPictureInput): string {
  const names = namesOf(input);
  if (names === null || input.versus === null) return '';
  const { strategies, scenario } = input.versus;
  return ` Dashed, ${names.second}: ${bestSentence(strategies, scenario)}`;
}
