import { bestPlace, type LabelBox, labelWidth, type Polyline } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import type { PlotFrame } from './plot-frame.ts';

export interface HoverRow {
  readonly label: string;
  readonly value: string;
  /** Of the value's line; null for the x value. */
  readonly ink: string | null;
}

export interface HoverBoxProps {
  readonly frame: PlotFrame;
  readonly rows: readonly HoverRow[];
  /** The lines that it should not cover. */
  readonly lines: readonly Polyline[];
  /** Marker, dots and words, most important first: to cover these is worse than to cover a line. */
  readonly taken: readonly LabelBox[];
  /** Beside the crosshair at this x; null: in the freest corner of the plot. */
  readonly besideX: number | null;
}

const rowHeight = 15;
const gap = 10;
/** Px between the box and what it stays clear of. */
const least = 2;
/** The plot's edges are the candidates' own affair. */
const edgeless: PlotFrame = {
  width: Number.POSITIVE_INFINITY,
  height: Number.POSITIVE_INFINITY,
  left: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

/** Exact values under the pointer, one row a line, where the picture has room. Not in exports. */
export function HoverBox({ frame, rows, lines, taken, besideX }: HoverBoxProps) {
  const width = Math.max(...rows.map((row) => labelWidth(row.label) + labelWidth(row.value, true) + 26));
  const height = rows.length * rowHeight + 6;
  const candidates = places(frame, width, height, besideX);
  const open = clearOf(taken, candidates);
  const place = open[bestPlace(open, lines, [], frame)]!;
  return (
    <g pointerEvents="none" data-export="no" transform={`translate(${Math.max(place.x, 0)} ${place.y})`}>
      <rect width={width} height={height} rx={4} fill="var(--surface)" stroke="var(--line-2)" />
      {rows.map((row, index) => (
        <g key={row.label} transform={`translate(0 ${index * rowHeight + 14})`}>
          <PictureText x={8} y={0} fill={row.ink ?? 'var(--text-3)'}>
            {row.label}
          </PictureText>
          <PictureText x={width - 8} y={0} anchor="end" fill="var(--text)" bold>
            {row.value}
          </PictureText>
        </g>
      ))}
    </g>
  );
}

/** The candidates that cover nothing of what is taken, or of as much of its beginning as can be kept free. */
function clearOf(taken: readonly LabelBox[], candidates: readonly LabelBox[]): readonly LabelBox[] {
  for (let kept = taken.length; kept > 0; kept -= 1) {
    const important = taken.slice(0, kept);
    const clear = candidates.filter((box) => bestPlace([box], [], important, edgeless, least) === 0);
    if (clear.length > 0) return clear;
  }
  return candidates;
}

function places(frame: PlotFrame, width: number, height: number, besideX: number | null): LabelBox[] {
  const steps = [0, 1 / 4, 1 / 2, 3 / 4, 1];
  const [top, lowest] = [frame.top + 4, Math.max(frame.bottom - height - 4, 0)];
  // Last the place over the plot, beside the y title.
  const tops = [...[0, 1, 1 / 4, 3 / 4, 1 / 2].map((share) => top + share * (lowest - top)), 0];
  const sides =
    besideX === null
      ? steps.map((share) => frame.right - width - 4 - share * (frame.right - frame.left - width - 8))
      : [0, 24, 60, 110].flatMap((away) => [besideX + gap + away, besideX - gap - away - width]);
  const fitting = sides.filter((x) => x >= frame.left && x + width <= frame.width);
  const xs = fitting.length === 0 ? [Math.max(frame.width - width, 0)] : fitting;
  return xs.flatMap((x) => tops.map((y) => ({ x, y, width, height })));
}
