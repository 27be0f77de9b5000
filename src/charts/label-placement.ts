import { type Domain, type PlotFrame, xOf, yOf } from './plot-frame.ts';

/** A label's box in px; y is its top. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawn line in px, ascending x; a gap is NaN. */
export interface Polyline {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A line's values in px of the picture. */
export function polylineOf(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  xDomain: Domain,
  yDomain: Domain,
  frame: PlotFrame,
): Polyline {
  return {
    x: Array.from(x, (value) => xOf(value, xDomain, frame)),
    y: Array.from(y, (value) => yOf(value, yDomain, frame)),
  };
}

/** Height of one line of picture text. */
export const labelHeight = 13;

/** Baseline under the top of a label's box. */
export const labelAscent = 10;

/** Width of picture text (11 px Inter): 6.1 px a character, 6.5 when bold, measured on our own labels. */
export function labelWidth(text: string, bold = false): number {
  return text.length * (bold ? 6.5 : 6.1);
}

/** More room than this is no better: the first candidate that has it wins, so that order is preference. */
const enough = 3;

/**
 * The candidate with the most room: its least distance to lines, to labels already placed and to the plot's edges
 * (negative when it overlaps). The first candidate with enough room wins; otherwise the roomiest.
 *
 * @param candidates in order of preference
 * @param leastRoom below it the label is better left out
 * @returns index into candidates; -1 when none has the least room, or there is none
 */
export function bestPlace(
  candidates: readonly LabelBox[],
  lines: readonly Polyline[],
  taken: readonly LabelBox[],
  frame: PlotFrame,
  leastRoom = Number.NEGATIVE_INFINITY,
): number {
  let best = -1;
  let bestRoom = Number.NEGATIVE_INFINITY;
  for (const [index, box] of candidates.entries()) {
    const room = Math.min(enough, roomAround(box, lines, taken, frame));
    if (room > bestRoom) {
      best = index;
      bestRoom = room;
    }
  }
  return bestRoom < leastRoom ? -1 : best;
}

function roomAround(
  box: LabelBox,
  lines: readonly Polyline[],
  taken: readonly LabelBox[],
  frame: PlotFrame,
): number {
  let room = Math.min(
    box.x - frame.left + enough,
    frame.width - (box.x + box.width) + enough,
    box.y - frame.top + enough,
    frame.bottom - (box.y + box.height) + enough,
  );
  for (const other of taken) room = Math.min(room, boxDistance(box, other));
  for (const line of lines) room = Math.min(room, lineDistance(box, line));
  return room;
}

function boxDistance(a: LabelBox, b: LabelBox): number {
  const across = Math.max(b.x - (a.x + a.width), a.x - (b.x + b.width));
  const along = Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height));
  return Math.max(across, along);
}

/** Vertical distance between a box and the part of a line over or under it; negative when the line runs through. */
function lineDistance(box: LabelBox, line: Polyline): number {
  let least = Number.POSITIVE_INFINITY;
  let lowest = Number.NEGATIVE_INFINITY;
  let highest = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < line.x.length; i += 1) {
    const [x0, x1, y0, y1] = [line.x[i]!, line.x[i + 1]!, line.y[i]!, line.y[i + 1]!];
    if (x1 < box.x || x0 > box.x + box.width || Number.isNaN(y0 + y1)) continue;
    lowest = Math.max(lowest, y0, y1);
    highest = Math.min(highest, y0, y1);
  }
  if (lowest >= highest) least = Math.max(box.y - lowest, highest - (box.y + box.height));
  return least;
}
