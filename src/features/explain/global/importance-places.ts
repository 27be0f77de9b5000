/** Where the bars of global importance and their words stand in a picture of a given width. */
import { cutLabel } from '../../../charts/cut-label.ts';
import { labelWidth } from '../../../charts/label-placement.ts';
import { narrowWidth } from '../../../charts/plot-frame.ts';
import type { ImportanceRow } from './importance.view-model.ts';

export interface ImportancePlace {
  /** Top of the row. */
  readonly top: number;
  /** The name, cut to its room. */
  readonly name: string;
  /** Baseline of the name. */
  readonly nameY: number;
  readonly barY: number;
  readonly barEnd: number;
  /** Baseline of the value, which stands behind the bar. */
  readonly valueY: number;
}

export interface ImportancePlaces {
  readonly rowHeight: number;
  readonly barHeight: number;
  /** Left end of all bars: the zero of the axis. */
  readonly zero: number;
  readonly rows: readonly ImportancePlace[];
}

const wide = { row: 27, bar: 14 } as const;
/** The name has a line of its own above the bar. */
const narrow = { row: 37, bar: 13 } as const;

/** Names take no more than this share of a wide picture. */
const NAME_SHARE = 0.32;
const GAP = 10;

/** Height in px of the picture of so many bars. */
export function importanceHeight(rowCount: number, width: number): number {
  return rowCount * (isNarrow(width) ? narrow : wide).row;
}

/** Bars begin at one line; a narrow picture has its names above them, so that none is cut that would fit. */
export function importancePlaces(rows: readonly ImportanceRow[], width: number): ImportancePlaces {
  const isPhone = isNarrow(width);
  const { row: rowHeight, bar: barHeight } = isPhone ? narrow : wide;
  const widestName = Math.max(0, ...rows.map(({ name }) => labelWidth(name)));
  const nameRoom = isPhone ? width : Math.min(widestName, width * NAME_SHARE);
  const zero = isPhone ? 0 : nameRoom + GAP;
  const valueRoom = Math.max(0, ...rows.map(({ label }) => labelWidth(label))) + GAP;
  const longest = Math.max(width - zero - valueRoom, 10);
  return {
    rowHeight,
    barHeight,
    zero,
    rows: rows.map(({ name, length }, i) => {
      const top = i * rowHeight;
      const middle = isPhone ? top + rowHeight - barHeight / 2 - 5 : top + rowHeight / 2;
      return {
        top,
        name: cutLabel(name, nameRoom),
        nameY: isPhone ? top + 13 : middle + 4,
        barY: middle - barHeight / 2,
        barEnd: zero + length * longest,
        valueY: middle + 4,
      };
    }),
  };
}

function isNarrow(width: number): boolean {
  return width < narrowWidth;
}
