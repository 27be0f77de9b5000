import { labelWidth } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import type { PlotFrame } from './plot-frame.ts';

export interface HoverRow {
  readonly label: string;
  readonly value: string;
  /** Of the value's line; null for the x value. */
  readonly ink: string | null;
}

const rowHeight = 15;
const gap = 10;

/** Exact values beside the crosshair: one row a line, on the side with room. Decoration for the pointer, not in exports. */
export function HoverBox(props: {
  readonly x: number;
  readonly frame: PlotFrame;
  readonly rows: readonly HoverRow[];
}) {
  const { x, frame, rows } = props;
  const width = Math.max(...rows.map((row) => labelWidth(row.label) + labelWidth(row.value, true) + 26));
  const height = rows.length * rowHeight + 6;
  const left = x + gap + width > frame.width ? x - gap - width : x + gap;
  const top = Math.max(Math.min(frame.top + 4, frame.bottom - height), 0);
  return (
    <g pointerEvents="none" data-export="no" transform={`translate(${Math.max(left, 0)} ${top})`}>
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
