import type { AssumptionName } from './scenario-templates.ts';

/** A number of a scenario that can be moved: one of its template's, or one that every scenario has. */
export type MovedAssumption = AssumptionName | 'amount' | 'fixedCost' | 'rowsPerYear';

/** What one assumption does to net value when it alone is moved. */
export interface TornadoBar {
  readonly assumption: MovedAssumption;
  /** The assumption's values at both ends; kept inside its range (a share stays in 0..1). */
  readonly lowValue: number;
  readonly highValue: number;
  /** Net value at the operating threshold with the assumption at its ends. */
  readonly netAtLow: number;
  readonly netAtHigh: number;
  /** The threshold that would be best with the assumption at its ends; null when flagging nobody is. */
  readonly bestAtLow: number | null;
  readonly bestAtHigh: number | null;
}

/** All assumptions moved one by one, the strongest first. */
export interface Tornado {
  readonly threshold: number;
  /** Each assumption is moved down and up by this share of itself. */
  readonly swing: number;
  readonly net: number;
  readonly bars: readonly TornadoBar[];
}

/** Net value over threshold x one assumption, and the best threshold for each of its values. */
export interface HeatMap {
  readonly assumption: MovedAssumption;
  /** Rising; the columns. */
  readonly thresholds: Float64Array;
  /** Rising; the rows. */
  readonly values: Float64Array;
  /** Row after row: net[row * thresholds.length + column]. */
  readonly net: Float64Array;
  /** Best observed threshold for each value of the assumption; NaN where flagging nobody is best. */
  readonly best: Float64Array;
}

/** Where flagging a row begins to pay, and what the theory says beside the data. NaN where not defined. */
export interface MoneyTheory {
  /** C19: least precision among flagged rows that pays, on the mean values of each outcome; NaN when none does. */
  readonly breakEvenPrecision: number;
  /** Recall at the break-even threshold (the lowest threshold that does not lose money). */
  readonly breakEvenRecall: number;
  readonly breakEvenThreshold: number;
  /**
   * C16 (Elkan): probability from which flagging pays, on the mean values of each outcome. The break-even probability (C19).
   * 0 when flagging always pays, Infinity when it never does, NaN when it pays below a probability instead.
   */
  readonly theoreticalThreshold: number;
  /** Middle half of the row-wise thresholds when values vary by row, else the same number twice. */
  readonly rowWiseRange: readonly [number, number];
  /** Net value of flagging every row whose score is at or above its own threshold; equals `netAtTheoretical` when none varies. */
  readonly netRowWise: number;
  /**
   * Net value when the theoretical threshold is used on these scores, and the greatest net value; the first is NaN when
   * scores leave [0, 1] (so is `netRowWise`): they are no probabilities.
   */
  readonly netAtTheoretical: number;
  readonly netAtEmpirical: number;
  /** Half width of the 95 % interval of `netAtEmpirical - netAtTheoretical`, paired by row; NaN where the second is. */
  readonly gapError: number;
  /** NaN when flagging nobody is best. */
  readonly empiricalThreshold: number;
  /** The lowest score whose observed rate (isotonic on the judged rows) reaches the theoretical threshold: where calibrated scores would put it. */
  readonly calibratedThreshold: number;
}
