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
  /** Net value in the bag less that of all judged rows at the same threshold: how far a replicate is off. */
  readonly netError: Float64Array;

  constructor(replicates: number) {
    const empty = () => new Float64Array(replicates).fill(Number.NaN);
    this.threshold = empty();
    this.flaggedShare = empty();
    this.precision = empty();
    this.recall = empty();
    this.net = empty();
    this.roi = empty();
    this.outOfBagNet = empty();
    this.netError = empty();
  }
}

/** The figures on the judged rows, which stand beside the intervals. */
export type ObservedFigures = Readonly<
  Record<'threshold' | 'flaggedShare' | 'precision' | 'recall' | 'net' | 'roi', number>
>;

/**
 * A figure with its percentile interval: the 2.5 % and 97.5 % quantiles of the replicates that have one; not defined where
 * the figure itself is not.
 */
function percentileEstimate(value: number, replicates: Float64Array): Estimate {
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
 * Net value that the chosen threshold will bring on as many new rows: the mean over the replicates of the out-of-bag net.
 *
 *     value = mean(outOfBag)
 *     low   = value + min(0, q(net) - mean(net), q(error) - mean(error)), q at 2.5 %      high: max, at 97.5 %
 *
 * The out-of-bag values themselves are of 0.37 n rows each and would give too wide an interval. Those of the replicates in the
 * bag are of n rows, but too high by the optimism of choosing a threshold on the rows that value it: only their spread is
 * used. It holds how far the thresholds of other samples earn something else, and is too narrow where the rule pins what
 * it earns (a capacity). The spread of the errors, each replicate against all judged rows at its own threshold, holds how
 * far a sample misjudges a threshold, and is too narrow where thresholds jump. The wider one counts, at each end; on
 * simulated data the interval covers at about its nominal rate (bootstrap.slow tests). Where nearly all replicates earn one
 * and the same (flagging nobody, or everybody) a few others pull the mean beyond both quantiles: the interval then ends
 * at its value.
 */
export function outOfBagEstimate({ net, netError, outOfBagNet }: UncertainFigures): Estimate {
  const value = mean(finite(outOfBagNet));
  const [netLow, netHigh] = spreadOf(net);
  const [errorLow, errorHigh] = spreadOf(netError);
  return {
    value,
    low: value + Math.min(0, netLow, errorLow),
    high: value + Math.max(0, netHigh, errorHigh),
  };
}

/** How far the 2.5 % and 97.5 % quantiles lie from the mean. */
function spreadOf(values: Float64Array): readonly [number, number] {
  const sorted = finite(values).sort();
  const middle = mean(sorted);
  return [quantile(sorted, 0.025) - middle, quantile(sorted, 0.975) - middle];
}

function finite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value));
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Linear between order statistics at p(n + 1), so that a share p of further draws is expected below it (Hyndman & Fan's type
 * 6); the ends are those of the values. NaN of nothing.
 */
function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1));
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
