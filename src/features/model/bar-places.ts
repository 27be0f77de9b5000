/** Where bars and their words stand in a picture of a given width. */
import { cutLabel } from '../../charts/cut-label.ts';
import { labelWidth } from '../../charts/label-placement.ts';
import type { Bar } from './trees.view-model.ts';

export interface BarPlace {
  /** Px of the bar's ends, the left one first. */
  readonly start: number;
  readonly end: number;
  /** The label, cut to the room that names have. */
  readonly name: string;
  readonly valueX: number;
  readonly anchor: 'start' | 'end';
}

export interface BarPlaces {
  /** Right end of the names. */
  readonly names: number;
  readonly zero: number;
  readonly bars: readonly BarPlace[];
}

/** Names take no more than this share of the picture. */
const NAME_SHARE = 0.42;
const GAP = 8;

/** Bars to the right of zero, or to both sides when there are negative ones; room is kept for the longest value. */
export function barPlaces(bars: readonly Bar[], width: number): BarPlaces {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => labelWidth(text)));
  const names = Math.min(widest(bars.map(({ label }) => label)), width * NAME_SHARE);
  const room = widest(bars.map(({ text }) => text)) + GAP;
  const isSigned = bars.some(({ share }) => share < 0);
  const start = names + GAP + (isSigned ? room : 0);
  const length = Math.max(width - start - room, 10);
  const zero = isSigned ? start + length / 2 : start;
  const unit = isSigned ? length / 2 : length;
  return {
    names,
    zero,
    bars: bars.map(({ label, share }) => {
      const end = zero + share * unit;
      return {
        start: Math.min(zero, end),
        end: Math.max(zero, end),
        name: cutLabel(label, names),
        valueX: share < 0 ? end - 5 : end + 5,
        anchor: share < 0 ? 'end' : 'start',
      };
    }),
  };
}
