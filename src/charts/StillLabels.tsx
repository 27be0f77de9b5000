import { memo } from 'react';
import { sameValue } from '../design/same-value.ts';
import { labelHeight } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { xOf } from './plot-frame.ts';
import { type PlacedLabel, pinnedTop, placeScoreLabels, type ScoreLabelInput } from './score-labels.ts';

/** The words on lines, the points and the pinned baseline; placed anew only when what they stand on changes. */
export const StillLabels = memo(function StillLabels(props: ScoreLabelInput) {
  const { frame, pinned } = props;
  return (
    <svg
      width={frame.width}
      height={frame.height}
      className="pointer-events-none absolute inset-0 overflow-visible"
      aria-hidden="true"
    >
      {pinned && (
        <path
          d={`M${xOf(pinned.threshold, props.xDomain, frame)} ${pinnedTop(props, pinned.threshold)}V${frame.bottom}`}
          stroke="var(--text-2)"
          strokeWidth={1.25}
          strokeDasharray="1.5 3"
          strokeLinecap="round"
        />
      )}
      {placeScoreLabels(props).map((label) => (
        <PlacedText key={label.key} label={label} />
      ))}
    </svg>
  );
}, sameValue);

function PlacedText({ label }: { readonly label: PlacedLabel }) {
  return (
    <>
      {label.dot !== null && label.leader !== null && (
        <path
          d={`M${label.dot.x} ${label.dot.y}L${label.leader.x} ${label.leader.y}`}
          stroke="var(--text-3)"
          strokeWidth={1}
        />
      )}
      {label.dot !== null && (
        <circle
          cx={label.dot.x}
          cy={label.dot.y}
          r={label.dot.hollow ? 3.5 : 3}
          fill={label.dot.hollow ? 'var(--surface)' : 'var(--text)'}
          stroke={label.dot.hollow ? 'var(--text-2)' : 'none'}
          strokeWidth={1.5}
        />
      )}
      {label.lines.map((text, index) => (
        <PictureText
          key={text}
          x={label.x}
          y={label.y + index * labelHeight}
          fill={label.fill}
          bold={label.bold}
          halo
        >
          {text}
        </PictureText>
      ))}
    </>
  );
}
