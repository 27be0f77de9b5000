import type { Estimate, StrategyUncertainty } from './uncertainty.ts';

/** The figures of one strategy or threshold, one entry per replicate; NaN where a replicate has none. */
export class UncertainFigures {
  readonly threshold: Float64Array;
  readonly flaggedShare: Float64Array;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly net: Float64Array;
  readonly roi: Float64Array;
  readonly outOfBagNet: Float64Array;

  constructor(replicates: number) {
    const empty = () => new Float64Array(replicates).fill(Number.NaN);
    this.threshold = empty();
    this.flaggedShare = empty();
    this.precision = empty();
    this.recall = empty();
    this.net = empty();
    this.roi = empty();
    this.outOfBagNet = empty();
  }
}

/** The figures on the judged rows, which stand beside the intervals. */
export type ObservedFigures = Readonly<
  Record<'threshold' | 'flaggedShare' | 'precision' | 'recall' | 'net' | 'roi', number>
>;

/**
 * A figure with its percentile interval: the 2.5 % and 97.5 % quantiles (linear between order statistics) of the
 * replicates that have one; not defined where the figure itself is not.
 */
export function percentileEstimate(value: number, replicates: Float64Array): Estimate {
  if (Number.isNaN(value)) return { value, low: Number.NaN, high: Number.NaN };
  const sorted = finite(replicates).sort();
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

export function estimatesOf(
  observed: ObservedFigures,
  figures: UncertainFigures,
): Omit<StrategyUncertainty, 'rule' | 'outOfBagNet'> {
  return {
    reached: finite(figures.threshold).length,
    threshold: percentileEstimate(observed.threshold, figures.threshold),
    flaggedShare: percentileEstimate(observed.flaggedShare, figures.flaggedShare),
    precision: percentileEstimate(observed.precision, figures.precision),
    recall: percentileEstimate(observed.recall, figures.recall),
    net: percentileEstimate(observed.net, figures.net),
    roi: percentileEstimate(observed.roi, figures.roi),
  };
}

/**
 * Net value of the chosen threshold on new rows: the mean over the replicates of the out-of-bag net, with the interval of
 * the replicates' own net values, moved so that its middle is where the honest value is.
 *
 *     value = mean(outOfBag)      ends = quantiles(net) - (mean(net) - mean(outOfBag))
 *
 * The out-of-bag values themselves are of 0.37 n rows each and would give too wide an interval; the replicates' net values
 * are of n rows, and too high by the optimism of choosing a threshold on the rows that value it. Their difference in mean
 * is that optimism.
 */
export function outOfBagEstimate({ net, outOfBagNet }: UncertainFigures): Estimate {
  const value = mean(finite(outOfBagNet));
  const inBag = finite(net).sort();
  const shift = value - mean(inBag);
  return { value, low: quantile(inBag, 0.025) + shift, high: quantile(inBag, 0.975) + shift };
}

function finite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value));
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Linear between the two nearest order statistics (Hyndman & Fan's type 7); NaN of nothing. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
