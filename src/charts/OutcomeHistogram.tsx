import { memo, type ReactNode, useId } from 'react';
import type { ScoreHistogram } from '../core/threshold/decision.ts';
import { labelWidth } from './label-placement.ts';
import { histogramX, type OutcomeBarLayout, outcomeBars, positivesAtRight } from './outcome-bars.ts';
import { PictureText } from './PictureText.tsx';
import type { Domain } from './plot-frame.ts';

export interface OutcomeHistogramProps {
  readonly histogram: ScoreHistogram;
  readonly width: number;
  readonly height: number;
  /** Left and right edge of the score axis in px; [6, width - 6] by default. */
  readonly edges?: readonly [number, number];
  /** "bad 376" */
  readonly positiveLabel: string;
  /** "good 960" */
  readonly negativeLabel: string;
  /** null: none yet; Infinity: nobody is flagged. */
  readonly threshold: number | null;
  readonly pinned?: { readonly threshold: number; readonly label: string } | null;
  readonly formatScore: (score: number) => string;
  /** Drawn over the bars and under the words: the slider's thumb, a marker. */
  readonly children?: ReactNode;
}

/**
 * Scores by outcome, positives (bad) above the axis and negatives (good) below, at full strength where flagged and at
 * 34 % where passed: the four areas are the confusion matrix. A picture, and the track of the threshold slider.
 */
export function OutcomeHistogram(props: OutcomeHistogramProps) {
  const { histogram, width, height, threshold, pinned } = props;
  const layout = outcomeLayout(width, height, props.edges);
  const domain: Domain = [histogram.low, histogram.high];
  const cut = threshold === null ? layout.right : histogramX(threshold, domain, layout);
  const pinnedX = pinned ? histogramX(pinned.threshold, domain, layout) : null;
  const words = labelWidth(props.positiveLabel, true);
  const isHigh = layout.axis - positivesAtRight(histogram, words, layout) < lowBaseline + wordsClear;
  const free = isHigh ? layout.right - words : width;
  return (
    <svg width={width} height={height} className="block overflow-visible" aria-hidden="true">
      <Bars histogram={histogram} layout={layout} cut={cut} all={threshold === null} height={height} />
      <path d={`M${layout.left} ${layout.axis}H${layout.right}`} stroke="var(--axis)" strokeWidth={1} />
      {pinned && pinnedX !== null && (
        <path
          d={`M${pinnedX} 14V${height - 16}`}
          stroke="var(--text-2)"
          strokeWidth={1.25}
          strokeDasharray="1.5 3"
          strokeLinecap="round"
        />
      )}
      {props.children}
      {pinned && pinnedX !== null && (
        <PictureText {...pinnedPlace(pinnedX, pinned.label, free)} y={12} halo>
          {pinned.label}
        </PictureText>
      )}
      <OutcomeWords {...props} layout={layout} positiveY={isHigh ? highBaseline : lowBaseline} />
    </svg>
  );
}

/** Where the bars stand in a picture of this size; shared with the slider that lies over it. */
export function outcomeLayout(
  width: number,
  height: number,
  edges: readonly [number, number] = [6, width - 6],
): OutcomeBarLayout {
  const axis = (height - 4) / 2;
  return { left: edges[0], right: edges[1], axis, gap: 1.5, tallest: axis - 16 };
}

/** Baselines of the positives' words: near their bars, and above the tallest bar there can be where bars are high. */
const lowBaseline = 24;
const highBaseline = 11;

/** Room between that baseline and a bar. */
const wordsClear = 2;

/** At the right of its line, or at the left where the picture or the words beside it end, at `free`. */
function pinnedPlace(x: number, label: string, free: number): { x: number; anchor: 'start' | 'end' } {
  return x + 6 + labelWidth(label) > free
    ? { x: Math.min(x, free) - 4, anchor: 'end' }
    : { x: x + 4, anchor: 'start' };
}

interface BarsProps {
  readonly histogram: ScoreHistogram;
  readonly layout: OutcomeBarLayout;
  /** x of the threshold. */
  readonly cut: number;
  /** No threshold: nothing is dimmed. */
  readonly all: boolean;
  readonly height: number;
}

/** The same two paths twice, clipped left and right of the cut: a drag moves two rectangles and draws no bar again. */
function Bars({ histogram, layout, cut, all, height }: BarsProps) {
  const id = useId();
  const { left, right } = layout;
  return (
    <>
      <clipPath id={`${id}passed`}>
        <rect x={left - 2} y={0} width={Math.max(cut - left + 2, 0)} height={height} />
      </clipPath>
      <clipPath id={`${id}flagged`}>
        <rect x={cut} y={0} width={Math.max(right - cut + 2, 0)} height={height} />
      </clipPath>
      <g clipPath={`url(#${id}passed)`} opacity={all ? 1 : 0.34}>
        <BarPaths histogram={histogram} {...layout} />
      </g>
      <g clipPath={`url(#${id}flagged)`}>
        <BarPaths histogram={histogram} {...layout} />
      </g>
    </>
  );
}

const BarPaths = memo(function BarPaths(props: OutcomeBarLayout & { readonly histogram: ScoreHistogram }) {
  const bars = outcomeBars(props.histogram, props);
  return (
    <>
      <path d={bars.positives} fill="var(--pos)" />
      <path d={bars.negatives} fill="var(--neg)" />
    </>
  );
});

interface OutcomeWordsProps extends OutcomeHistogramProps {
  readonly layout: OutcomeBarLayout;
  readonly positiveY: number;
}

function OutcomeWords(props: OutcomeWordsProps) {
  const { histogram, height, layout, positiveY, formatScore, positiveLabel, negativeLabel } = props;
  const quiet = 'var(--text-3)';
  return (
    <>
      <PictureText x={layout.right} y={positiveY} anchor="end" fill="var(--pos-ink)" bold halo>
        {positiveLabel}
      </PictureText>
      <PictureText x={layout.right} y={height - 20} anchor="end" fill="var(--neg-ink)" bold halo>
        {negativeLabel}
      </PictureText>
      <PictureText x={layout.left} y={height - 4} fill={quiet}>
        score {formatScore(histogram.low)}
      </PictureText>
      <PictureText x={layout.right} y={height - 4} anchor="end" fill={quiet}>
        {formatScore(histogram.high)}
      </PictureText>
      <PictureText x={(layout.left + layout.right) / 2} y={height - 4} anchor="middle" fill={quiet}>
        √ share of each outcome
      </PictureText>
    </>
  );
}
