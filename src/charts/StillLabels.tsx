import { memo } from 'react';
import { sameValue } from '../design/same-value.ts';
import { labelHeight } from './label-placement.ts';
import { PictureText } from './PictureText.tsx';
import { xOf } from './plot-frame.ts';
import { type PlacedLabel, pinnedTop, placeScoreLabels, type ScoreLabelInput } from './score-labels.ts';

/** The pinned baseline, the points and the leaders to their words: under the marker. */
export const StillMarks = memo(function StillMarks(props: ScoreLabelInput) {
  const { frame, pinned } = props;
  return (
    <g pointerEvents="none">
      {pinned && (
        <path
          d={`M${xOf(pinned.threshold, props.xDomain, frame)} ${pinnedTop(props, pinned.threshold)}V${frame.bottom}`}
          stroke="var(--text-2)"
          strokeWidth={1.25}
          strokeDasharray="1.5 3"
          strokeLinecap="round"
        />
      )}
      {placeScoreLabels(props).map(({ key, dot, leader }) =>
        dot === null ? null : (
          <g key={key}>
            {leader !== null && (
              <path d={`M${dot.x} ${dot.y}L${leader.x} ${leader.y}`} stroke="var(--text-3)" strokeWidth={1} />
            )}
            <circle
              cx={dot.x}
              cy={dot.y}
              r={dot.hollow ? 3.5 : 3}
              fill={dot.hollow ? 'var(--surface)' : 'var(--text)'}
              stroke={dot.hollow ? 'var(--text-2)' : 'none'}
              strokeWidth={1.5}
            />
          </g>
        ),
      )}
    </g>
  );
}, sameValue);

/** The words of a score picture, placed anew only when what they stand on changes. Over the marker's line: their halo interrupts it. */
export const StillWords = memo(function StillWords(props: ScoreLabelInput) {
  return (
    <g pointerEvents="none">
      {placeScoreLabels(props).map((label) => (
        <PlacedText key={label.key} label={label} />
      ))}
    </g>
  );
}, sameValue);

function PlacedText({ label }: { readonly label: PlacedLabel }) {
  return label.lines.map((text, index) => (
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
  ));
}
