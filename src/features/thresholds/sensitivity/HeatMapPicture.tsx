import { memo, type PointerEvent, useMemo, useRef, useState } from 'react';
import { niceTicks } from '../../../charts/axis-ticks.ts';
import { HoverBox } from '../../../charts/HoverBox.tsx';
import { PictureText } from '../../../charts/PictureText.tsx';
import { PlotLayer } from '../../../charts/PlotLayer.tsx';
import { type Domain, narrowWidth, type PlotFrame, valueAt, xOf, yOf } from '../../../charts/plot-frame.ts';
import { MarkerHead, MarkerLine } from '../../../charts/ThresholdMarker.tsx';
import { useElementWidth } from '../../../charts/use-element-width.ts';
import { type ThresholdHandler, useThresholdDrag } from '../../../charts/use-threshold-drag.ts';
import type { HeatMap } from '../../../core/money/sensitivity-figures.ts';
import { formatThreshold, formatValue } from '../../../design/format.ts';
import { bestRuns, cellDomain, type HeatLevel, heatAt } from './heat-map.view-model.ts';

export interface HeatMapPictureProps {
  readonly map: HeatMap;
  readonly levels: readonly HeatLevel[];
  /** Of the assumption: "Review cost". */
  readonly label: string;
  /** The assumption as the scenario has it, marked at the left; NaN when it lies outside. */
  readonly present: number;
  readonly threshold: number;
  readonly formatThreshold: (threshold: number) => string;
  readonly formatAssumption: (value: number) => string;
  readonly formatNet: (net: number) => string;
  readonly onThreshold: ThresholdHandler;
  readonly height: number;
}

const gutter = { wide: 64, narrow: 52, right: 12, top: 38, bottom: 34 } as const;

/** Net value over threshold and one assumption, with the line of the best threshold and the threshold in force. */
export function HeatMapPicture(props: HeatMapPictureProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const { map, height } = props;
  const frame = useMemo<PlotFrame>(
    () => ({
      width,
      height,
      left: width < narrowWidth ? gutter.narrow : gutter.wide,
      right: width - gutter.right,
      top: gutter.top,
      bottom: height - gutter.bottom,
    }),
    [width, height],
  );
  const axes = useMemo(() => ({ x: cellDomain(map.thresholds), y: cellDomain(map.values) }), [map]);
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height }}>
      {width > 0 && (
        <>
          <Still
            map={map}
            levels={props.levels}
            label={props.label}
            frame={frame}
            axes={axes}
            formatAssumption={props.formatAssumption}
          />
          <Moving {...props} frame={frame} axes={axes} />
        </>
      )}
    </div>
  );
}

interface Axes {
  readonly x: Domain;
  readonly y: Domain;
}

interface StillProps extends Pick<HeatMapPictureProps, 'map' | 'levels' | 'label' | 'formatAssumption'> {
  readonly frame: PlotFrame;
  readonly axes: Axes;
}

/** Cells, axes and the boundary: drawn again only for another map. */
const Still = memo(function Still({ map, levels, label, frame, axes, formatAssumption }: StillProps) {
  const [columns, rows] = [map.thresholds.length, map.values.length];
  const across = (frame.right - frame.left) / columns;
  const up = (frame.bottom - frame.top) / rows;
  const within =
    ([low, high]: Domain) =>
    (value: number) =>
      value >= low && value <= high;
  const xTicks = niceTicks(axes.x[0], axes.x[1]).ticks.filter(within(axes.x));
  const yTicks = niceTicks(axes.y[0], axes.y[1], 4).ticks.filter(within(axes.y));
  return (
    <svg width={frame.width} height={frame.height} className="absolute inset-0" aria-hidden="true">
      <PictureText x={0} y={10}>
        {label}
      </PictureText>
      <g transform={`translate(${frame.left} ${frame.bottom}) scale(${across} ${-up})`}>
        {levels.map((level) => (
          <path key={level.from} d={level.cells} fill={level.colour} shapeRendering="crispEdges" />
        ))}
      </g>
      {xTicks.map((tick) => (
        <PictureText
          key={tick}
          x={xOf(tick, axes.x, frame)}
          y={frame.bottom + 14}
          anchor="middle"
          fill="var(--text-3)"
        >
          {formatValue(tick)}
        </PictureText>
      ))}
      {yTicks.map((tick) => (
        <PictureText
          key={tick}
          x={frame.left - 6}
          y={yOf(tick, axes.y, frame) + 4}
          anchor="end"
          fill="var(--text-3)"
        >
          {formatAssumption(tick)}
        </PictureText>
      ))}
      <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
        Score threshold
      </PictureText>
      <Boundary map={map} frame={frame} axes={axes} />
    </svg>
  );
});

type BoundaryProps = Pick<StillProps, 'map' | 'frame' | 'axes'>;

function boundaryPath({ map, frame, axes }: BoundaryProps): string {
  return bestRuns(map)
    .map((run) =>
      run
        .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${xOf(x, axes.x, frame)} ${yOf(y, axes.y, frame)}`)
        .join(''),
    )
    .join('');
}

/** The line again, over the marker: the threshold in force often is the best one, and would hide it. */
const BoundaryOver = memo(function BoundaryOver(props: BoundaryProps) {
  return (
    <path
      d={boundaryPath(props)}
      fill="none"
      stroke="var(--text)"
      strokeWidth={1.75}
      strokeLinejoin="round"
      pointerEvents="none"
    />
  );
});

/** The best threshold for each value of the assumption. */
function Boundary({ map, frame, axes }: BoundaryProps) {
  const runs = bestRuns(map);
  const d = boundaryPath({ map, frame, axes });
  const last = runs.at(-1)?.at(-1);
  const isRight = last !== undefined && xOf(last[0], axes.x, frame) > frame.right - 110;
  return (
    <>
      <path d={d} fill="none" stroke="var(--surface)" strokeWidth={4.5} strokeLinejoin="round" />
      <path d={d} fill="none" stroke="var(--text)" strokeWidth={1.75} strokeLinejoin="round" />
      {last !== undefined && (
        <PictureText
          x={xOf(last[0], axes.x, frame) + (isRight ? -8 : 8)}
          y={Math.min(yOf(last[1], axes.y, frame) + 14, frame.bottom - 6)}
          anchor={isRight ? 'end' : 'start'}
          fill="var(--text)"
          halo
        >
          best threshold
        </PictureText>
      )}
    </>
  );
}

interface MovingProps extends HeatMapPictureProps {
  readonly frame: PlotFrame;
  readonly axes: Axes;
}

/** Marker, present value and what the pointer reads. */
function Moving(props: MovingProps) {
  const { map, frame, axes, threshold, present } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [pointed, setPointed] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const placeOf = (event: PointerEvent<Element>) => {
    const box = svg.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const read = (event: PointerEvent<Element>, offset = 0) =>
    valueAt(placeOf(event).x + offset, axes.x, frame.left, frame.right);
  const markerPx = (value: number) => Math.min(xOf(value, axes.x, frame), frame.right);
  const drag = useThresholdDrag<SVGRectElement>(
    read,
    (event) => markerPx(threshold) - placeOf(event).x,
    props.onThreshold,
  );
  const current = drag.draft ?? threshold;
  const x = Number.isNaN(current) ? null : Math.max(markerPx(current), frame.left);
  const hover = (event: PointerEvent<Element>) => {
    const place = placeOf(event);
    const inside =
      place.x >= frame.left && place.x <= frame.right && place.y >= frame.top && place.y <= frame.bottom;
    setPointed(event.pointerType === 'touch' || !inside || drag.draft !== null ? null : place);
  };
  return (
    <PlotLayer svg={svg} frame={frame} onHover={hover} onLeave={() => setPointed(null)}>
      {!Number.isNaN(present) && <Present {...props} />}
      {x !== null && (
        <>
          <path
            d={`M${x} ${frame.top}V${frame.bottom}`}
            stroke="var(--surface)"
            strokeWidth={4}
            pointerEvents="none"
          />
          <MarkerLine x={x} top={20} bottom={frame.bottom} />
          <BoundaryOver map={map} frame={frame} axes={axes} />
          <MarkerHead x={x} top={16} text={props.formatThreshold(current)} dots={[]} />
          <rect
            x={x - 14}
            y={0}
            width={28}
            height={frame.bottom}
            fill="transparent"
            data-export="no"
            data-threshold-handle
            className="cursor-ew-resize touch-pan-y"
            {...drag.handlers}
          />
        </>
      )}
      {pointed !== null && <Reading {...props} place={pointed} map={map} />}
    </PlotLayer>
  );
}

/** The assumption as the scenario has it, across the map. */
function Present({ present, frame, axes }: MovingProps) {
  const y = yOf(present, axes.y, frame);
  if (!(y >= frame.top && y <= frame.bottom)) return null;
  return (
    <g pointerEvents="none">
      <path d={`M${frame.left} ${y}H${frame.right}`} stroke="var(--surface)" strokeWidth={3} />
      <path d={`M${frame.left} ${y}H${frame.right}`} stroke="var(--text)" strokeDasharray="1.5 3" />
      <PictureText x={frame.right - 4} y={y - 5} anchor="end" fill="var(--text)" halo>
        this scenario
      </PictureText>
    </g>
  );
}

function Reading(props: MovingProps & { readonly place: { readonly x: number; readonly y: number } }) {
  const { map, frame, axes, place } = props;
  const reading = heatAt(
    map,
    valueAt(place.x, axes.x, frame.left, frame.right),
    valueAt(frame.bottom - place.y, axes.y, 0, frame.bottom - frame.top),
  );
  const rows = [
    { label: 'threshold', value: formatThreshold(reading.threshold), ink: null },
    { label: props.label.toLowerCase(), value: props.formatAssumption(reading.value), ink: null },
    { label: 'net value', value: props.formatNet(reading.net), ink: null },
    {
      label: 'best threshold there',
      value: Number.isNaN(reading.best) ? 'flag nobody' : formatThreshold(reading.best),
      ink: null,
    },
  ];
  return <HoverBox frame={frame} rows={rows} lines={[]} taken={[]} besideX={place.x} />;
}
