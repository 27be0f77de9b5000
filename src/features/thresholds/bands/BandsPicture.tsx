import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { labelWidth } from '../../../charts/label-placement.ts';
import { OutcomeHistogram, outcomeLayout } from '../../../charts/OutcomeHistogram.tsx';
import { histogramX } from '../../../charts/outcome-bars.ts';
import { PictureText } from '../../../charts/PictureText.tsx';
import { valueAt } from '../../../charts/plot-frame.ts';
import { useElementWidth } from '../../../charts/use-element-width.ts';
import { useThresholdDrag } from '../../../charts/use-threshold-drag.ts';
import type { BandFigures } from '../../../core/money/bands.ts';
import type { ScoreHistogram } from '../../../core/threshold/decision.ts';
import { formatRate, formatValue } from '../../../design/format.ts';
import { cutOffText } from './bands.view-model.ts';

/** Which cut-off: the one that ends approval, or the one that begins declining. */
export type CutOff = 'low' | 'high';

export interface BandsPictureProps {
  readonly histogram: ScoreHistogram;
  readonly height: number;
  /** The lower and the upper cut-off; finite. */
  readonly low: number;
  readonly high: number;
  readonly bands: readonly BandFigures[];
  readonly positiveLabel: string;
  readonly negativeLabel: string;
  readonly onMove: (which: CutOff, cutOff: number, phase: 'drag' | 'done') => void;
  readonly onStep: (which: CutOff, direction: 1 | -1, size: 'decision' | 'percent') => void;
}

/** Height of the bar with the three names, above the distribution; the cut-offs' values stand between the two. */
const BAR = 24;
const GAP = 24;

/** The bar of three bands over the distribution of the scores, and the two cut-offs that part them. */
export function BandsPicture(props: BandsPictureProps) {
  const { histogram, height, low, high, bands } = props;
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const below = height - BAR - GAP;
  const layout = outcomeLayout(width, below);
  const domain = [histogram.low, histogram.high] as const;
  const [lowX, highX] = [low, high].map((cut) => histogramX(cut, domain, layout)) as [number, number];
  return (
    <div ref={ref} className="relative w-full min-w-0" style={{ height }}>
      {width > 0 && (
        <>
          <svg width={width} height={BAR} className="block" aria-hidden="true">
            <Segments bands={bands} ends={[layout.left, lowX, highX, layout.right]} />
          </svg>
          <div style={{ height: GAP }} />
          <OutcomeHistogram
            histogram={histogram}
            width={width}
            height={below}
            positiveLabel={props.positiveLabel}
            negativeLabel={props.negativeLabel}
            threshold={null}
            formatScore={(score) => formatValue(score)}
          >
            <rect
              x={lowX}
              y={-GAP}
              width={Math.max(highX - lowX, 0)}
              height={below - 16 + GAP}
              fill="var(--accent)"
              opacity={0.12}
            />
            <CutLine x={lowX} height={below} />
            <CutLine x={highX} height={below} />
          </OutcomeHistogram>
          <Thumb {...props} which="low" x={lowX} width={width} />
          <Thumb {...props} which="high" x={highX} width={width} />
        </>
      )}
    </div>
  );
}

interface SegmentsProps {
  readonly bands: readonly BandFigures[];
  /** Left end, lower cut-off, upper cut-off, right end in px. */
  readonly ends: readonly [number, number, number, number];
}

const segments = [
  { word: 'Approve', fill: 'var(--sunk)', ink: 'var(--text-2)' },
  { word: 'Refer', fill: 'var(--accent-soft)', ink: 'var(--accent-ink)' },
  { word: 'Decline', fill: 'var(--ref-soft)', ink: 'var(--text)' },
] as const;

function Segments({ bands, ends }: SegmentsProps) {
  return segments.map(({ word, fill, ink }, i) => {
    const [from, to] = [ends[i]!, ends[i + 1]!];
    const share = formatRate(bands[i]?.share ?? Number.NaN);
    const text =
      [`${word} ${share}`, word, ''].find((label) => labelWidth(label, true) + 8 <= to - from) ?? '';
    return (
      <g key={word}>
        <rect x={from} y={0} width={Math.max(to - from, 0)} height={BAR} rx={2} fill={fill} />
        {text !== '' && (
          <PictureText x={(from + to) / 2} y={16} anchor="middle" bold fill={ink}>
            {text}
          </PictureText>
        )}
      </g>
    );
  });
}

function CutLine({ x, height }: { readonly x: number; readonly height: number }) {
  return (
    <path d={`M${x} ${-GAP}V${height - 16}`} stroke="var(--accent)" strokeWidth={1.5} pointerEvents="none" />
  );
}

interface ThumbProps extends BandsPictureProps {
  readonly which: CutOff;
  readonly x: number;
  readonly width: number;
}

const names: Readonly<Record<CutOff, string>> = { low: 'Approve below', high: 'Decline from' };
/** Width in px of what a finger can take hold of. */
const REACH = 28;

/** One cut-off to take hold of: the pill with its value, and a line as high as the picture. */
function Thumb({ which, x, width, histogram, height, onMove, onStep, ...cuts }: ThumbProps) {
  const frame = useRef<HTMLDivElement>(null);
  const cutOff = cuts[which];
  const layout = outcomeLayout(width, height - BAR - GAP);
  const pxOf = (event: PointerEvent<Element>) =>
    event.clientX - (frame.current?.parentElement?.getBoundingClientRect().left ?? 0);
  const drag = useThresholdDrag<HTMLDivElement>(
    (event, offset) =>
      valueAt(pxOf(event) + offset, [histogram.low, histogram.high], layout.left, layout.right),
    (event) => x - pxOf(event),
    (value, phase) => onMove(which, value, phase),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const done = stepOf(event, (direction, size) => onStep(which, direction, size));
    const end = event.key === 'Home' ? histogram.low : event.key === 'End' ? histogram.high : null;
    if (end !== null) onMove(which, end, 'done');
    if (done || end !== null) event.preventDefault();
  };
  const text = cutOffText(cutOff);
  const pill = Math.max(42, labelWidth(text, true) + 10);
  // Side by side when the two are near: the lower one's pill at the left of its line, the upper one's at the right.
  const isNear = Math.abs(cuts.high - cuts.low) < ((histogram.high - histogram.low) * (pill + 8)) / width;
  const shift = isNear ? (which === 'low' ? -pill / 2 : pill / 2) : 0;
  const left = Math.min(Math.max(x + shift - pill / 2, 0), width - pill);
  return (
    <>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute grid place-items-center rounded-badge bg-accent text-picture font-semibold text-on-accent"
        style={{ left, top: BAR + 3, width: pill, height: 18 }}
      >
        {text}
      </div>
      <div
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={names[which]}
        aria-valuemin={histogram.low}
        aria-valuemax={histogram.high}
        aria-valuenow={Math.min(Math.max(cutOff, histogram.low), histogram.high)}
        aria-valuetext={text}
        className="absolute top-0 cursor-ew-resize touch-pan-y rounded-control select-none"
        style={{
          left: x + (isNear ? (which === 'low' ? -REACH : 0) : -REACH / 2),
          width: REACH,
          height,
        }}
        onKeyDown={onKeyDown}
        {...drag.handlers}
      />
    </>
  );
}

function stepOf(
  { key, shiftKey }: KeyboardEvent,
  step: (direction: 1 | -1, size: 'decision' | 'percent') => void,
): boolean {
  const size = shiftKey || key.startsWith('Page') ? 'percent' : 'decision';
  if (key === 'ArrowRight' || key === 'ArrowUp' || key === 'PageUp') step(1, size);
  else if (key === 'ArrowLeft' || key === 'ArrowDown' || key === 'PageDown') step(-1, size);
  else return false;
  return true;
}
