import { formatValue } from '../design/format.ts';
import { PictureText } from './PictureText.tsx';
import { type Domain, type PlotFrame, xOf } from './plot-frame.ts';

export interface SavedXAxisProps {
  readonly frame: PlotFrame;
  readonly xDomain: Domain;
  readonly ticks: readonly number[];
  readonly title: string;
  /** Room for labels and title, in px. */
  readonly height: number;
}

/** The x labels of an upper picture, below its edge: seen only in what is saved, where the lower picture is missing. */
export function SavedXAxis({ frame, xDomain, ticks, title, height }: SavedXAxisProps) {
  return (
    <svg
      width={frame.width}
      height={height}
      className="pointer-events-none invisible absolute left-0"
      style={{ top: frame.bottom }}
      aria-hidden="true"
    >
      {ticks.map((tick) => (
        <PictureText key={tick} x={xOf(tick, xDomain, frame)} y={16} anchor="middle" fill="var(--text-3)">
          {formatValue(tick)}
        </PictureText>
      ))}
      <PictureText x={(frame.left + frame.right) / 2} y={height - 3} anchor="middle">
        {title}
      </PictureText>
    </svg>
  );
}
