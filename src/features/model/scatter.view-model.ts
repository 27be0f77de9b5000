/** Where the points of two columns of scores stand in their picture. */
import { niceTicks } from '../../charts/axis-ticks.ts';
import { type Domain, extentOf, type PlotFrame, xOf, yOf } from '../../charts/plot-frame.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';

export interface ScatterView {
  /** The same for both axes, so that equal scores lie on the diagonal. */
  readonly domain: Domain;
  readonly ticks: readonly number[];
  /** Dots as one path each: a dot is a line of no length with round ends. */
  readonly equal: string;
  readonly differing: string;
  /** The threshold in px, for both axes; null without one or outside of the picture. */
  readonly threshold: { readonly x: number; readonly y: number } | null;
}

const unit: Domain = [0, 1];

/** Points in px of a frame; those within the tolerance apart from the others. */
export function scatterView({ points, tolerance, decisions }: FormComparison, frame: PlotFrame): ScatterView {
  const extent = extentOf(points.left, points.right) ?? unit;
  const isShare = extent[0] >= 0 && extent[1] <= 1;
  const { domain, ticks } = isShare ? niceTicks(0, 1) : niceTicks(extent[0], extent[1]);
  const equal: string[] = [];
  const differing: string[] = [];
  for (let i = 0; i < points.rows.length; i += 1) {
    const left = points.left[i]!;
    const right = points.right[i]!;
    const dot = `M${xOf(left, domain, frame).toFixed(1)} ${yOf(right, domain, frame).toFixed(1)}h0`;
    (Math.abs(left - right) > tolerance ? differing : equal).push(dot);
  }
  const at = decisions?.threshold ?? Number.NaN;
  const isInside = at >= domain[0] && at <= domain[1];
  return {
    domain,
    ticks,
    equal: equal.join(''),
    differing: differing.join(''),
    threshold: isInside ? { x: xOf(at, domain, frame), y: yOf(at, domain, frame) } : null,
  };
}

/** Px within which a pointer means a point. */
const NEAR = 12;

/** The point nearest to a place of the picture; -1 when none is near. */
export function nearestPoint(
  { points }: FormComparison,
  domain: Domain,
  frame: PlotFrame,
  px: number,
  py: number,
): number {
  let best = -1;
  let least = NEAR * NEAR;
  for (let i = 0; i < points.rows.length; i += 1) {
    const dx = xOf(points.left[i]!, domain, frame) - px;
    const dy = yOf(points.right[i]!, domain, frame) - py;
    if (dx * dx + dy * dy > least) continue;
    best = i;
    least = dx * dx + dy * dy;
  }
  return best;
}
