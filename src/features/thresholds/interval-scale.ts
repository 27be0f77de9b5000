/** Where the intervals of the strategies' net values lie beside each other. */
import type { Estimate } from '../../core/threshold/uncertainty.ts';
import { formatMoney } from '../../design/format.ts';
import { rangeText } from './display-text.ts';

/** The piece of the money axis that all interval pictures of a table share. */
export interface IntervalScale {
  readonly low: number;
  readonly high: number;
  /** The greatest net value, marked in every row. */
  readonly best: number;
  /** "1.2 to 2.0 M", for the column's head. */
  readonly label: string;
}

/** One row's picture: places are shares of the width, 0 at the left. */
export type IntervalPicture =
  | {
      readonly kind: 'drawn';
      readonly from: number;
      readonly to: number;
      readonly dot: number;
      /** Of the out-of-bag value; NaN without one, or where it lies outside. */
      readonly expected: number;
      readonly best: number;
    }
  /** The estimate lies left of what is drawn: "‹ 1.2 M". */
  | { readonly kind: 'below'; readonly text: string };

/** A rule that earns less than this share of the best would stretch the scale until no others could be told apart. */
const LEAST_SHARE_DRAWN = 0.5;

/**
 * The scale on which the intervals are compared: from the lowest to the highest end of those whose estimate is at least
 * half of the best; all of them where nothing earns anything.
 *
 * @returns null without a finite estimate
 */
export function intervalScale(nets: readonly Estimate[]): IntervalScale | null {
  const known = nets.filter(({ value }) => Number.isFinite(value));
  if (known.length === 0) return null;
  const best = Math.max(...known.map(({ value }) => value));
  const drawn = known.filter(({ value }) => best <= 0 || value >= LEAST_SHARE_DRAWN * best);
  const low = Math.min(...drawn.map(lowEnd));
  const high = Math.max(...drawn.map(highEnd));
  if (!(high > low)) return null;
  return { low, high, best, label: rangeText(formatMoney(low), formatMoney(high)) };
}

/**
 * An estimate with its interval on the scale, cut at its ends.
 *
 * @param expected the out-of-bag value, NaN without one
 */
export function intervalPicture(net: Estimate, expected: number, scale: IntervalScale): IntervalPicture {
  if (net.value < scale.low) return { kind: 'below', text: `\u2039\u00A0${formatMoney(scale.low)}` };
  const place = (value: number) => (value - scale.low) / (scale.high - scale.low);
  const cut = (value: number) => Math.min(Math.max(place(value), 0), 1);
  const atExpected = place(expected);
  return {
    kind: 'drawn',
    from: cut(lowEnd(net)),
    to: cut(highEnd(net)),
    dot: cut(net.value),
    expected: atExpected >= 0 && atExpected <= 1 ? atExpected : Number.NaN,
    best: cut(scale.best),
  };
}

function lowEnd({ value, low }: Estimate): number {
  return Number.isNaN(low) ? value : low;
}

function highEnd({ value, high }: Estimate): number {
  return Number.isNaN(high) ? value : high;
}
