import { labelWidth } from './label-placement.ts';

interface MarkerDot {
  readonly y: number;
  /** A CSS colour; the marker's accent for the only line of a picture. */
  readonly colour: string;
}

interface MarkerHeadProps {
  /** Px in the picture. */
  readonly x: number;
  /** Upper edge of the pill. */
  readonly top: number;
  /** The value in the pill; without it there is only the line (lower pictures of an aligned stack). */
  readonly text?: string;
  /** Where the marker crosses the lines. */
  readonly dots: readonly MarkerDot[];
}

/** The line of the current threshold, under the words. It moves by transform only; nothing under it is drawn again. */
export function MarkerLine({
  x,
  top,
  bottom,
}: {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}) {
  return (
    <path
      transform={`translate(${x} 0)`}
      d={`M0 ${top}V${bottom}`}
      stroke="var(--accent)"
      strokeWidth={1.5}
      pointerEvents="none"
    />
  );
}

const pillHeight = 18;

/** Width of the pill that holds this value. */
function pillWidth(text: string): number {
  return Math.max(42, labelWidth(text, true) + 10);
}

/** The marker's value and the dots where it crosses the lines, over the words. */
export function MarkerHead({ x, top, text, dots }: MarkerHeadProps) {
  const pill = text === undefined ? 0 : pillWidth(text);
  return (
    <g transform={`translate(${x} 0)`} pointerEvents="none">
      {text !== undefined && (
        <g transform={`translate(0 ${top})`}>
          <rect x={-pill / 2} y={0} width={pill} height={pillHeight} rx={4} fill="var(--accent)" />
          <text y={13} textAnchor="middle" fontSize={11} fontWeight={600} fill="var(--on-accent)">
            {text}
          </text>
        </g>
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
