/**
 * Money at one threshold, in the currency of the amounts: over the judged rows, or a year when the scenario says how many
 * rows a year has.
 */
export interface MoneyAt {
  /** Loss avoided on flagged positives. */
  readonly prevented: number;
  /** Cost of acting on the flagged rows, and the fixed cost. */
  readonly cost: number;
  /** Loss on positives that were passed; 0 in the four-value form, whose net value has it already. */
  readonly missed: number;
  readonly net: number;
  /** net / cost; NaN when nothing is spent. */
  readonly roi: number;
  /** 95 % normal interval of the net value at this fixed threshold (sampling of rows only), [low, high]. */
  readonly netInterval: readonly [number, number];
  /** Net contribution of each cell of the confusion matrix; `fn` is the missed loss as a negative amount shown beside, not part of net. The fixed cost is in none of them. */
  readonly byCell: { readonly tp: number; readonly fp: number; readonly tn: number; readonly fn: number };
}

/** Net value and ROI against threshold, at most about 500 points, ascending thresholds. */
export interface MoneyCurves {
  readonly threshold: Float64Array;
  readonly net: Float64Array;
  readonly netLow: Float64Array;
  readonly netHigh: Float64Array;
  readonly roi: Float64Array;
  /** Rows flagged at each threshold. */
  readonly flagged: Uint32Array;
  /** Net value of flagging nobody: what the passed rows bring by themselves, less the fixed cost. */
  readonly flagNobody: number;
  /** Net value of flagging every judged row. */
  readonly flagAll: number;
  /** The unbroken run around the best threshold that stays within the plateau share of it, ends inside; null when the best is <= 0. */
  readonly plateau: readonly [number, number] | null;
}
