import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { HoverBox } from '../../charts/HoverBox.tsx';
import { PictureText } from '../../charts/PictureText.tsx';
import { PlotLayer } from '../../charts/PlotLayer.tsx';
import { type Domain, type PlotFrame, xOf, yOf } from '../../charts/plot-frame.ts';
import { useElementWidth } from '../../charts/use-element-width.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { formatCount, formatThreshold, formatValue } from '../../design/format.ts';
import { nearestPoint, type ScatterView, scatterView } from './scatter.view-model.ts';
import { differenceText } from './words.ts';

export interface ScatterPictureProps {
  readonly comparison: FormComparison;
  readonly height: number;
}

/** One form's score against the other's: what is equal lies on the diagonal. */
export function ScatterPicture({ comparison, height }: ScatterPictureProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height }}>
      {width > 0 && <Picture comparison={comparison} width={width} height={height} />}
    </div>
  );
}

function Picture({ comparison, width, height }: ScatterPictureProps & { readonly width: number }) {
  const frame = useMemo<PlotFrame>(
    () => ({ width, height, left: 40, right: width - 8, top: 22, bottom: height - 36 }),
    [width, height],
  );
  const view = useMemo(() => scatterView(comparison, frame), [comparison, frame]);
  const svg = useRef<SVGSVGElement>(null);
  const [hovered, setHovered] = useState(-1);
  const hover = (event: PointerEvent<Element>): void => {
    const box = svg.current?.getBoundingClientRect();
    const place = [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)] as const;
    setHovered(nearestPoint(comparison, view.domain, frame, ...place));
  };
  return (
    <>
      <svg width={width} height={height} aria-hidden="true" className="absolute inset-0">
        <Axes frame={frame} view={view} />
        <g strokeLinecap="round" fill="none">
          <path d={view.equal} stroke="var(--ref)" strokeWidth={4} strokeOpacity={0.7} />
          <path d={view.differing} stroke="var(--c2)" strokeWidth={4.5} strokeOpacity={0.75} />
        </g>
        <path
          d={`M${frame.left} ${frame.bottom}L${frame.right} ${frame.top}`}
          stroke="var(--text-2)"
          strokeDasharray="4 3"
        />
      </svg>
      <PlotLayer svg={svg} frame={frame} onHover={hover} onLeave={() => setHovered(-1)}>
        <Words comparison={comparison} frame={frame} view={view} />
        {hovered >= 0 && (
          <HoveredPoint comparison={comparison} frame={frame} domain={view.domain} index={hovered} />
        )}
      </PlotLayer>
    </>
  );
}

interface PartProps {
  readonly frame: PlotFrame;
  readonly view: ScatterView;
}

/** Grid, the threshold of both forms, and where they decide differently. */
function Axes({ frame, view }: PartProps) {
  const { domain, ticks, threshold } = view;
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick} stroke="var(--grid)">
          <path d={`M${frame.left} ${yOf(tick, domain, frame)}H${frame.right}`} />
          <path d={`M${xOf(tick, domain, frame)} ${frame.top}V${frame.bottom}`} />
        </g>
      ))}
      {threshold !== null && (
        <g fill="var(--band)">
          <path d={`M${frame.left} ${frame.top}H${threshold.x}V${threshold.y}H${frame.left}Z`} />
          <path d={`M${threshold.x} ${threshold.y}H${frame.right}V${frame.bottom}H${threshold.x}Z`} />
        </g>
      )}
      {threshold !== null && (
        <path
          d={`M${threshold.x} ${frame.top}V${frame.bottom}M${frame.left} ${threshold.y}H${frame.right}`}
          stroke="var(--text-3)"
          strokeDasharray="1.5 3"
        />
      )}
    </g>
  );
}

function Words({ comparison, frame, view }: PartProps & { readonly comparison: FormComparison }) {
  const { domain, ticks, threshold } = view;
  return (
    <>
      <PictureText x={0} y={11}>
        {shortName(comparison.right)}
      </PictureText>
      <PictureText x={(frame.left + frame.right) / 2} y={frame.height - 3} anchor="middle">
        {shortName(comparison.left)}
      </PictureText>
      {ticks.map((tick) => (
        <g key={tick}>
          <PictureText
            x={xOf(tick, domain, frame)}
            y={frame.bottom + 15}
            anchor="middle"
            fill="var(--text-3)"
          >
            {formatValue(tick)}
          </PictureText>
          <PictureText x={frame.left - 6} y={yOf(tick, domain, frame) + 4} anchor="end" fill="var(--text-3)">
            {formatValue(tick)}
          </PictureText>
        </g>
      ))}
      <PictureText
        x={frame.right - 6}
        y={frame.bottom - 8}
        anchor="end"
        fill="var(--text-3)"
        halo={threshold === null}
      >
        dashed: equal scores
      </PictureText>
      {threshold !== null && comparison.decisions !== null && (
        <PictureText x={frame.right} y={11} anchor="end" fill="var(--text-3)">
          {`shaded: decided differently at ${formatThreshold(comparison.decisions.threshold)}`}
        </PictureText>
      )}
    </>
  );
}

interface HoveredPointProps {
  readonly comparison: FormComparison;
  readonly frame: PlotFrame;
  readonly domain: Domain;
  readonly index: number;
}

function HoveredPoint({ comparison, frame, domain, index }: HoveredPointProps) {
  const { points } = comparison;
  const left = points.left[index]!;
  const right = points.right[index]!;
  const [x, y] = [xOf(left, domain, frame), yOf(right, domain, frame)];
  return (
    <g pointerEvents="none" data-export="no">
      <circle cx={x} cy={y} r={4} fill="var(--surface)" stroke="var(--text)" strokeWidth={1.5} />
      <HoverBox
        besideX={null}
        lines={[]}
        taken={[{ x: x - 6, y: y - 6, width: 12, height: 12 }]}
        frame={frame}
        rows={[
          { label: 'row', value: formatCount(points.rows[index]! + 1), ink: null },
          { label: shortName(comparison.left), value: formatValue(left), ink: null },
          { label: shortName(comparison.right), value: formatValue(right), ink: null },
          { label: 'difference', value: differenceText(left - right), ink: null },
        ]}
      />
    </g>
  );
}

const LONGEST_NAME = 34;

/** A file name that fits over a picture; its end tells two conversions apart better than its middle. */
function shortName(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - 13)}…${name.slice(-12)}`;
}
