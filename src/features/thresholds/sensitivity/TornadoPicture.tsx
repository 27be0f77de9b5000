import { PictureText } from '../../../charts/PictureText.tsx';
import { useElementWidth } from '../../../charts/use-element-width.ts';
import type { TornadoEnd, TornadoRow } from './tornado.view-model.ts';

const ROW = 30;
const HEAD = 18;
/** Below this width the words of both ends would lie on the names. */
const NARROW = 520;

/** Height of the picture with so many bars. */
export function tornadoHeight(bars: number): number {
  return HEAD + bars * ROW + 4;
}

/** Bars to both sides of the present net value, the longest on top; their ends say the assumption's value. */
export function TornadoPicture({ rows }: { readonly rows: readonly TornadoRow[] }) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const height = tornadoHeight(rows.length);
  return (
    <div ref={ref} className="w-full" style={{ height }}>
      {width > 0 && <Bars rows={rows} width={width} height={height} />}
    </div>
  );
}

interface BarsProps {
  readonly rows: readonly TornadoRow[];
  readonly width: number;
  readonly height: number;
}

function Bars({ rows, width, height }: BarsProps) {
  const isNarrow = width < NARROW;
  const left = isNarrow ? 104 : 132;
  const right = width - (isNarrow ? 96 : 168);
  const middle = (left + right) / 2;
  // Room for the values at the ends of the longest bar.
  const reach = (right - left) / 2 - 44;
  return (
    <svg width={width} height={height} aria-hidden="true" className="block overflow-visible">
      <PictureText x={middle - 6} y={11} anchor="end" fill="var(--text-3)">
        less
      </PictureText>
      <PictureText x={middle + 6} y={11} fill="var(--text-3)">
        more
      </PictureText>
      {rows.map((row, index) => {
        const y = HEAD + index * ROW + ROW / 2;
        return (
          <g key={row.assumption}>
            <PictureText x={0} y={y + 4} fill="var(--text)">
              {row.label}
            </PictureText>
            <End end={row.low} middle={middle} reach={reach} y={y} />
            <End end={row.high} middle={middle} reach={reach} y={y} />
            <PictureText
              x={width}
              y={row.bestText === '' || isNarrow ? y + 4 : y - 3}
              anchor="end"
              fill="var(--text)"
            >
              {row.changeText}
            </PictureText>
            {!isNarrow && (
              <PictureText x={width} y={y + 10} anchor="end" fill="var(--text-3)">
                {row.bestText}
              </PictureText>
            )}
          </g>
        );
      })}
      <path d={`M${middle} ${HEAD - 2}V${height}`} stroke="var(--axis)" />
    </svg>
  );
}

interface EndProps {
  readonly end: TornadoEnd;
  readonly middle: number;
  readonly reach: number;
  readonly y: number;
}

function End({ end, middle, reach, y }: EndProps) {
  const length = Math.abs(end.reach) * reach;
  const isMore = end.reach >= 0;
  return (
    <>
      <rect
        x={isMore ? middle : middle - length}
        y={y - 7}
        width={length}
        height={14}
        fill={isMore ? 'var(--gain)' : 'var(--loss)'}
      />
      <PictureText
        x={isMore ? middle + length + 4 : middle - length - 4}
        y={y + 4}
        anchor={isMore ? 'start' : 'end'}
        fill="var(--text-3)"
        halo
      >
        {end.reach === 0 ? '' : end.valueText}
      </PictureText>
    </>
  );
}
