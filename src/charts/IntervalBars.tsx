import { type Domain, type PlotFrame, xOf, yOf } from './plot-frame.ts';

/** A figure at a place of the x axis with the ends of its interval; NaN leaves the bar, or the whole mark, out. */
export interface IntervalBar {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface IntervalBarsProps {
  readonly bars: readonly IntervalBar[];
  readonly frame: PlotFrame;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  /** hollow and quiet: what the solid marks are compared with. */
  readonly isReference?: boolean;
}

/** Dots with their intervals as bars. */
export function IntervalBars({ bars, frame, xDomain, yDomain, isReference = false }: IntervalBarsProps) {
  const ink = isReference ? 'var(--ref)' : 'var(--c1)';
  return (
    <g pointerEvents="none">
      {bars
        .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
        .map((bar) => {
          const px = xOf(bar.x, xDomain, frame);
          const [low, high] = [bar.low, bar.high].map((end) => yOf(clamped(end, yDomain), yDomain, frame));
          return (
            <g key={bar.x}>
              {Number.isFinite(bar.low + bar.high) && (
                <path d={`M${px} ${low}V${high}M${px - 3} ${low}h6M${px - 3} ${high}h6`} stroke={ink} />
              )}
              <circle
                cx={px}
                cy={yOf(clamped(bar.y, yDomain), yDomain, frame)}
                r={3.5}
                fill={isReference ? 'var(--surface)' : ink}
                stroke={isReference ? ink : 'var(--surface)'}
                strokeWidth={1.5}
              />
            </g>
          );
        })}
    </g>
  );
}

function clamped(value: number, [low, high]: Domain): number {
  return Math.min(Math.max(value, low), high);
}
