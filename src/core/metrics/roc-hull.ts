import { inSlices, type Sliced } from '../sliced.ts';
import type { RankedCounts } from './ranked-counts.ts';

/**
 * Upper convex hull of the ROC curve over the scored rows, from flagging nobody to flagging all of them: the thresholds that
 * are best under some costs. Turns are compared as integers, so collinear points are left out exactly.
 *
 * @returns numbers of distinct scores that are flagged at the corners, rising; first 0 (nobody), last all of them; [0] without
 * scored rows. Exact while positives x negatives stays below 2^52. Yields progress in scores. O(k)
 * Source: Provost & Fawcett, Machine Learning 42 (2001), 203-231; hull: Andrew's monotone chain.
 */
export function* rocHullSliced({ tp, fp }: RankedCounts): Sliced<Uint32Array> {
  const corners = new Uint32Array(tp.length + 1);
  let last = 0;
  const tpAt = (flagged: number) => (flagged === 0 ? 0 : tp[flagged - 1]!);
  const fpAt = (flagged: number) => (flagged === 0 ? 0 : fp[flagged - 1]!);
  /** Whether b lies on or below the line from a to c. */
  const isInside = (a: number, b: number, c: number) =>
    (fpAt(b) - fpAt(a)) * (tpAt(c) - tpAt(a)) >= (fpAt(c) - fpAt(a)) * (tpAt(b) - tpAt(a));
  yield* inSlices(tp.length, (start, end) => {
    for (let flagged = start + 1; flagged <= end; flagged++) {
      while (last > 0 && isInside(corners[last - 1]!, corners[last]!, flagged)) last--;
      corners[++last] = flagged;
    }
  });
  return corners.slice(0, last + 1);
}
