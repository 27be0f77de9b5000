import { useState } from 'react';
import { HoverBox } from '../../../charts/HoverBox.tsx';
import { PictureText } from '../../../charts/PictureText.tsx';
import { useElementWidth } from '../../../charts/use-element-width.ts';
import { hoverLines, type ImportanceRow } from './importance.view-model.ts';
import { importanceHeight, importancePlaces } from './importance-places.ts';

export interface ImportancePictureProps {
  /** The largest first. */
  readonly rows: readonly ImportanceRow[];
  /** "log-odds", "margin" or "score". */
  readonly unit: string;
}

/** One bar a feature; exact numbers of the one under the pointer. */
export function ImportancePicture({ rows, unit }: ImportancePictureProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ height: importanceHeight(rows.length, width) }}>
      {width > 0 && <Bars rows={rows} unit={unit} width={width} />}
    </div>
  );
}

function Bars({ rows, unit, width }: ImportancePictureProps & { readonly width: number }) {
  const [hovered, setHovered] = useState<number | null>(null);
  const height = importanceHeight(rows.length, width);
  const { zero, rowHeight, barHeight, rows: places } = importancePlaces(rows, width);
  const at = rows.findIndex(({ feature }) => feature === hovered);
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      className="block overflow-visible"
      onPointerLeave={() => setHovered(null)}
    >
      {rows.map(({ feature, label }, i) => {
        const { top, name, nameY, barY, barEnd, valueY } = places[i]!;
        return (
          <g key={feature} onPointerEnter={() => setHovered(feature)}>
            <rect
              x={0}
              y={top}
              width={width}
              height={rowHeight}
              fill="var(--sunk)"
              opacity={i === at ? 1 : 0}
            />
            <PictureText x={0} y={nameY} fill="var(--text)">
              {name}
            </PictureText>
            <rect x={zero} y={barY} width={Math.max(barEnd - zero, 1)} height={barHeight} fill="var(--q5)" />
            <PictureText x={barEnd + 6} y={valueY} fill="var(--text-2)">
              {label}
            </PictureText>
          </g>
        );
      })}
      {zero > 0 && <path d={`M${zero} 0V${height}`} stroke="var(--axis)" pointerEvents="none" />}
      {at >= 0 && (
        <Exact
          row={rows[at]!}
          rank={at + 1}
          of={rows.length}
          unit={unit}
          places={{ width, height, zero, top: places[at]!.top, rowHeight }}
        />
      )}
    </svg>
  );
}

interface ExactProps {
  readonly row: ImportanceRow;
  readonly rank: number;
  readonly of: number;
  readonly unit: string;
  readonly places: {
    readonly width: number;
    readonly height: number;
    readonly zero: number;
    readonly top: number;
    readonly rowHeight: number;
  };
}

/** The numbers of the feature under the pointer, beside its row. */
function Exact({ row, rank, of, unit, places }: ExactProps) {
  const { width, height, zero, top, rowHeight } = places;
  const lines = hoverLines(row, unit).map(([label, value]) => ({ label, value, ink: null }));
  return (
    <HoverBox
      frame={{ width, height, left: zero, right: width, top: 0, bottom: height }}
      rows={[{ label: row.name, value: `${rank} of ${of}`, ink: 'var(--text)' }, ...lines]}
      lines={[]}
      taken={[{ x: 0, y: top, width, height: rowHeight }]}
      besideX={null}
    />
  );
}
