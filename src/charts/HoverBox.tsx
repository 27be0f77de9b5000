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
  /** Beside the crosshair at this x; null: in the freest corner of the plot. */
  readonly besideX: number | null;
}

const rowHeight = 15;
const gap = 10;

/** Exact values under the pointer, one row a line, where the picture has room. Not in exports. */
export function HoverBox({ frame, rows, lines, besideX }: HoverBoxProps) {
  const width = Math.max(...rows.map((row) => labelWidth(row.label) + labelWidth(row.value, true) + 26));
  const height = rows.length * rowHeight + 6;
  const candidates = places(frame, width, height, besideX);
  const place = candidates[bestPlace(candidates, lines, [], frame)]!;
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

function places(frame: PlotFrame, width: number, height: number, besideX: number | null): LabelBox[] {
  const sides =
    besideX === null
      ? [frame.right - width - 4, frame.left + 4]
      : [besideX + gap, besideX - gap - width].filter((x) => x >= 0 && x + width <= frame.width);
  const tops = [frame.top + 4, Math.max(frame.bottom - height - 4, 0)];
  const xs = sides.length === 0 ? [Math.max(frame.width - width, 0)] : sides;
  return tops.flatMap((y) => xs.map((x) => ({ x, y, width, height })));
}
