import { type PointerEvent, useRef } from 'react';
import { niceTicks } from './axis-ticks.ts';
import { HoverBox } from './HoverBox.tsx';
import { nearestIndex } from './interpolate.ts';
import { LinePlot } from './LinePlot.tsx';
import { labelWidth } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { usePictureHover } from './picture-hover.tsx';
import { type Domain, type PlotFrame, xOf, yOf } from './plot-frame.ts';
import type { Series } from './series.ts';
import { useElementWidth } from './use-element-width.ts';
import { type ThresholdHandler, useThresholdDrag } from './use-threshold-drag.ts';

/** A place on the curve with its words. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export interface XyChartProps {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Observed threshold of each point, in any order; may begin with Infinity (nobody flagged). */
  readonly threshold: ArrayLike<number>;
  readonly xTitle: string;
  readonly yTitle: string;
  /** 'diagonal' (chance in ROC), or a level such as the base rate in precision-recall. */
  readonly reference: 'diagonal' | { readonly y: number; readonly label: string };
  /** Exact place of the current threshold; null while there is none or it is not defined. */
  readonly current: CurvePoint | null;
  readonly pinned?: CurvePoint | null;
  readonly height: number;
  readonly formatThreshold: (threshold: number) => string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Dragging the dot along the curve. */
  readonly onThreshold?: ThresholdHandler;
}

const unit: Domain = [0, 1];
const halves = [0, 0.5, 1];

/** A curve over two rates in [0, 1], ROC or precision-recall, with the current threshold as a dot on it. */
export function XyChart(props: XyChartProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height: props.height }}>
      {width > 0 && <Picture {...props} width={width} />}
    </div>
  );
}

function Picture(props: XyChartProps & { readonly width: number }) {
  const { width, height, x, y, reference } = props;
  const frame: PlotFrame = { width, height, left: 34, right: width - 6, top: 20, bottom: height - 34 };
  const line: Series = {
    key: 'curve',
    label: props.yTitle,
    values: y,
    colour: 'c1',
    format: props.formatY,
  };
  const ticks = width > 400 ? niceTicks(0, 1).ticks : halves;
  return (
    <>
      <LinePlot
        frame={frame}
        x={x}
        xDomain={unit}
        xTicks={ticks}
        formatX={String}
        showX
        yDomain={unit}
        yTicks={halves}
        formatY={String}
        series={[line]}
        diagonal={reference === 'diagonal'}
        references={reference === 'diagonal' ? [] : [reference]}
      />
      <Overlay {...props} frame={frame} />
    </>
  );
}

function Overlay(props: XyChartProps & { readonly frame: PlotFrame }) {
  const { frame, x, y, threshold, reference, current, pinned, xTitle, yTitle } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [, setHovered] = usePictureHover();
  const read = (event: PointerEvent<Element>) => {
    const box = svg.current?.getBoundingClientRect();
    const index = nearestPoint(props, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
    return index < 0 ? Number.NaN : threshold[index]!;
  };
  const drag = useThresholdDrag<SVGCircleElement>(read, props.onThreshold);
  const hover = (event: PointerEvent<Element>) => {
    const value = event.pointerType === 'touch' ? Number.NaN : read(event);
    setHovered(Number.isFinite(value) && drag.draft === null ? value : null);
  };
  const draftIndex = drag.draft === null ? -1 : nearestIndex(threshold, drag.draft);
  const dot =
    draftIndex >= 0 ? { x: x[draftIndex]!, y: y[draftIndex]!, label: current?.label ?? '' } : current;
  return (
    <svg
      ref={svg}
      width={frame.width}
      height={frame.height}
      className="absolute inset-0 overflow-visible"
      aria-hidden="true"
      onPointerMove={hover}
      onPointerLeave={() => setHovered(null)}
    >
      <rect
        x={frame.left}
        y={frame.top}
        width={frame.right - frame.left}
        height={frame.bottom - frame.top}
        fill="transparent"
        data-export="no"
      />
      <PictureText x={0} y={11}>
        {yTitle}
      </PictureText>
      <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
        {xTitle}
      </PictureText>
      {reference !== 'diagonal' && (
        <PictureText x={frame.left + 4} y={levelBaseline(reference.y, frame)} fill="var(--text-3)" halo>
          {reference.label}
        </PictureText>
      )}
      {pinned && <CurveDot point={pinned} frame={frame} kind="pinned" />}
      {dot && <CurveDot point={dot} frame={frame} kind="current" />}
      <HoveredPoint {...props} />
      {dot && props.onThreshold !== undefined && (
        <circle
          cx={xOf(dot.x, unit, frame)}
          cy={yOf(dot.y, unit, frame)}
          r={14}
          fill="transparent"
          data-export="no"
          data-threshold-handle
          className="cursor-grab touch-none active:cursor-grabbing"
          {...drag.handlers}
        />
      )}
    </svg>
  );
}

/** Under the level, or over it when the level runs along the bottom. */
function levelBaseline(y: number, frame: PlotFrame): number {
  const px = yOf(y, unit, frame);
  return px + 16 > frame.bottom ? px - 5 : px + 13;
}

/** Index of the drawn point nearest to a place of the picture; -1 without points. */
function nearestPoint(props: XyChartProps & { readonly frame: PlotFrame }, px: number, py: number): number {
  const { frame, x, y } = props;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i += 1) {
    const distance = (xOf(x[i]!, unit, frame) - px) ** 2 + (yOf(y[i]!, unit, frame) - py) ** 2;
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

function CurveDot(props: {
  readonly point: CurvePoint;
  readonly frame: PlotFrame;
  readonly kind: 'current' | 'pinned';
}) {
  const { point, frame, kind } = props;
  const cx = xOf(point.x, unit, frame);
  const cy = yOf(point.y, unit, frame);
  const isCurrent = kind === 'current';
  const toLeft = cx + 10 + labelWidth(point.label, isCurrent) > frame.width;
  return (
    <>
      <circle
        cx={cx}
        cy={cy}
        r={isCurrent ? 4.5 : 3.5}
        fill={isCurrent ? 'var(--accent)' : 'var(--surface)'}
        stroke={isCurrent ? 'var(--surface)' : 'var(--text-2)'}
        strokeWidth={1.5}
      />
      <PictureText
        x={cx + (toLeft ? -8 : 8)}
        y={cy + (isCurrent ? 14 : -6)}
        anchor={toLeft ? 'end' : 'start'}
        bold={isCurrent}
        fill={isCurrent ? 'var(--text)' : 'var(--text-2)'}
        halo
      >
        {point.label}
      </PictureText>
    </>
  );
}

function HoveredPoint(props: XyChartProps & { readonly frame: PlotFrame }) {
  const { frame, x, y, threshold, xTitle, yTitle } = props;
  const [hovered] = usePictureHover();
  const index = hovered === null ? -1 : nearestIndex(threshold, hovered);
  if (index < 0) return null;
  const cx = xOf(x[index]!, unit, frame);
  return (
    <g pointerEvents="none" data-export="no">
      <circle cx={cx} cy={yOf(y[index]!, unit, frame)} r={3.5} fill="var(--text-3)" stroke="var(--surface)" />
      <HoverBox
        x={cx}
        frame={frame}
        rows={[
          { label: 'threshold', value: props.formatThreshold(threshold[index]!), ink: null },
          { label: yTitle, value: props.formatY(y[index]!), ink: null },
          { label: xTitle, value: props.formatX(x[index]!), ink: null },
        ]}
      />
    </g>
  );
}
