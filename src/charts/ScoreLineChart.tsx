import { type PointerEvent, type ReactNode, useRef } from 'react';
import { formatValue } from '../design/format.ts';
import { type AxisTicks, fitTicks, niceTicks } from './axis-ticks.ts';
import { HoverBox, type HoverRow } from './HoverBox.tsx';
import { nearestIndex, valueOnLine } from './interpolate.ts';
import { LinePlot } from './LinePlot.tsx';
import { polylineOf } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { PlotLayer } from './PlotLayer.tsx';
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
import { SavedXAxis } from './SavedXAxis.tsx';
import { StillMarks, StillWords } from './StillLabels.tsx';
import { placeScoreLabels, type ScoreLabelInput, wordsBox } from './score-labels.ts';
import { type Band, type ReferenceLevel, type Series, seriesColour, seriesInk } from './series.ts';
import { MarkerHead, MarkerLine } from './ThresholdMarker.tsx';
import { useElementWidth } from './use-element-width.ts';
import { type ThresholdHandler, useThresholdDrag } from './use-threshold-drag.ts';

/** A point on a line: a strategy, the break-even. */
export interface ScorePoint {
  readonly threshold: number;
  readonly label: string;
  readonly hollow?: boolean;
  /** Index of the line that it stands on; the first by default. */
  readonly line?: number;
}

/** Where values stand in a picture: for marks that are drawn on it. */
export interface PlotPlace {
  readonly frame: PlotFrame;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
}

export interface ScoreLineChartProps {
  /** Thresholds, ascending; at most about 500. */
  readonly x: ArrayLike<number>;
  /** Up to three lines. Keep the value arrays stable between renders. */
  readonly series: readonly Series[];
  /** Interval of the first line. */
  readonly band?: Band | null;
  readonly references?: readonly ReferenceLevel[];
  readonly points?: readonly ScorePoint[];
  /** Corner to corner: what is said against what is seen. */
  readonly diagonal?: boolean;
  /** Drawn over the lines and under the marker: dots with intervals, a gap. */
  readonly marks?: (place: PlotPlace) => ReactNode;
  readonly plateau?: Domain | null;
  /** "within 1 % of the best". */
  readonly plateauLabel?: string;
  /** Score axis; [0, 1] by default. Give all pictures of a page the same. */
  readonly xDomain?: Domain;
  /** y axis; from the data, the references and zero by default. Lines that leave it are cut at its ends, and a reference outside is words at the end. */
  readonly yDomain?: Domain;
  /** A tick of the y axis; the axis that is drawn comes along, for its step. */
  readonly formatY: (y: number, axis: AxisTicks) => string;
  /** With the unit, top left: "M a year". */
  readonly yTitle?: string;
  /** Centred below the x labels. */
  readonly xTitle: string;
  /** The picture below carries the shared x labels: here they are drawn only when this picture is saved alone. */
  readonly isUpper?: boolean;
  readonly height: number;
  /** null: no threshold yet. Infinity: flag nobody (drawn at the right edge). */
  readonly threshold: number | null;
  /** How a threshold is written, with enough digits. */
  readonly formatThreshold: (threshold: number) => string;
  /** What the pointer reads at a point, where it is more or other than the lines at a threshold. */
  readonly hoverRows?: (index: number) => readonly HoverRow[];
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

/** Height of x labels and x title. */
const xLabels = 34;

/** The y title has a line of its own over the marker's pill, which may stand anywhere. */
const titleLine = 14;

function Picture(props: ScoreLineChartProps & { readonly width: number }) {
  const { width, height, x, series, band, references, points, plateau, pinned, plateauLabel } = props;
  const { xDomain = unit } = props;
  const frame = frameOf(props, width, height);
  const yTicks = yTicksOf(props, frame);
  const yDomain = yTicks.domain;
  const xTicks = niceTicks(xDomain[0], xDomain[1]).ticks;
  return (
    <>
      <LinePlot
        frame={frame}
        x={x}
        xDomain={xDomain}
        xTicks={xTicks}
        formatX={(score) => formatValue(score)}
        showX={props.isUpper !== true}
        yDomain={yDomain}
        yTicks={yTicks.ticks}
        formatY={(y) => props.formatY(y, yTicks)}
        series={series}
        band={band ?? null}
        references={references ?? []}
        diagonal={props.diagonal === true}
        plateau={plateau ?? null}
      />
      <Overlay
        {...props}
        frame={frame}
        xDomain={xDomain}
        yDomain={yDomain}
        still={{
          frame,
          xDomain,
          yDomain,
          x,
          series,
          band: band ?? null,
          references: references ?? [],
          points: points ?? [],
          plateau: plateau ?? null,
          plateauLabel: plateauLabel ?? '',
          pinned: pinned ?? null,
        }}
      />
      {props.isUpper === true && (
        <SavedXAxis frame={frame} xDomain={xDomain} ticks={xTicks} title={props.xTitle} height={xLabels} />
      )}
    </>
  );
}

function frameOf(props: ScoreLineChartProps, width: number, height: number): PlotFrame {
  const title = props.yTitle === undefined ? 0 : titleLine;
  const pill = props.showPill === true ? 20 : 0;
  return {
    width,
    height,
    left: width < narrowWidth ? scoreGutter.narrow : scoreGutter.wide,
    right: width - scoreGutter.right,
    top: title + Math.max(pill, 8),
    bottom: height - (props.isUpper === true ? 6 : xLabels),
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
  readonly still: ScoreLabelInput;
}

/** Words, marks and all that moves or listens, from the lowest to the topmost; and the two axis titles. */
function Overlay(props: OverlayProps) {
  const { frame, xDomain, x, threshold, yTitle, xTitle, still } = props;
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
  const pillTop = yTitle === undefined ? 0 : titleLine;
  const markerTop = props.showPill === true ? pillTop + 6 : frame.top - 8;
  return (
    <PlotLayer svg={svg} frame={frame} onHover={hover} onLeave={() => setHovered(null)}>
      {yTitle !== undefined && (
        <PictureText x={0} y={10}>
          {yTitle}
        </PictureText>
      )}
      {props.isUpper !== true && (
        <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
          {xTitle}
        </PictureText>
      )}
      {props.marks?.({ frame, xDomain, yDomain: props.yDomain })}
      <StillMarks {...still} />
      <Crosshair {...props} />
      {markerX !== null && <MarkerLine x={markerX} top={markerTop} bottom={frame.bottom} />}
      <StillWords {...still} />
      {markerX !== null && current !== null && (
        <MarkerHead
          x={markerX}
          top={pillTop}
          dots={crossings(props, current)}
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
      <HoveredValues {...props} markerX={markerX} />
    </PlotLayer>
  );
}

/** Where a threshold crosses the lines. */
function crossings({ x, series, yDomain, frame }: OverlayProps, threshold: number) {
  return series.flatMap((line) => {
    const y = valueOnLine(x, line.values, threshold);
    const colour = series.length === 1 ? 'var(--accent)' : seriesColour(line.colour);
    return inside(y, yDomain) ? [{ y: yOf(y, yDomain, frame), colour }] : [];
  });
}

/** Index of the drawn point at the shared hovered threshold; -1 while nothing is hovered. */
function useHoveredIndex(x: ArrayLike<number>): number {
  const [hovered] = usePictureHover();
  return hovered === null ? -1 : nearestIndex(x, hovered);
}

/** The crosshair at the nearest drawn point of this picture. */
function Crosshair({ frame, xDomain, yDomain, x, series }: OverlayProps) {
  const index = useHoveredIndex(x);
  if (index < 0) return null;
  const px = xOf(x[index]!, xDomain, frame);
  return (
    <g pointerEvents="none" data-export="no">
      <path d={`M${px} ${frame.top}V${frame.bottom}`} stroke="var(--text-3)" strokeWidth={1} />
      {series.map((line) =>
        inside(line.values[index]!, yDomain) ? (
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
    </g>
  );
}

/** The exact values at the crosshair, topmost and beside marker and words. */
function HoveredValues(props: OverlayProps & { readonly markerX: number | null }) {
  const { frame, xDomain, yDomain, x, series, still, markerX } = props;
  const index = useHoveredIndex(x);
  if (index < 0) return null;
  const rows = props.hoverRows?.(index) ?? rowsAt(props, index);
  const words = placeScoreLabels(still).map(wordsBox);
  const marker = { x: (markerX ?? 0) - 6, y: 0, width: 12, height: frame.bottom };
  return (
    <HoverBox
      besideX={xOf(x[index]!, xDomain, frame)}
      frame={frame}
      rows={rows}
      lines={series.map((line) => polylineOf(x, line.values, xDomain, yDomain, frame))}
      taken={markerX === null ? words : [marker, ...words]}
    />
  );
}

/** The threshold, each line and the interval of the first. */
function rowsAt({ x, series, band, formatThreshold }: OverlayProps, index: number): readonly HoverRow[] {
  const rows: HoverRow[] = [
    { label: 'threshold', value: formatThreshold(x[index]!), ink: null },
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
  return rows;
}
