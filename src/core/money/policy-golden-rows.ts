import type { Sliced } from '../sliced.ts';
import { sortDescending } from '../threshold/sort-descending.ts';

/** Rows that prove an exported policy; all there are when there are fewer. */
const GOLDEN_ROWS = 50;

/** Nearest distinct scores on either side of each cut-off. */
const NEIGHBOURS = 3;
/** Rows at each end of the scores, and rows without a score. */
const ENDS = 2;
const MISSING = 3;

/**
 * Picks the rows that tell a right implementation of a policy from a wrong one: around every cut-off (at it or just above,
 * just below; each of another score), both ends, some without a score, and the rest spread evenly over the ranks.
 * Deterministic: of equal scores the first row is taken. A row with an infinite score is never picked: neither SQL nor JSON
 * can say it. O(n) by radix sort.
 *
 * @param scores one per row, NaN = no score
 * @param cutOffs on these scores; an infinite one has no neighbours
 * @returns positions in `scores`, by falling score, then those without a score; at most {@link GOLDEN_ROWS}. Yields progress in rows
 */
export function* pickGoldenRows(scores: Float64Array, cutOffs: readonly number[]): Sliced<readonly number[]> {
  const { order, scoredCount } = yield* sortDescending(scores);
  const scored = order.subarray(0, scoredCount).filter((row) => Number.isFinite(scores[row]!));
  const missing = order.subarray(scoredCount);
  const picked = new Set<number>();
  const take = (place: number) => {
    if (place >= 0 && place < scored.length && picked.size < GOLDEN_ROWS) picked.add(place);
  };
  for (const cutOff of cutOffs) for (const place of neighbours(scores, scored, cutOff)) take(place);
  for (let end = 0; end < ENDS; end++) {
    take(end);
    take(scored.length - 1 - end);
  }
  const without = missing.subarray(0, Math.min(MISSING, GOLDEN_ROWS - picked.size));
  spread(scored.length, picked, GOLDEN_ROWS - without.length);
  const places = [...picked].sort((a, b) => a - b);
  const room = GOLDEN_ROWS - places.length;
  return [...places.map((place) => scored[place]!), ...missing.subarray(0, room)];
}

/** Places of the first row of each of the nearest distinct scores, from the cut-off up and from below it down. */
function neighbours(scores: Float64Array, scored: Uint32Array, cutOff: number): readonly number[] {
  let flagged = 0;
  while (flagged < scored.length && scores[scored[flagged]!]! >= cutOff) flagged++;
  const found: number[] = [];
  let above = flagged;
  for (let steps = 0; steps < NEIGHBOURS && above > 0; steps++) {
    above--;
    while (above > 0 && scores[scored[above - 1]!] === scores[scored[above]!]) above--;
    found.push(above);
  }
  let below = flagged;
  for (let steps = 0; steps < NEIGHBOURS && below < scored.length; steps++) {
    found.push(below);
    const score = scores[scored[below]!];
    while (below < scored.length && scores[scored[below]!] === score) below++;
  }
  return found;
}

/** Adds places that are evenly spread over those not picked yet, until `most` are. */
function spread(count: number, picked: Set<number>, most: number): void {
  const free: number[] = [];
  for (let place = 0; place < count; place++) if (!picked.has(place)) free.push(place);
  const wanted = Math.min(most - picked.size, free.length);
  for (let i = 0; i < wanted; i++) picked.add(free[Math.floor(((i + 0.5) * free.length) / wanted)]!);
}
