import { memo, useMemo } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { sameValue } from '../design/same-value.ts';
import { PictureText } from './PictureText.tsx';
import { type Domain, extentOf, type PlotFrame, xOf, yOf } from './plot-frame.ts';
import { type Band, type ReferenceLevel, type Series, seriesColour } from './series.ts';

export interface LinePlotProps {
  readonly frame: PlotFrame;
  readonly x: ArrayLike<number>;
  readonly xDomain: Domain;
  readonly xTicks: readonly number[];
  readonly formatX: (x: number) => string;
  /** Without tick labels when a picture below carries the shared axis. */
  readonly showX: boolean;
  readonly yDomain: Domain;
  readonly yTicks: readonly number[];
  readonly formatY: (y: number) => string;
  readonly series: readonly Series[];
  readonly band?: Band | null;
  readonly references?: readonly ReferenceLevel[];
  /** Axis lines at the left too, and grid lines at the far ends: for two rates over each other. */
  readonly squareAxes?: boolean;
  /** Corner to corner, for ROC. */
  readonly diagonal?: boolean;
  /** An interval of x that is tinted. */
  readonly plateau?: Domain | null;
}

interface Point {
  readonly x: number;
  readonly values: readonly (number | null)[];
  readonly band: readonly [number, number] | null;
}

interface TickPlace {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

/** Our own text for ticks: recharts breaks "100 %" into two lines. */
function xTick(format: (value: number) => string) {
  return ({ x, y, payload }: TickPlace) => (
    <PictureText x={Number(x)} y={Number(y) + 8} anchor="middle" fill="var(--text-3)">
      {format(payload.value)}
    </PictureText>
  );
}

function yTick(format: (value: number) => string) {
  return ({ x, y, payload }: TickPlace) => (
    <PictureText x={Number(x) + 3} y={Number(y) + 4} anchor="end" fill="var(--text-3)">
      {format(payload.value)}
    </PictureText>
  );
}

const referenceStroke = { stroke: 'var(--ref)', strokeDasharray: '4 3', strokeWidth: 1 };

/**
 * The still part of a line picture, by recharts. It is drawn again only when its arrays or its size change:
 * a moving threshold is an overlay and never reaches it.
 */
export const LinePlot = memo(function LinePlot(props: LinePlotProps) {
  const { frame, x, xDomain, xTicks, formatX, showX, yDomain, yTicks, formatY, series, band, plateau } =
    props;
  const gridded = (x: number, [low, high]: Domain) => x > low && (x < high || props.squareAxes === true);
  const points = useMemo(() => pointsOf(x, series, band ?? null), [x, series, band]);
  // Only then: the clip also takes half the stroke of a line that runs along an end of the axis.
  const isCut = leaves(yDomain, series, band ?? null);
  return (
    <ComposedChart
      width={frame.width}
      height={frame.height}
      data={points}
      margin={{ left: 0, top: frame.top, right: frame.width - frame.right, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid
        stroke="var(--grid)"
        strokeWidth={1}
        verticalPoints={xTicks.filter((x) => gridded(x, xDomain)).map((x) => xOf(x, xDomain, frame))}
        horizontalPoints={yTicks.map((y) => yOf(y, yDomain, frame))}
      />
      <XAxis
        dataKey="x"
        type="number"
        domain={[...xDomain]}
        ticks={[...xTicks]}
        interval={0}
        height={frame.height - frame.bottom}
        tick={showX ? xTick(formatX) : false}
        tickLine={false}
        axisLine={false}
      />
      <YAxis
        type="number"
        domain={[...yDomain]}
        allowDataOverflow={isCut}
        ticks={[...yTicks]}
        interval={0}
        width={frame.left}
        tick={yTick(formatY)}
        tickLine={false}
        axisLine={false}
      />
      {yDomain[0] <= 0 && yDomain[1] >= 0 && <ReferenceLine y={0} stroke="var(--axis)" strokeWidth={1} />}
      {props.squareAxes && <ReferenceLine x={xDomain[0]} stroke="var(--axis)" strokeWidth={1} />}
      {plateau && (
        <ReferenceArea
          x1={plateau[0]}
          x2={plateau[1]}
          fill="var(--accent)"
          fillOpacity={0.12}
          stroke="none"
          ifOverflow="hidden"
        />
      )}
      {band && (
        <Area
          dataKey="band"
          type="linear"
          fill="var(--band)"
          fillOpacity={1}
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
        />
      )}
      {props.diagonal && (
        <ReferenceLine
          segment={[
            { x: xDomain[0], y: yDomain[0] },
            { x: xDomain[1], y: yDomain[1] },
          ]}
          {...referenceStroke}
        />
      )}
      {props.references?.map((level) => (
        <ReferenceLine key={level.label} y={level.y} {...referenceStroke} />
      ))}
      {series.map((line, index) => (
        <Line
          key={line.key}
          dataKey={(point: Point) => point.values[index] ?? null}
          name={line.label}
          type="linear"
          stroke={seriesColour(line.colour)}
          strokeWidth={1.75}
          {...(line.isDashed ? { strokeDasharray: '6 4' } : {})}
          strokeLinejoin="round"
          dot={false}
          activeDot={false}
          connectNulls={false}
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  );
}, sameValue);

/** recharts wants one object a point; NaN becomes null, its sign for a gap. */
function pointsOf(x: ArrayLike<number>, series: readonly Series[], band: Band | null): Point[] {
  return Array.from(x, (value, i) => ({
    x: value,
    values: series.map((line) => finiteOrNull(line.values[i])),
    band:
      band === null || !Number.isFinite(band.low[i]) || !Number.isFinite(band.high[i])
        ? null
        : ([band.low[i]!, band.high[i]!] as const),
  }));
}

/** Whether a line or the band goes beyond an axis. */
function leaves([low, high]: Domain, series: readonly Series[], band: Band | null): boolean {
  const extent = extentOf(...series.map((line) => line.values), band?.low ?? [], band?.high ?? []);
  return extent !== null && (extent[0] < low || extent[1] > high);
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
