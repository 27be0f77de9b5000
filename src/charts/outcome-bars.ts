import type { ScoreHistogram } from '../core/threshold/decision.ts';
import { type Domain, position } from './plot-frame.ts';

export interface OutcomeBars {
  /** Path of the bars above the axis (positives) and below it (negatives). */
  readonly positives: string;
  readonly negatives: string;
}

export interface OutcomeBarLayout {
  readonly left: number;
  readonly right: number;
  /** y of the axis. */
  readonly axis: number;
  /** Space between axis and bars. */
  readonly gap: number;
  /** Height of the tallest bar. */
  readonly tallest: number;
}

/**
 * Bars of the scores by outcome: height is the square root of the bin's share *of its own outcome*, so that a rare
 * outcome is as readable as a common one and small bins do not vanish; both sides share one scale.
 * A histogram without width (all scores equal) is one bar over the whole axis.
 */
export function outcomeBars(histogram: ScoreHistogram, layout: OutcomeBarLayout): OutcomeBars {
  const { positives, negatives, scale } = barHeights(histogram, layout);
  return {
    positives: barsPath(positives, scale, layout, -1),
    negatives: barsPath(negatives, scale, layout, 1),
  };
}

/** Px from the axis to the top of the tallest bar of positives that reaches into the last `width` px of the axis. */
export function positivesAtRight(histogram: ScoreHistogram, width: number, layout: OutcomeBarLayout): number {
  const { positives, scale } = barHeights(histogram, layout);
  const bins = Math.ceil((width / (layout.right - layout.left)) * positives.length);
  return layout.gap + scale * Math.max(0, ...positives.slice(-Math.max(bins, 1)));
}

function barHeights(histogram: ScoreHistogram, layout: OutcomeBarLayout) {
  const positives = rootShares(histogram.positives);
  const negatives = rootShares(histogram.negatives);
  const most = Math.max(...positives, ...negatives, Number.MIN_VALUE);
  return { positives, negatives, scale: layout.tallest / most };
}

function rootShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : Math.sqrt(count / total)));
}

function barsPath(
  heights: readonly number[],
  scale: number,
  layout: OutcomeBarLayout,
  direction: 1 | -1,
): string {
  const width = (layout.right - layout.left) / heights.length;
  const between = Math.min(0.75, width / 5);
  const base = layout.axis + direction * layout.gap;
  return heights
    .map((height, i) => {
      if (height === 0) return '';
      const x0 = round(layout.left + i * width + between / 2);
      const x1 = round(layout.left + (i + 1) * width - between / 2);
      return `M${x0} ${base}H${x1}V${round(base + direction * height * scale)}H${x0}Z`;
    })
    .join('');
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

/** x of a threshold on the histogram, kept on the axis; Infinity (flag nobody) is its right end. */
export function histogramX(threshold: number, domain: Domain, layout: OutcomeBarLayout): number {
  const clamped = Math.min(Math.max(threshold, domain[0]), domain[1]);
  return position(clamped, domain, layout.left, layout.right);
}
