import { labelWidth } from './label-placement.ts';
import type { PlotFrame } from './plot-frame.ts';

interface MarkerDot {
  readonly y: number;
  /** A CSS colour; the marker's accent for the only line of a picture. */
  readonly colour: string;
}

export interface ThresholdMarkerProps {
  /** Px in the picture. */
  readonly x: number;
  readonly frame: PlotFrame;
  /** The value in the pill; without it there is only the line (lower pictures of an aligned stack). */
  readonly text?: string;
  /** Where the marker crosses the lines. */
  readonly dots: readonly MarkerDot[];
}

/** The line of the current threshold. It moves by transform only; nothing under it is drawn again. */
export function ThresholdMarker({ x, frame, text, dots }: ThresholdMarkerProps) {
  const pill = text === undefined ? 0 : Math.max(42, labelWidth(text, true) + 10);
  return (
    <g transform={`translate(${x} 0)`} pointerEvents="none">
      <path
        d={`M0 ${text === undefined ? frame.top - 8 : 6}V${frame.bottom}`}
        stroke="var(--accent)"
        strokeWidth={1.5}
      />
      {text !== undefined && (
        <>
          <rect x={-pill / 2} y={0} width={pill} height={18} rx={4} fill="var(--accent)" />
          <text y={13} textAnchor="middle" fontSize={11} fontWeight={600} fill="var(--on-accent)">
            {text}
          </text>
        </>
      )}
      {dots.map((dot) => (
        <circle
          key={dot.colour}
          cy={dot.y}
          r={dots.length === 1 ? 4 : 3.5}
          fill={dot.colour}
          stroke="var(--surface)"
          strokeWidth={1.5}
        />
      ))}
    </g>
  );
}
