import { PictureText } from '../../charts/PictureText.tsx';
import { useElementWidth } from '../../charts/use-element-width.ts';
import { barPlaces } from './bar-places.ts';
import type { BarsView } from './trees.view-model.ts';

const STEP = 22;
const BAR = 12;

/** Height in px of the picture of these bars. */
export function barsHeight({ bars }: BarsView): number {
  return Math.max(bars.length, 1) * STEP + 4;
}

/** Bars from a common zero, names at the left, values at their ends. */
export function BarsPicture({ view }: { readonly view: BarsView }) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const height = barsHeight(view);
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && <Picture view={view} width={width} height={height} />}
    </div>
  );
}

function Picture({
  view,
  width,
  height,
}: {
  readonly view: BarsView;
  readonly width: number;
  readonly height: number;
}) {
  const places = barPlaces(view.bars, width);
  return (
    <svg width={width} height={height} aria-hidden="true" className="block">
      {view.bars.map(({ label, text }, i) => {
        const { start, end, name, valueX, anchor } = places.bars[i]!;
        const middle = i * STEP + STEP / 2;
        return (
          <g key={label}>
            <PictureText x={places.names} y={middle + 4} anchor="end">
              {name}
            </PictureText>
            <rect
              x={start}
              y={middle - BAR / 2}
              width={Math.max(end - start, 1)}
              height={BAR}
              fill="var(--c3)"
            />
            <PictureText x={valueX} y={middle + 4} anchor={anchor} fill="var(--text)">
              {text}
            </PictureText>
          </g>
        );
      })}
      <path d={`M${places.zero} 0V${height}`} stroke="var(--axis)" />
    </svg>
  );
}
