/** A grid over sorted points: the cell of a value says, up to a few halving steps, how many points lie below it. */
export interface SearchGrid {
  /** cell(x) = round(clamp((x - low) x scale, 0, lastCell)); 0 for NaN. Never falls as x grows. */
  readonly low: number;
  readonly scale: number;
  readonly lastCell: number;
  /** Per cell: the points of all lower cells. */
  readonly starts: Uint16Array;
  /** Halving steps that the fullest cell needs: it holds at most 2^steps - 1 points. */
  readonly steps: number;
}

const MAX_CELLS = 2048;
const CELLS_PER_POINT = 4;
const TO_BITS = 2 ** 52;

/**
 * Plans the search of a value's rank among sorted points. The cell is only where the search begins; its steps compare
 * with the points themselves, so that no rounding of the cell can change a rank.
 *
 * @param points ascending, at most 65,535, without NaN
 */
export function planSearchGrid(points: Float64Array): SearchGrid {
  const finite = points.filter(Number.isFinite);
  const low = finite[0] ?? 0;
  const high = finite[finite.length - 1] ?? 0;
  const cells = Math.min(MAX_CELLS, CELLS_PER_POINT * finite.length);
  const ratio = (cells - 1) / (high - low);
  const scale = Number.isFinite(ratio) && ratio > 0 ? ratio : 0;
  const lastCell = scale === 0 ? 0 : cells - 1;
  const counts = new Uint32Array(lastCell + 1);
  for (const point of points) {
    const cell = cellOf(point, low, scale, lastCell);
    counts[cell] = counts[cell]! + 1;
  }
  const starts = new Uint16Array(lastCell + 1);
  let below = 0;
  let fullest = 0;
  for (const [cell, count] of counts.entries()) {
    starts[cell] = below;
    below += count;
    fullest = Math.max(fullest, count);
  }
  return { low, scale, lastCell, starts, steps: Math.ceil(Math.log2(fullest + 1)) };
}

/** The same operations in the same order as workers/kernels/bin-values.ts. */
function cellOf(x: number, low: number, scale: number, lastCell: number): number {
  const place = (x - low) * scale;
  const clamped = place > 0 ? Math.min(place, lastCell) : 0;
  return clamped + TO_BITS - TO_BITS;
}
