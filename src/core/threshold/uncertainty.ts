import type { StrategyResult } from './decision.ts';

/** A figure with the ends of its 95 % interval; NaN where it is not defined. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How sure one strategy is: its threshold is chosen anew in every replicate (C13). */
export interface StrategyUncertainty {
  readonly rule: StrategyResult['rule'];
  /** Replicates in which the rule found a threshold. */
  readonly reached: number;
  /** `value` is the figure on the judged rows; the interval is the percentile interval over the replicates. */
  readonly threshold: Estimate;
  readonly flaggedShare: Estimate;
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** In-sample: the rows that chose the threshold also value it. NaN without a scenario. */
  readonly net: Estimate;
  readonly roi: Estimate;
  /**
   * The headline: net value on the rows that a replicate left out, of the threshold that it chose, brought to all judged
   * rows (and to the yearly book, as `MoneyAt.net` is). null without a scenario.
   */
  readonly outOfBagNet: Estimate | null;
}

/** Answer of the bootstrap: 95 % intervals of every strategy and of one fixed threshold. */
export interface Uncertainty {
  readonly replicates: number;
  readonly seed: number;
  /** Cells (score bin x label) that were resampled; `isExact`: one bin for each distinct score, nothing was binned. */
  readonly bins: number;
  readonly isExact: boolean;
  /** In the order of the strategies. */
  readonly strategies: readonly StrategyUncertainty[];
  /** The threshold that was asked for, held fixed; null when none was. Its `outOfBagNet` equals `net`. */
  readonly fixed: Omit<StrategyUncertainty, 'rule'> | null;
}
