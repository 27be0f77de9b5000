import { valueOnLine } from './interpolate.ts';
import {
  bestPlace,
  type LabelBox,
  labelAscent,
  labelHeight,
  labelWidth,
  type Polyline,
  polylineOf,
} from './label-placement.ts';
import { type Domain, type PlotFrame, xOf, yOf } from './plot-frame.ts';
import { type Band, type ReferenceLevel, type Series, seriesInk } from './series.ts';

/** A text of one or two lines with its baseline origin, and the dot it belongs to. */
export interface PlacedLabel {
  readonly key: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly bold: boolean;
  readonly dot: { readonly x: number; readonly y: number; readonly hollow: boolean } | null;
  /** End of a thin line from the dot, when the words could not stand beside it; else null. */
  readonly leader: { readonly x: number; readonly y: number } | null;
}

export interface ScoreLabelInput {
  readonly frame: PlotFrame;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  readonly x: ArrayLike<number>;
  readonly series: readonly Series[];
  readonly band: Band | null;
  readonly references: readonly ReferenceLevel[];
  readonly points: readonly {
    readonly threshold: number;
    readonly label: string;
    readonly hollow?: boolean;
    readonly line?: number;
  }[];
  readonly plateau: Domain | null;
  /** Empty: no words. */
  readonly plateauLabel: string;
  readonly pinned: { readonly threshold: number; readonly label: string } | null;
}

/**
 * Places the words of a score picture, each where it has room: points first (they are bound to one place), then the
 * names of lines, the references, the band and the plateau. A single line needs no name: the panel's title has it.
 * The words of band and plateau, which the caption and the answer also say, are left out where they would cover something.
 */
export function placeScoreLabels(input: ScoreLabelInput): PlacedLabel[] {
  const { frame, series } = input;
  const drawn = series.map((line) => polylineIn(input, line.values));
  const levels = input.references
    .filter((level) => isOnAxis(level.y, input.yDomain))
    .map((level) => levelLine(yOf(level.y, input.yDomain, frame), frame));
  const lines = [...drawn, ...levels];
  const taken: LabelBox[] = input.pinned ? [pinnedBox(input, input.pinned.threshold)] : [];
  const placed: PlacedLabel[] = [];
  const points = pointsOf(input).flatMap((point) => {
    const dot = dotOf(input, point.threshold, point.hollow ?? false, point.line);
    const key = `${point.line ?? 0} ${point.label}`;
    return dot === null ? [] : [{ key, label: point.label, dot }];
  });
  const dots = points.map(({ dot }) => dot);
  const place = (
    key: string,
    text: string | readonly string[],
    candidates: readonly LabelBox[],
    look: Look,
  ) => {
    const { fill, bold = false, dot = null, optional = false, off = [] } = look;
    // The words of a point stand right beside its own dot, and off those of the others.
    const others = dots.filter((other) => other !== dot).map(dotBox);
    const leastRoom = optional ? 0 : Number.NEGATIVE_INFINITY;
    const box = candidates[bestPlace(candidates, lines, [...taken, ...others, ...off], frame, leastRoom)];
    if (box === undefined) return;
    taken.push(box);
    const words = typeof text === 'string' ? [text] : text;
    const leader = dot === null ? null : leaderTo(box, dot);
    placed.push({ key, lines: words, x: box.x, y: box.y + labelAscent, fill, bold, dot, leader });
  };

  for (const { key, label, dot } of points)
    place(key, label, besideDot(dot, label, frame), { fill: 'var(--text-2)', dot });
  if (series.length > 1) {
    // The marker rests most often where a point is: names stand beside it there.
    const off = dots.map(({ x }) => uprightBox(x, frame));
    for (const [index, line] of series.entries())
      place(line.key, line.label, alongLine(drawn[index]!, line.label, frame), {
        fill: seriesInk(line.colour),
        bold: true,
        off,
      });
  }
  for (const level of input.references) {
    const [low, high] = input.yDomain;
    const y = yOf(Math.min(Math.max(level.y, low), high), input.yDomain, frame);
    place(level.label, level.label, alongLevel(y, level.label, frame), { fill: 'var(--text-3)' });
  }
  if (input.band) {
    const edge = polylineIn(input, input.band.high);
    place('band', input.band.label, alongLine(edge, input.band.label, frame), {
      fill: 'var(--text-3)',
      optional: true,
    });
  }
  if (input.plateau && input.plateauLabel !== '') {
    const words = inTwoLines(input.plateauLabel);
    place('plateau', words, besidePlateau(input, input.plateau, words), {
      fill: 'var(--text-3)',
      optional: true,
    });
  }
  return placed;
}

interface Look {
  readonly fill: string;
  readonly bold?: boolean;
  readonly dot?: PlacedLabel['dot'];
  /** Left out rather than drawn over something. */
  readonly optional?: boolean;
  /** What these words alone keep off. */
  readonly off?: readonly LabelBox[];
}

function uprightBox(x: number, { top, bottom }: PlotFrame): LabelBox {
  return { x: x - 1, y: top, width: 2, height: bottom - top };
}

/** Right to left: on a falling line the label of a later point lies lower, and an earlier one can stand above it. */
function pointsOf(input: ScoreLabelInput) {
  const points = input.pinned ? [...input.points, { ...input.pinned, hollow: true }] : [...input.points];
  return points.sort((a, b) => b.threshold - a.threshold);
}

/** The pinned line begins this far above its dot, so that words above it have room. */
const pinnedRise = 18;

/** y of the upper end of the pinned line. */
export function pinnedTop(input: ScoreLabelInput, threshold: number): number {
  const dot = dotOf(input, threshold, true);
  return dot === null ? input.frame.top : Math.max(input.frame.top, dot.y - pinnedRise);
}

/** The room that placed words take, for what must not cover them. */
export function wordsBox({ lines, bold, x, y }: PlacedLabel): LabelBox {
  const width = Math.max(...lines.map((text) => labelWidth(text, bold)));
  return { x, y: y - labelAscent, width, height: labelHeight * lines.length };
}

function dotBox({ x, y }: { x: number; y: number }): LabelBox {
  return { x: x - 4, y: y - 4, width: 8, height: 8 };
}

function pinnedBox(input: ScoreLabelInput, threshold: number): LabelBox {
  const top = pinnedTop(input, threshold);
  const x = xOf(threshold, input.xDomain, input.frame) - 1;
  return { x, y: top, width: 2, height: input.frame.bottom - top };
}

function inTwoLines(text: string): string[] {
  const middle = text.indexOf(' ', text.length / 2 - 2);
  return middle < 0 ? [text] : [text.slice(0, middle), text.slice(middle + 1)];
}

function polylineIn({ x, xDomain, yDomain, frame }: ScoreLabelInput, values: ArrayLike<number>): Polyline {
  return polylineOf(x, values, xDomain, yDomain, frame);
}

/** False for NaN. */
function isOnAxis(y: number, [low, high]: Domain): boolean {
  return y >= low && y <= high;
}

function levelLine(y: number, frame: PlotFrame): Polyline {
  return { x: [frame.left, frame.right], y: [y, y] };
}

function dotOf(
  input: ScoreLabelInput,
  threshold: number,
  hollow: boolean,
  line = 0,
): NonNullable<PlacedLabel['dot']> | null {
  const on = input.series[line];
  const y = on === undefined ? Number.NaN : valueOnLine(input.x, on.values, threshold);
  if (!isOnAxis(y, input.yDomain)) return null;
  return { x: xOf(threshold, input.xDomain, input.frame), y: yOf(y, input.yDomain, input.frame), hollow };
}

function besideDot(dot: { x: number; y: number }, text: string, frame: PlotFrame): LabelBox[] {
  const width = labelWidth(text);
  const right = dot.x + 7;
  const left = dot.x - 7 - width;
  const fitting = [right, left].filter((x) => x >= frame.left && x + width <= frame.width);
  const sides = fitting.length > 0 ? fitting : [right, left];
  const rises = [-18, -31, 5, 18, -44, 31, -57, 44, -70, 57, -83, 70, -96];
  return rises.flatMap((rise) => sides.map((x) => ({ x, y: dot.y + rise, width, height: labelHeight })));
}

/** Words whose box begins within this many px above or below their dot need no line to it. */
const beside = 9;

function leaderTo(box: LabelBox, dot: { x: number; y: number }): { x: number; y: number } | null {
  const x = box.x > dot.x ? box.x - 2 : box.x + box.width + 2;
  if (box.y + box.height < dot.y - beside) return { x, y: box.y + box.height - 3 };
  if (box.y > dot.y + beside) return { x, y: box.y + 4 };
  return null;
}

/** Just above or below the line at places from right to left; the right end of a line is where its name is looked for. */
function alongLine(line: Polyline, text: string, frame: PlotFrame): LabelBox[] {
  const width = labelWidth(text, true);
  const boxes: LabelBox[] = [];
  for (const share of [0.72, 0.62, 0.82, 0.52, 0.42, 0.9, 0.32]) {
    const x = frame.left + share * (frame.right - frame.left) - width / 2;
    const range = rangeUnder(line, x, x + width);
    if (range === null) continue;
    boxes.push({ x, y: range.top - labelHeight - 4, width, height: labelHeight });
    boxes.push({ x, y: range.bottom + 4, width, height: labelHeight });
  }
  return boxes;
}

function rangeUnder(line: Polyline, from: number, to: number): { top: number; bottom: number } | null {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const [i, x] of line.x.entries()) {
    if (x < from || x > to || Number.isNaN(line.y[i]!)) continue;
    top = Math.min(top, line.y[i]!);
    bottom = Math.max(bottom, line.y[i]!);
  }
  return top <= bottom ? { top, bottom } : null;
}

function alongLevel(y: number, text: string, frame: PlotFrame): LabelBox[] {
  const width = labelWidth(text);
  const xs = [frame.right - width, frame.left + 6, (frame.left + frame.right - width) / 2];
  return xs.flatMap((x) => [
    { x, y: y - labelHeight - 2, width, height: labelHeight },
    { x, y: y + 3, width, height: labelHeight },
  ]);
}

function besidePlateau({ xDomain, frame }: ScoreLabelInput, plateau: Domain, words: readonly string[]) {
  const width = Math.max(...words.map((text) => labelWidth(text)));
  const height = labelHeight * words.length;
  const right = xOf(plateau[1], xDomain, frame) + 6;
  const left = xOf(plateau[0], xDomain, frame) - 6 - width;
  return [8, 24, 48].flatMap((rise) =>
    [right, left].map((x): LabelBox => ({ x, y: frame.bottom - rise - height, width, height })),
  );
}
