import type { MoneyAt } from '../money/money-at.ts';
import type { DecisionRange } from './shown-threshold.ts';

/** Counts at one threshold, flagged = score >= threshold. */
export interface ConfusionCounts {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

/** Everything the decision bar and the confusion matrix show at one threshold. Rates NaN where undefined. */
export interface ThresholdDecision extends ConfusionCounts, DecisionRange {
  readonly threshold: number;
  readonly rows: number;
  readonly flagged: number;
  readonly flaggedShare: number;
  readonly precision: number;
  readonly recall: number;
  readonly fpr: number;
  readonly f1: number;
  readonly recallInterval: readonly [number, number];
  readonly precisionInterval: readonly [number, number];
  readonly money: MoneyAt | null;
}

/** The rules that pick a threshold, in the order in which they are answered. */
export type StrategyRule =
  | 'maxF1'
  | 'maxFBeta'
  | 'maxYouden'
  | 'maxKs'
  | 'minCost'
  | 'maxNet'
  | 'recallAtLeast'
  | 'precisionAtLeast'
  | 'fprAtMost'
  | 'capacity'
  | 'breakEven';

/** What one rule picks, parameters included. `label` is composed on screen. */
export interface StrategyResult {
  readonly rule: StrategyRule;
  /** beta, r, p, f or k (as given, in its own period); NaN for the rules without one. */
  readonly parameter: number;
  /**
   * Why there is no threshold ('unreachable'; 'no-scenario' and 'no-volume' when the scenario or its rows a year are
   * missing), or that flagging nobody is best ('flag-nobody'); else null.
   */
  readonly reason: 'unreachable' | 'flag-nobody' | 'no-scenario' | 'no-volume' | null;
  /** null when `reason` says so; for 'flag-nobody' and 'unreachable' there is no observed threshold. */
  readonly decision: ThresholdDecision | null;
}

export interface StrategyParameters {
  readonly recallAtLeast: number;
  readonly precisionAtLeast: number;
  readonly fprAtMost: number;
  /** Weight of recall in F-beta, > 0. */
  readonly beta: number;
  /** Rows that can be acted on: of these rows, or in each day or week of the scenario's yearly book. */
  readonly capacity: number;
  readonly capacityPer: 'rows' | 'day' | 'week';
  /** A threshold is as good as the best when its net value is at most this share below it: (0, 1). */
  readonly plateauShare: number;
}

/** Scores by outcome in equal-width bins over [low, high]. */
export interface ScoreHistogram {
  readonly low: number;
  readonly high: number;
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/** Chart-ready line data, at most about 500 points each, in order of x. Thresholds are observed scores. */
export interface Curves {
  readonly roc: { readonly fpr: Float64Array; readonly tpr: Float64Array; readonly threshold: Float64Array };
  readonly pr: {
    readonly recall: Float64Array;
    readonly precision: Float64Array;
    readonly threshold: Float64Array;
  };
  readonly rates: {
    readonly threshold: Float64Array;
    readonly precision: Float64Array;
    readonly recall: Float64Array;
    readonly flaggedShare: Float64Array;
  };
}
