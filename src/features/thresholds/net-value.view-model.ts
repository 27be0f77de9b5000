import { type AxisTicks, moneyAxis, niceTicks } from '../../charts/axis-ticks.ts';
import { extentOf } from '../../charts/plot-frame.ts';
import type { ScorePoint } from '../../charts/ScoreLineChart.tsx';
import type { Band, ReferenceLevel, Series } from '../../charts/series.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';
import type { StrategyResult } from '../../core/threshold/decision.ts';
import { formatCountOf, formatRatio, formatThreshold } from '../../design/format.ts';
import { breakEvenThresholds } from './break-even.ts';
import { moneyText, moneyTextExact, thresholdText } from './display-text.ts';
import { strategyMarks } from './strategy-marks.ts';
import type { PictureSize } from './use-picture-size.ts';

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
  /** What of the curve the picture does not show, for the caption; null when all of it is there. */
  readonly leftOut: string | null;
  /** What the picture says, for who cannot see it. */
  readonly message: string;
}

export interface MoneyPictureInput {
  readonly money: MoneyCurves;
  readonly strategies: readonly StrategyResult[];
  readonly currency: string;
  /** Ends of the score axis. */
  readonly axis: readonly [number, number];
  readonly size: PictureSize;
}

/** Share of the score axis within which strategies get one mark: nearer, their words lie on each other. */
const samePlace: Readonly<Record<PictureSize, number>> = { narrow: 0.12, plain: 0.03, large: 0.02 };

/**
 * Net value by threshold: the line with its 95 % interval at each fixed threshold, the strategies on it, where it
 * crosses zero, and what flagging everyone is worth.
 */
export function netValuePicture(input: MoneyPictureInput): MoneyPicture {
  const { money, currency } = input;
  const extent = extentOf(money.net, money.netLow, money.netHigh, [0, money.flagAll]) ?? [0, 1];
  const axis = moneyAxis(niceTicks(extent[0], extent[1]));
  const exact = (amount: number) => moneyTextExact(Math.round(amount), currency);
  const flagAll = moneyText(money.flagAll, currency);
  return {
    x: money.threshold,
    series: [{ key: 'net', label: 'net value', values: money.net, colour: 'c1', format: exact }],
    band: { low: money.netLow, high: money.netHigh, label: '95\u00A0% band' },
    references: [{ y: money.flagAll, label: `flag everyone, ${flagAll}` }],
    points: pointsOf(input),
    yTitle: `Net value on these rows, ${currency === '' ? 'in the currency of the file' : currency}`,
    // k or M stands on the ticks, as in every other text of the page.
    formatY: (amount, drawn) =>
      amount === 0 ? '0' : [axis.formatTick(amount, drawn), axis.unit].filter(Boolean).join('\u00A0'),
    plateau: isVisible(money.plateau, input.axis) ? money.plateau : null,
    yDomain: null,
    leftOut: null,
    message: netMessage(input),
  };
}

/**
 * ROI by threshold. Where few rows are flagged it grows without bound and would flatten the rest: what lies above 1.25
 * times its 90 % quantile is left out of the line, said in `leftOut`, and stays in the table.
 */
export function roiPicture(input: MoneyPictureInput): MoneyPicture {
  const { money } = input;
  const yDomain = roiDomain(money.roi);
  const drawn = money.roi.map((value) => (value > yDomain[1] ? Number.NaN : value));
  return {
    x: money.threshold,
    series: [
      { key: 'roi', label: 'ROI', values: drawn, colour: 'c1', format: (value) => formatRatio(value) },
    ],
    band: null,
    references: [],
    points: pointsOf(input),
    yTitle: 'Net value for each unit spent on reviews',
    formatY: (value) => (value === 0 ? '0' : formatRatio(value)),
    plateau: null,
    yDomain,
    leftOut: roiLeftOut(money, yDomain[1]),
    message: `Return on the cost of reviews by threshold.${breakEvenSentence(money)}`,
  };
}

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

function roiDomain(roi: Float64Array): readonly [number, number] {
  const defined = roi.filter((value) => Number.isFinite(value)).sort();
  if (defined.length === 0) return [0, 1];
  const high = defined[Math.floor(0.9 * (defined.length - 1))]! * ROI_HEADROOM;
  return niceTicks(Math.min(0, defined[0]!), Math.max(0, high)).domain;
}

/** A plateau narrower than this share of the axis is thinner than the marker's line: its words would point at nothing. */
const THINNEST_PLATEAU = 0.004;

function isVisible(plateau: MoneyCurves['plateau'], [low, high]: readonly [number, number]): boolean {
  return plateau !== null && plateau[1] - plateau[0] >= THINNEST_PLATEAU * (high - low);
}

/** From the right: the curve falls, so the words of a mark find room above its right side if the next mark's are there already. */
function pointsOf({ money, strategies, axis, size }: MoneyPictureInput): readonly ScorePoint[] {
  return [...breakEvenPoints(money), ...strategyMarks(strategies, axis, samePlace[size]).toReversed()];
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

function netMessage({ money, strategies, currency }: MoneyPictureInput): string {
  const best = strategies.find((strategy) => strategy.rule === 'maxNet')?.decision;
  const start = best?.money
    ? `Best on these rows: ${moneyText(best.money.net, currency)} at ${thresholdText(best.threshold, [best])}.`
    : 'No threshold earns more than it costs.';
  return `Net value by threshold. ${start}${breakEvenSentence(money)}`;
}
