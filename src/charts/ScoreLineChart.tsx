import { type PointerEvent, useRef } from 'react';
import { formatValue } from '../design/format.ts';
import { type AxisTicks, fitTicks, niceTicks } from './axis-ticks.ts';
import { HoverBox, type HoverRow } from './HoverBox.tsx';
import { nearestIndex, valueOnLine } from './interpolate.ts';
import { LinePlot } from './LinePlot.tsx';
import { polylineOf } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { usePictureHover } from './picture-hover.tsx';
import {
  type Domain,
  extentOf,
  narrowWidth,
  type PlotFrame,
  scoreGutter,
  valueAt,
  xOf,
  yOf,
} from './plot-frame.ts';
import { StillLabels } from './StillLabels.tsx';
import { type Band, type ReferenceLevel, type Series, seriesColour, seriesInk } from './series.ts';
import { ThresholdMarker } from './ThresholdMarker.tsx';
import { useElementWidth } from './use-element-width.ts';
import { type ThresholdHandler, useThresholdDrag } from './use-threshold-drag.ts';

/** A point on the first line: a strategy, the break-even. */
export interface ScorePoint {
  readonly threshold: number;
  readonly label: string;
  readonly hollow?: boolean;
}

export interface ScoreLineChartProps {
  /** Thresholds, ascending; at most about 500. */
  readonly x: ArrayLike<number>;
  /** Up to three lines; the first carries the points. Keep the value arrays stable between renders. */
  readonly series: readonly Series[];
  /** Interval of the first line. */
  readonly band?: Band | null;
  readonly references?: readonly ReferenceLevel[];
  readonly points?: readonly ScorePoint[];
  readonly plateau?: Domain | null;
  /** "within 1 % of the best". */
  readonly plateauLabel?: string;
  /** Score axis; [0, 1] by default. Give all pictures of a page the same. */
  readonly xDomain?: Domain;
  /** y axis; from the data, the references and zero by default. */
  readonly yDomain?: Domain;
  /** A tick of the y axis; the axis that is drawn comes along, for its step. */
  readonly formatY: (y: number, axis: AxisTicks) => string;
  /** With the unit, top left: "M a year". */
  readonly yTitle?: string;
  /** Centred below; without it the picture has no x labels (a picture below carries them). */
  readonly xTitle?: string;
  readonly height: number;
  /** null: no threshold yet. Infinity: flag nobody (drawn at the right edge). */
  readonly threshold: number | null;
  /** How a threshold is written, with enough digits. */
  readonly formatThreshold: (threshold: number) => string;
  /** The value in a pill on top of the marker; for the uppermost picture of a stack. */
  readonly showPill?: boolean;
  readonly pinned?: { readonly threshold: number; readonly label: string } | null;
  readonly onThreshold?: ThresholdHandler;
}

/** Lines over the score axis with the draggable threshold: net value, ROI, precision, recall, flagged share. */
export function ScoreLineChart(props: ScoreLineChartProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height: props.height }}>
      {width > 0 && <Picture {...props} width={width} />}
    </div>
  );
}

const unit: Domain = [0, 1];

function Picture(props: ScoreLineChartProps & { readonly width: number }) {
  const { width, height, x, series, band, references, points, plateau, pinned, plateauLabel } = props;
  const { xDomain = unit } = props;
  const frame = frameOf(props, width, height);
  const yTicks = yTicksOf(props, frame);
  const yDomain = yTicks.domain;
  return (
    <>
      <LinePlot
        frame={frame}
        x={x}
        xDomain={xDomain}
        xTicks={niceTicks(xDomain[0], xDomain[1]).ticks}
        formatX={(score) => formatValue(score)}
        showX={props.xTitle !== undefined}
        yDomain={yDomain}
        yTicks={yTicks.ticks}
        formatY={(y) => props.formatY(y, yTicks)}
        series={series}
        band={band ?? null}
        references={references ?? []}
        plateau={plateau ?? null}
      />
      <StillLabels
        frame={frame}
        xDomain={xDomain}
        yDomain={yDomain}
        x={x}
        series={series}
        band={band ?? null}
        references={references ?? []}
        points={points ?? []}
        plateau={plateau ?? null}
        plateauLabel={plateauLabel ?? ''}
        pinned={pinned ?? null}
      />
      <Overlay {...props} frame={frame} xDomain={xDomain} yDomain={yDomain} />
    </>
  );
}

function frameOf(props: ScoreLineChartProps, width: number, height: number): PlotFrame {
  const titled = props.yTitle !== undefined || props.showPill === true;
  return {
    width,
    height,
    left: width < narrowWidth ? scoreGutter.narrow : scoreGutter.wide,
    right: width - scoreGutter.right,
    top: titled ? 20 : 8,
    bottom: height - (props.xTitle === undefined ? 6 : 34),
  };
}

function yTicksOf(props: ScoreLineChartProps, frame: PlotFrame) {
  // One interval for about every 40 px, two at least.
  const most = Math.max(2, Math.round((frame.bottom - frame.top) / 40));
  if (props.yDomain !== undefined) {
    const given = niceTicks(props.yDomain[0], props.yDomain[1], most);
    return { ...given, domain: props.yDomain, ticks: given.ticks.filter((t) => inside(t, props.yDomain!)) };
  }
  const arrays = props.series.map((line) => line.values);
  const levels = (props.references ?? []).map((level) => level.y);
  const extent = extentOf(...arrays, props.band?.low ?? [], props.band?.high ?? [], levels, [0]);
  return fitTicks(extent?.[0] ?? 0, extent?.[1] ?? 1, most);
}

function inside(value: number, [low, high]: Domain): boolean {
  return value >= low && value <= high;
}

interface OverlayProps extends ScoreLineChartProps {
  readonly frame: PlotFrame;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
}

/** All that moves or listens: crosshair and marker; and the two axis titles. */
function Overlay(props: OverlayProps) {
  const { frame, xDomain, yDomain, x, series, threshold, yTitle, xTitle } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [, setHovered] = usePictureHover();
  const pxOf = (event: PointerEvent<Element>) =>
    event.clientX - (svg.current?.getBoundingClientRect().left ?? 0);
  const read = (event: PointerEvent<Element>, offset = 0) =>
    valueAt(pxOf(event) + offset, xDomain, frame.left, frame.right);
  const markerPx = (value: number) => xOf(Math.min(value, xDomain[1]), xDomain, frame);
  const grab = (event: PointerEvent<Element>) =>
    threshold === null ? null : markerPx(threshold) - pxOf(event);
  const drag = useThresholdDrag<SVGRectElement>(read, grab, props.onThreshold);
  const current = drag.draft ?? threshold;
  const hover = (event: PointerEvent<Element>) => {
    const index = event.pointerType === 'touch' ? -1 : nearestIndex(x, read(event));
    setHovered(index < 0 || drag.draft !== null ? null : x[index]!);
  };
  const markerX = current === null ? null : markerPx(current);
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
      {yTitle !== undefined && (
        <PictureText x={0} y={10}>
          {yTitle}
        </PictureText>
      )}
      {xTitle !== undefined && (
        <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
          {xTitle}
        </PictureText>
      )}
      <Crosshair {...props} />
      {markerX !== null && current !== null && (
        <ThresholdMarker
          x={markerX}
          frame={frame}
          dots={series.flatMap((line) => {
            const y = valueOnLine(x, line.values, current);
            const colour = series.length === 1 ? 'var(--accent)' : seriesColour(line.colour);
            return Number.isNaN(y) ? [] : [{ y: yOf(y, yDomain, frame), colour }];
          })}
          {...(props.showPill ? { text: props.formatThreshold(current) } : {})}
        />
      )}
      {markerX !== null && props.onThreshold !== undefined && (
        <rect
          x={markerX - 14}
          y={0}
          width={28}
          height={frame.bottom}
          fill="transparent"
          data-export="no"
          data-threshold-handle
          className="cursor-ew-resize touch-pan-y"
          {...drag.handlers}
        />
      )}
    </svg>
  );
}

/** The crosshair at the shared hovered threshold: exact values at the nearest drawn point of this picture. */
function Crosshair(props: OverlayProps) {
  const { frame, xDomain, yDomain, x, series, band } = props;
  const [hovered] = usePictureHover();
  if (hovered === null) return null;
  const index = nearestIndex(x, hovered);
  if (index < 0) return null;
  const px = xOf(x[index]!, xDomain, frame);
  const rows: HoverRow[] = [
    { label: 'threshold', value: props.formatThreshold(x[index]!), ink: null },
    ...series.map((line) => ({
      label: line.label,
      value: line.format(line.values[index]!),
      ink: seriesInk(line.colour),
    })),
  ];
  const first = series[0];
  if (band && first !== undefined) {
    const value = `${first.format(band.low[index]!)} to ${first.format(band.high[index]!)}`;
    rows.push({ label: band.label, value, ink: null });
  }
  return (
    <g pointerEvents="none" data-export="no">
      <path d={`M${px} ${frame.top}V${frame.bottom}`} stroke="var(--text-3)" strokeWidth={1} />
      {series.map((line) =>
        Number.isFinite(line.values[index]!) ? (
          <circle
            key={line.key}
            cx={px}
            cy={yOf(line.values[index]!, yDomain, frame)}
            r={3}
            fill={seriesColour(line.colour)}
            stroke="var(--surface)"
          />
        ) : null,
      )}
      <HoverBox
        besideX={px}
        frame={frame}
        rows={rows}
        lines={series.map((line) => polylineOf(x, line.values, xDomain, yDomain, frame))}
      />
    </g>
  );
}
