import { type PointerEvent, useMemo, useRef } from 'react';
import { formatValue } from '../design/format.ts';
import { niceTicks } from './axis-ticks.ts';
import { HoverBox } from './HoverBox.tsx';
import { nearestIndex } from './interpolate.ts';
import { LinePlot } from './LinePlot.tsx';
import {
  bestPlace,
  type LabelBox,
  labelAscent,
  labelHeight,
  labelWidth,
  type Polyline,
  polylineOf,
} from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { PlotLayer } from './PlotLayer.tsx';
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
  /** y axis; a rate's [0, 1] by default. Round ends. */
  readonly yDomain?: Domain;
  /** 'diagonal' (chance in ROC), or a level such as the base rate in precision-recall. */
  readonly reference: 'diagonal' | { readonly y: number; readonly label: string };
  /** Exact place of the current threshold; null while there is none or it is not defined. */
  readonly current: CurvePoint | null;
  readonly pinned?: CurvePoint | null;
  readonly height: number;
  readonly formatThreshold: (threshold: number) => string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Ticks; plain numbers by default. */
  readonly formatXTick?: (value: number) => string;
  readonly formatYTick?: (value: number) => string;
  /** Dragging the dot along the curve, or a press anywhere in the plot: the nearest point's threshold. */
  readonly onThreshold?: ThresholdHandler;
}

const unit: Domain = [0, 1];
const halves = [0, 0.5, 1];
const plain = (value: number) => formatValue(value);

/** A curve over a rate (ROC, precision-recall, gains, lift) with the current threshold as a dot on it. */
export function XyChart(props: XyChartProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height: props.height }}>
      {width > 0 && <Picture {...props} width={width} />}
    </div>
  );
}

function Picture(props: XyChartProps & { readonly width: number }) {
  const { width, height, x, y, reference, yDomain = unit } = props;
  // Ticks with a unit are wider than plain ones.
  const hasUnits = props.formatXTick !== undefined;
  const frame = useMemo<PlotFrame>(
    () => ({
      width,
      height,
      left: hasUnits ? 44 : 34,
      right: width - (hasUnits ? 16 : 6),
      top: 20,
      bottom: height - 34,
    }),
    [width, height, hasUnits],
  );
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
        formatX={props.formatXTick ?? plain}
        showX
        yDomain={yDomain}
        yTicks={yDomain === unit ? halves : niceTicks(yDomain[0], yDomain[1], 4).ticks}
        formatY={props.formatYTick ?? plain}
        series={[line]}
        squareAxes
        diagonal={reference === 'diagonal'}
        references={reference === 'diagonal' ? [] : [reference]}
      />
      <Overlay {...props} yDomain={yDomain} frame={frame} />
    </>
  );
}

function Overlay(props: CurveDotsProps) {
  const { frame, x, y, threshold, reference, current, xTitle, yTitle, yDomain } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [, setHovered] = usePictureHover();
  const read = (event: PointerEvent<Element>) => {
    const box = svg.current?.getBoundingClientRect();
    const index = nearestPoint(props, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
    return index < 0 ? Number.NaN : threshold[index]!;
  };
  const drag = useThresholdDrag<SVGCircleElement>(read, () => 0, props.onThreshold);
  const take = (event: PointerEvent<Element>) => {
    const threshold = read(event);
    if (event.button === 0 && !Number.isNaN(threshold)) props.onThreshold?.(threshold, 'done');
  };
  const hover = (event: PointerEvent<Element>) => {
    const value = event.pointerType === 'touch' ? Number.NaN : read(event);
    setHovered(Number.isFinite(value) && drag.draft === null ? value : null);
  };
  const draftIndex = drag.draft === null ? -1 : nearestIndex(threshold, drag.draft);
  const dot =
    draftIndex >= 0 ? { x: x[draftIndex]!, y: y[draftIndex]!, label: current?.label ?? '' } : current;
  const placed = usePlacedDots({ ...props, current: dot });
  return (
    <PlotLayer svg={svg} frame={frame} onHover={hover} onLeave={() => setHovered(null)} onRelease={take}>
      <PictureText x={0} y={11}>
        {yTitle}
      </PictureText>
      <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
        {xTitle}
      </PictureText>
      {reference !== 'diagonal' && (
        <PictureText
          x={frame.left + 4}
          y={levelBaseline(reference.y, yDomain, frame)}
          fill="var(--text-3)"
          halo
        >
          {reference.label}
        </PictureText>
      )}
      <CurveDots {...props} current={dot} placed={placed} />
      {dot && props.onThreshold !== undefined && (
        <circle
          cx={xOf(dot.x, unit, frame)}
          cy={yOf(dot.y, yDomain, frame)}
          r={14}
          fill="transparent"
          data-export="no"
          data-threshold-handle
          className="cursor-grab touch-none active:cursor-grabbing"
          {...drag.handlers}
        />
      )}
      <HoveredPoint {...props} placed={placed} />
    </PlotLayer>
  );
}

/** The room of the level's words. */
function levelWords({ reference, frame, yDomain }: CurveDotsProps): LabelBox[] {
  if (reference === 'diagonal') return [];
  const y = levelBaseline(reference.y, yDomain, frame) - labelAscent;
  return [{ x: frame.left + 4, y, width: labelWidth(reference.label), height: labelHeight }];
}

/** Under the level, or over it when the level runs along the bottom. */
function levelBaseline(y: number, yDomain: Domain, frame: PlotFrame): number {
  const px = yOf(y, yDomain, frame);
  return px + 16 > frame.bottom ? px - 5 : px + 13;
}

/** Index of the drawn point nearest to a place of the picture; -1 without points. */
function nearestPoint(props: CurveDotsProps, px: number, py: number): number {
  const { frame, x, y, yDomain } = props;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i += 1) {
    const distance = (xOf(x[i]!, unit, frame) - px) ** 2 + (yOf(y[i]!, yDomain, frame) - py) ** 2;
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

interface CurveDotsProps extends XyChartProps {
  readonly frame: PlotFrame;
  readonly yDomain: Domain;
}

interface PlacedDots {
  readonly curve: Polyline;
  readonly currentPlace: LabelBox | null;
  readonly pinnedPlace: LabelBox | null;
  /** Dots and words, for what must not cover them. */
  readonly taken: readonly LabelBox[];
}

/** Places the words of the pinned and the current point where the curve leaves room for them. */
function usePlacedDots(props: CurveDotsProps): PlacedDots {
  const { frame, current, pinned, x, y, yDomain } = props;
  const curve = useMemo(() => polylineOf(x, y, unit, yDomain, frame), [x, y, yDomain, frame]);
  const dots = [current, pinned].flatMap((point) => (point ? [dotBox(point, yDomain, frame)] : []));
  const still = [...dots, ...levelWords(props)];
  const currentPlace = current && placeBeside(current, true, curve, still, props);
  const withCurrent = currentPlace ? [...still, currentPlace] : still;
  const pinnedPlace = pinned ? placeBeside(pinned, false, curve, withCurrent, props) : null;
  return {
    curve,
    currentPlace,
    pinnedPlace,
    taken: pinnedPlace ? [...withCurrent, pinnedPlace] : withCurrent,
  };
}

/** The pinned and the current point with their words. */
function CurveDots(props: CurveDotsProps & { readonly placed: PlacedDots }) {
  const { frame, yDomain, current, pinned, placed } = props;
  const { currentPlace, pinnedPlace } = placed;
  return (
    <>
      {pinned && pinnedPlace && (
        <CurveDot point={pinned} place={pinnedPlace} frame={frame} yDomain={yDomain} isCurrent={false} />
      )}
      {current && currentPlace && (
        <CurveDot point={current} place={currentPlace} frame={frame} yDomain={yDomain} isCurrent />
      )}
    </>
  );
}

function dotBox(point: CurvePoint, yDomain: Domain, frame: PlotFrame): LabelBox {
  return { x: xOf(point.x, unit, frame) - 4, y: yOf(point.y, yDomain, frame) - 4, width: 8, height: 8 };
}

type PlacedIn = Pick<CurveDotsProps, 'frame' | 'yDomain'>;

function placeBeside(
  point: CurvePoint,
  bold: boolean,
  curve: Polyline,
  taken: readonly LabelBox[],
  { frame, yDomain }: PlacedIn,
): LabelBox {
  const width = labelWidth(point.label, bold);
  const x = xOf(point.x, unit, frame);
  const y = yOf(point.y, yDomain, frame);
  const sides = [x + 8, x - 8 - width];
  const candidates = [4, -16, 10, -24, 18, -32].flatMap((rise) =>
    sides.map((side) => ({ x: side, y: y + rise, width, height: labelHeight })),
  );
  return candidates[bestPlace(candidates, [curve], taken, frame)]!;
}

function CurveDot(props: {
  readonly point: CurvePoint;
  readonly place: LabelBox;
  readonly frame: PlotFrame;
  readonly yDomain: Domain;
  readonly isCurrent: boolean;
}) {
  const { point, place, frame, yDomain, isCurrent } = props;
  return (
    <>
      <circle
        cx={xOf(point.x, unit, frame)}
        cy={yOf(point.y, yDomain, frame)}
        r={isCurrent ? 4.5 : 3.5}
        fill={isCurrent ? 'var(--accent)' : 'var(--surface)'}
        stroke={isCurrent ? 'var(--surface)' : 'var(--text-2)'}
        strokeWidth={1.5}
      />
      <PictureText
        x={place.x}
        y={place.y + labelAscent}
        bold={isCurrent}
        fill={isCurrent ? 'var(--text)' : 'var(--text-2)'}
        halo
      >
        {point.label}
      </PictureText>
    </>
  );
}

function HoveredPoint(props: CurveDotsProps & { readonly placed: PlacedDots }) {
  const { frame, yDomain, x, y, threshold, xTitle, yTitle, placed } = props;
  const [hovered] = usePictureHover();
  const index = hovered === null ? -1 : nearestIndex(threshold, hovered);
  if (index < 0) return null;
  const point = { x: x[index]!, y: y[index]!, label: '' };
  return (
    <g pointerEvents="none" data-export="no">
      <circle
        cx={xOf(point.x, unit, frame)}
        cy={yOf(point.y, yDomain, frame)}
        r={3.5}
        fill="var(--text-3)"
        stroke="var(--surface)"
      />
      <HoverBox
        besideX={null}
        lines={[placed.curve]}
        taken={[...placed.taken, dotBox(point, yDomain, frame)]}
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
