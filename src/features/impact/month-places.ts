/** Where the months and their words stand in a picture of a given size. */
import { type AxisTicks, niceTicks } from '../../charts/axis-ticks.ts';
import { labelWidth } from '../../charts/label-placement.ts';
import { type PlotFrame, yOf } from '../../charts/plot-frame.ts';
import type { MonthStanding } from '../../core/impact/impact-verdicts.ts';
import { monthName as calendarMonth, monthNumberOf } from '../../core/impact/month.ts';

/** One month as the picture draws it. */
export interface MonthMark {
  /** `2024-03`. */
  readonly month: string;
  /** What happened, or what the judged rows promise. */
  readonly kind: 'realised' | 'predicted';
  readonly net: number;
  /** "125 k", under the axis. */
  readonly netText: string;
  /** What the promise gives for as many decisions; NaN where it gives nothing, `net` for a predicted month too. */
  readonly promised: { readonly net: number; readonly low: number; readonly high: number };
  /** Net value that the ROI floor asks for on what was spent. */
  readonly floor: number;
  /** To the band of its promise; 'open': too little is known. */
  readonly standing: MonthStanding;
}

export interface MonthPlace {
  readonly mark: MonthMark;
  /** Middle and half width of the month's room. */
  readonly x: number;
  readonly half: number;
  readonly y: number;
  /** "Mar". */
  readonly name: string;
  /** "2024" under the first month and under each January; '' elsewhere. */
  readonly year: string;
  /** Whether there is room for its name, and for its net value. */
  readonly showsName: boolean;
  readonly showsNet: boolean;
}

/** Words at the right of the plot, beside what they name. */
export interface SideLabel {
  readonly text: string;
  readonly y: number;
  readonly isStrong: boolean;
}

export interface MonthPlaces {
  readonly frame: PlotFrame;
  readonly axis: AxisTicks;
  readonly zero: number;
  readonly months: readonly MonthPlace[];
  readonly side: readonly SideLabel[];
  readonly hasSide: boolean;
  readonly hasYears: boolean;
}

/** Below this width the words at the right stand in the note under the picture instead. */
const LEAST_SIDE_WIDTH = 560;
const SIDE = 84;
const NAME_ROW = 16;
const LABEL_GAP = 4;
const LEAST_LINE = 13;

/**
 * @param marks in the order of time; a calendar month without a mark between two leaves its room empty
 * @param width px of the whole picture
 */
export function monthPlaces(marks: readonly MonthMark[], width: number, height: number): MonthPlaces {
  const calendar = calendarOf(marks);
  const hasYears = new Set(calendar.map((month) => month.slice(0, 4))).size > 1;
  const hasSide = width >= LEAST_SIDE_WIDTH;
  const frame: PlotFrame = {
    width,
    height,
    left: 40,
    right: width - (hasSide ? SIDE : 4),
    top: 22,
    bottom: height - NAME_ROW * (hasYears ? 3 : 2) - 4,
  };
  const axis = axisOf(marks);
  const slot = (frame.right - frame.left) / Math.max(calendar.length, 1);
  const step = stepOf(slot, LABEL_GAP + labelWidth('Mmm'));
  const netsShown = shownNets(marks, calendar, slot);
  const months = marks.map((mark): MonthPlace => {
    const at = calendar.indexOf(mark.month);
    return {
      mark,
      x: frame.left + (at + 0.5) * slot,
      half: slot / 2,
      y: yOf(mark.net, axis.domain, frame),
      name: monthName(mark.month, 'short'),
      year: hasYears && (at === 0 || mark.month.endsWith('-01')) ? mark.month.slice(0, 4) : '',
      showsName: at % step === 0,
      showsNet: netsShown.has(mark.month),
    };
  });
  const zero = yOf(0, axis.domain, frame);
  return {
    frame,
    axis,
    zero,
    months,
    hasSide,
    hasYears,
    side: hasSide ? sideLabels(marks, axis, frame) : [],
  };
}

/** "March 2024", "Mar", in the user's words; the month as it is written where it is no calendar month. */
export function monthName(month: string, form: 'short' | 'long', locale?: string): string {
  const number = monthNumberOf(month);
  if (Number.isNaN(number)) return month;
  const options: Intl.DateTimeFormatOptions =
    form === 'short' ? { month: 'short' } : { month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(
    // Not Date.UTC, which takes the years before 100 for those of the last century.
    new Date(0).setUTCFullYear(Math.floor(number / 12), number % 12, 1),
  );
}

/** Every month from the first to the last; the months as they come when they are no calendar months. */
function calendarOf(marks: readonly MonthMark[]): readonly string[] {
  const first = marks[0]?.month;
  const last = marks.at(-1)?.month;
  if (first === undefined || last === undefined) return [];
  const start = monthNumberOf(first);
  const length = monthNumberOf(last) - start + 1;
  if (!(length <= MOST_MONTHS)) return marks.map(({ month }) => month);
  return Array.from({ length }, (_, index) => calendarMonth(start + index));
}

/** Fifty years: beyond, one stray date would squeeze all others into a line; gaps are then left out. */
const MOST_MONTHS = 600;

/** Zero, every net value, every band and every floor. */
function axisOf(marks: readonly MonthMark[]): AxisTicks {
  const values = marks
    .flatMap(({ net, promised, floor }) => [net, promised.low, promised.high, promised.net, floor])
    .filter(Number.isFinite);
  return niceTicks(Math.min(0, ...values), Math.max(0, ...values));
}

/** Whose net values are written: all where they have room, else those of low months, which the picture is about, one by one. */
function shownNets(
  marks: readonly MonthMark[],
  calendar: readonly string[],
  slot: number,
): ReadonlySet<string> {
  const widest = Math.max(0, ...marks.map(({ netText }) => labelWidth(netText)));
  if (slot >= widest + LABEL_GAP) return new Set(marks.map(({ month }) => month));
  const shown = new Set<string>();
  let free = Number.NEGATIVE_INFINITY;
  for (const { month, netText, standing } of marks) {
    const middle = (calendar.indexOf(month) + 0.5) * slot;
    const half = labelWidth(netText, true) / 2;
    if (standing !== 'below' || middle - half < free) continue;
    shown.add(month);
    free = middle + half;
  }
  return shown;
}

/** Every how many months a word of this width has room. */
function stepOf(slot: number, wordWidth: number): number {
  return Math.max(1, Math.ceil(wordWidth / slot));
}

/** Names of promise, band and floor at the height that they have in the last month, moved apart where they would meet. */
function sideLabels(marks: readonly MonthMark[], axis: AxisTicks, frame: PlotFrame): readonly SideLabel[] {
  const band = marks.findLast(({ promised }) => Number.isFinite(promised.high))?.promised.high ?? Number.NaN;
  const promise = marks.findLast(({ promised }) => Number.isFinite(promised.net))?.promised.net ?? Number.NaN;
  const at = (value: number, text: string, isStrong: boolean): readonly SideLabel[] =>
    Number.isFinite(value)
      ? [{ text, isStrong, y: Math.min(yOf(value, axis.domain, frame) + 4, frame.bottom - 2) }]
      : [];
  const wanted = [
    ...at(band, '95\u00A0% band', false),
    ...at(promise, 'promised', true),
    ...at(marks.findLast(({ floor }) => Number.isFinite(floor))?.floor ?? Number.NaN, 'ROI floor', false),
  ].sort((a, b) => a.y - b.y);
  const placed: SideLabel[] = [];
  for (const label of wanted)
    placed.push({
      ...label,
      y: Math.max(label.y, (placed.at(-1)?.y ?? Number.NEGATIVE_INFINITY) + LEAST_LINE),
    });
  return placed;
}
