import { valueOnLine } from '../../charts/interpolate.ts';
import type { MoneyCurves } from '../../core/money/money-at.ts';

/** The lines of one or two scenarios over the same thresholds. */
export interface CurvesOnOneAxis {
  /** Ascending. */
  readonly threshold: Float64Array;
  readonly net: Float64Array;
  readonly netLow: Float64Array;
  readonly netHigh: Float64Array;
  readonly roi: Float64Array;
  /** Of the second scenario; empty without one. */
  readonly versusNet: Float64Array;
  readonly versusRoi: Float64Array;
}

const none = new Float64Array(0);

/**
 * Two sets of curves of the same rows, each drawn at thresholds of its own, over the union of these thresholds: between
 * its own points a line stands where it is drawn, so both polylines keep their shape exactly. Alone, a curve stays as
 * it is. O(n log n) for n drawn points.
 */
export function onOneAxis(first: MoneyCurves, second: MoneyCurves | null): CurvesOnOneAxis {
  if (second === null) return { ...first, versusNet: none, versusRoi: none };
  const threshold = Float64Array.from(new Set([...first.threshold, ...second.threshold])).sort();
  const along = (curves: MoneyCurves, values: Float64Array) =>
    threshold.map((at) => valueOnLine(curves.threshold, values, at));
  return {
    threshold,
    net: along(first, first.net),
    netLow: along(first, first.netLow),
    netHigh: along(first, first.netHigh),
    roi: along(first, first.roi),
    versusNet: along(second, second.net),
    versusRoi: along(second, second.roi),
  };
}
