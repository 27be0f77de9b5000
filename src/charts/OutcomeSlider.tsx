import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { ScoreHistogram } from '../core/threshold/decision.ts';
import { OutcomeHistogram, outcomeLayout } from './OutcomeHistogram.tsx';
import { histogramX } from './outcome-bars.ts';
import { type Domain, valueAt } from './plot-frame.ts';
import { useElementWidth } from './use-element-width.ts';
import { type ThresholdHandler, useThresholdDrag } from './use-threshold-drag.ts';

/** 'decision': to the next distinct score (at least one row changes side); 'percent': past 1 % of the rows. */
type ThresholdStep = 'decision' | 'percent';

export interface OutcomeSliderProps {
  readonly histogram: ScoreHistogram;
  readonly height?: number;
  readonly positiveLabel: string;
  readonly negativeLabel: string;
  /** Infinity: nobody is flagged (the thumb stands at the right end). */
  readonly threshold: number;
  readonly pinned?: { readonly threshold: number; readonly label: string } | null;
  readonly formatScore: (score: number) => string;
  /** What a screen reader says: "0.191, flags 628 of 1,336 rows". */
  readonly valueText: string;
  readonly onThreshold: ThresholdHandler;
  /** Arrow keys (decision), with Shift or PageUp/PageDown (percent); +1 raises the threshold. */
  readonly onStep: (direction: 1 | -1, step: ThresholdStep) => void;
}

/** A press this near to the thumb's middle (px) grabs it; elsewhere on the track the thumb comes to the pointer. */
const thumbReach = 12;

/** The threshold slider whose track is the distribution of the scores by outcome. */
export function OutcomeSlider(props: OutcomeSliderProps) {
  const { histogram, height = 92, threshold, valueText, onThreshold, onStep } = props;
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const domain: Domain = [histogram.low, histogram.high];
  const layout = outcomeLayout(width, height);
  const track = useRef<HTMLDivElement>(null);
  const pxOf = (event: PointerEvent<Element>) =>
    event.clientX - (track.current?.getBoundingClientRect().left ?? 0);
  const read = (event: PointerEvent<Element>, offset: number) =>
    valueAt(pxOf(event) + offset, domain, layout.left, layout.right);
  const grab = (event: PointerEvent<Element>) => {
    const distance = histogramX(threshold, domain, layout) - pxOf(event);
    return Math.abs(distance) <= thumbReach ? distance : null;
  };
  const drag = useThresholdDrag<HTMLDivElement>(read, grab, onThreshold);
  const shown = drag.draft ?? threshold;
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event);
    if (action === null) return;
    event.preventDefault();
    if (action === 'low') onThreshold(histogram.low, 'done');
    else if (action === 'high') onThreshold(histogram.high, 'done');
    else onStep(action.direction, action.step);
  };
  return (
    <div ref={ref} className="w-full min-w-0">
      <div
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label="Threshold"
        aria-valuemin={histogram.low}
        aria-valuemax={histogram.high}
        aria-valuenow={Math.min(Math.max(threshold, histogram.low), histogram.high)}
        aria-valuetext={valueText}
        className="cursor-ew-resize touch-pan-y rounded-control -outline-offset-2 select-none"
        style={{ height }}
        onKeyDown={onKeyDown}
        {...drag.handlers}
      >
        {width > 0 && (
          <OutcomeHistogram {...props} width={width} height={height} threshold={shown}>
            <Thumb x={histogramX(shown, domain, layout)} axis={layout.axis} height={height} />
          </OutcomeHistogram>
        )}
      </div>
    </div>
  );
}

type KeyAction = 'low' | 'high' | { readonly direction: 1 | -1; readonly step: ThresholdStep };

function keyAction(event: KeyboardEvent): KeyAction | null {
  const step = event.shiftKey ? 'percent' : 'decision';
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return { direction: 1, step };
    case 'ArrowLeft':
    case 'ArrowDown':
      return { direction: -1, step };
    case 'PageUp':
      return { direction: 1, step: 'percent' };
    case 'PageDown':
      return { direction: -1, step: 'percent' };
    case 'Home':
      return 'low';
    case 'End':
      return 'high';
    default:
      return null;
  }
}

function Thumb({ x, axis, height }: { readonly x: number; readonly axis: number; readonly height: number }) {
  return (
    <g transform={`translate(${x} 0)`}>
      <path d={`M0 10V${height - 16}`} stroke="var(--accent)" strokeWidth={2} />
      <rect x={-6} y={axis - 9} width={12} height={18} rx={4} fill="var(--accent)" />
      <path d={`M-2 ${axis - 3.5}v7M2 ${axis - 3.5}v7`} stroke="var(--on-accent)" strokeWidth={1.2} />
    </g>
  );
}
