import { type PointerEvent, type SVGProps, useMemo, useRef, useState } from 'react';
import { moneyAxis } from '../../charts/axis-ticks.ts';
import { HoverBox, type HoverRow } from '../../charts/HoverBox.tsx';
import { PictureText } from '../../charts/PictureText.tsx';
import { PlotLayer } from '../../charts/PlotLayer.tsx';
import { yOf } from '../../charts/plot-frame.ts';
import { useElementWidth } from '../../charts/use-element-width.ts';
import { type MonthMark, type MonthPlace, type MonthPlaces, monthPlaces } from './month-places.ts';

export interface MonthsPictureProps {
  readonly marks: readonly MonthMark[];
  /** "EUR", or '' for the currency of the file. */
  readonly currency: string;
  readonly height: number;
  /** Exact values of a month, for the pointer; the first row is its name. */
  readonly hoverRows: (month: string) => readonly HoverRow[];
}

/** Net value of each month against the promised band; drawn for the width it is given. */
export function MonthsPicture(props: MonthsPictureProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="relative w-full select-none" style={{ height: props.height }}>
      {width > 0 && <LivePicture {...props} width={width} />}
    </div>
  );
}

function LivePicture(props: MonthsPictureProps & { readonly width: number }) {
  const { marks, width, height, currency, hoverRows } = props;
  const places = useMemo(() => monthPlaces(marks, width, height), [marks, width, height]);
  const svg = useRef<SVGSVGElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const find = (event: PointerEvent<Element>) => {
    const x = event.clientX - (svg.current?.getBoundingClientRect().left ?? 0);
    setHovered(places.months.find((place) => Math.abs(place.x - x) <= place.half)?.mark.month ?? null);
  };
  const place = places.months.find(({ mark }) => mark.month === hovered);
  return (
    <>
      <MonthsDrawing places={places} currency={currency} />
      <PlotLayer svg={svg} frame={places.frame} onHover={find} onLeave={() => setHovered(null)}>
        {place !== undefined && (
          <g pointerEvents="none" data-export="no">
            <path d={`M${place.x} ${places.frame.top}V${places.frame.bottom}`} stroke="var(--line-2)" />
            <HoverBox
              besideX={place.x}
              frame={places.frame}
              rows={hoverRows(place.mark.month)}
              lines={[]}
              taken={[{ x: place.x - 6, y: place.y - 6, width: 12, height: 12 }]}
            />
          </g>
        )}
      </PlotLayer>
    </>
  );
}

/** The still picture, also for paper: there `isFluid` lets it take the width of the page. */
export function MonthsDrawing(props: {
  readonly places: MonthPlaces;
  readonly currency: string;
  readonly isFluid?: boolean;
}) {
  const { places, currency, isFluid = false } = props;
  const { frame, axis } = places;
  const { unit } = moneyAxis(axis);
  return (
    <svg
      width={isFluid ? '100%' : frame.width}
      height={isFluid ? undefined : frame.height}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      aria-hidden="true"
      className="block"
    >
      <Grid places={places} />
      <PictureText x={0} y={11}>
        {['Net value', [unit, currency].filter(Boolean).join(' ')].filter(Boolean).join(', ')}
      </PictureText>
      {places.months.map((place) => (
        <PromisedBand key={place.mark.month} place={place} places={places} />
      ))}
      <path d={`M${frame.left} ${places.zero}H${frame.right}`} stroke="var(--axis)" />
      {places.months.map((place) => (
        <Month key={place.mark.month} place={place} places={places} />
      ))}
      <RowNames places={places} />
      {places.side.map(({ text, y, isStrong }) => (
        <PictureText key={text} x={frame.right + 8} y={y} fill={isStrong ? 'var(--text)' : 'var(--text-2)'}>
          {text}
        </PictureText>
      ))}
    </svg>
  );
}

function Grid({ places: { axis, frame } }: { readonly places: MonthPlaces }) {
  const { formatTick } = moneyAxis(axis);
  return (
    <>
      {axis.ticks.map((tick) => {
        const y = yOf(tick, axis.domain, frame);
        return (
          <g key={tick}>
            <path d={`M${frame.left} ${y}H${frame.right}`} stroke="var(--grid)" />
            <PictureText x={frame.left - 8} y={y + 4} anchor="end" fill="var(--text-3)">
              {formatTick(tick)}
            </PictureText>
          </g>
        );
      })}
    </>
  );
}

interface InPlace {
  readonly place: MonthPlace;
  readonly places: MonthPlaces;
}

/** The band of what was promised for as many decisions, its middle and the floor. */
function PromisedBand({ place, places: { axis, frame } }: InPlace) {
  const { x, half, mark } = place;
  const { promised, floor } = mark;
  const y = (value: number) => yOf(value, axis.domain, frame);
  return (
    <>
      {Number.isFinite(promised.low) && Number.isFinite(promised.high) && (
        <rect
          x={x - half}
          y={y(promised.high)}
          width={2 * half}
          height={Math.max(y(promised.low) - y(promised.high), 1)}
          fill="var(--band)"
        />
      )}
      {Number.isFinite(promised.net) && (
        <path
          d={`M${x - half} ${y(promised.net)}H${x + half}`}
          stroke="var(--text-2)"
          strokeDasharray="4 3"
        />
      )}
      {Number.isFinite(floor) && floor !== 0 && (
        <path d={`M${x - half} ${y(floor)}H${x + half}`} stroke="var(--fail)" strokeWidth={1.5} />
      )}
    </>
  );
}

function Month({ place, places }: InPlace) {
  const { mark, x } = place;
  const { frame, zero } = places;
  return (
    <>
      {Number.isFinite(mark.net) && <Mark place={place} zero={zero} />}
      {place.showsName && (
        <PictureText x={x} y={frame.bottom + 16} anchor="middle" fill="var(--text-3)">
          {place.name}
        </PictureText>
      )}
      {place.showsNet && (
        <PictureText
          x={x}
          y={frame.bottom + 32}
          anchor="middle"
          fill="var(--text)"
          bold={mark.standing === 'below'}
        >
          {mark.netText}
        </PictureText>
      )}
      {place.year !== '' && (
        <PictureText x={x} y={frame.bottom + 48} anchor="middle" fill="var(--text-3)">
          {place.year}
        </PictureText>
      )}
    </>
  );
}

const DIAMOND = 5.5;

/**
 * What happened stands on a stem with a round head, what is predicted is a diamond without one. Hollow: below the band;
 * a dashed ring: too few outcomes are known.
 */
function Mark({ place, zero }: { readonly place: MonthPlace; readonly zero: number }) {
  const { mark, x, y } = place;
  const colour = mark.net < 0 ? 'var(--loss)' : 'var(--gain)';
  if (mark.kind === 'predicted')
    return (
      <path
        d={`M${x} ${y - DIAMOND}l${DIAMOND} ${DIAMOND}l${-DIAMOND} ${DIAMOND}l${-DIAMOND} ${-DIAMOND}z`}
        {...looksOf('inside', 'var(--text-2)')}
      />
    );
  return (
    <>
      <path
        d={`M${x} ${zero}V${y}`}
        stroke={mark.standing === 'open' ? 'var(--ref)' : colour}
        strokeWidth={2}
        strokeOpacity={0.55}
      />
      <circle cx={x} cy={y} r={5} {...looksOf(mark.standing, colour)} />
    </>
  );
}

function looksOf(standing: MonthMark['standing'], fill: string): SVGProps<SVGPathElement & SVGCircleElement> {
  const hollow = { fill: 'var(--surface)', strokeWidth: 2 };
  if (standing === 'below') return { ...hollow, stroke: 'var(--text)' };
  if (standing === 'open')
    return { ...hollow, strokeWidth: 1.5, stroke: 'var(--ref)', strokeDasharray: '3 2' };
  return { fill, stroke: 'var(--surface)', strokeWidth: 1 };
}

function RowNames({ places: { frame, hasSide, months } }: { readonly places: MonthPlaces }) {
  if (!hasSide) return null;
  return (
    <>
      <PictureText x={frame.right + 8} y={frame.bottom + 16} fill="var(--text-3)">
        month
      </PictureText>
      {months.some(({ showsNet }) => showsNet) && (
        <PictureText x={frame.right + 8} y={frame.bottom + 32} fill="var(--text-2)">
          net value
        </PictureText>
      )}
    </>
  );
}
