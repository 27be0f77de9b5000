import { drain, SLICE_ROWS, type Sliced } from '../sliced.ts';

/**
 * Thins a line, or several lines over one x, to at most `maxPoints` of its own points.
 *
 * Largest-triangle-three-buckets: the points between first and last fall into equal-count buckets; from each the point
 * is kept that spans the largest triangle with the point kept before and the mean of the next bucket. With several
 * lines the areas are added, each line scaled to its own range. Undefined (NaN) values span nothing.
 *
 * @param x one per point, in order of drawing
 * @param lines one array per line, each as long as x
 * @param maxPoints at least 2
 * @returns rising indexes of the kept points, first and last always among them; all indexes when they are few enough;
 * yields progress in points. O(points x lines)
 * Source: S. Steinarsson, "Downsampling Time Series for Visual Representation", MSc thesis, University of Iceland (2013), 4.2.
 */
export function* largestTriangleSliced(
  x: Float64Array,
  lines: readonly Float64Array[],
  maxPoints: number,
): Sliced<Uint32Array> {
  const count = x.length;
  if (count <= maxPoints) return Uint32Array.from({ length: count }, (_, index) => index);
  const buckets = maxPoints - 2;
  const kept = new Uint32Array(maxPoints);
  const scaled = lines.map((values) => ({ values, scale: scaleOf(values) }));
  const edge = (bucket: number) => 1 + Math.floor((bucket * (count - 2)) / buckets);
  let yieldedAt = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = edge(bucket);
    const end = edge(bucket + 1);
    const nextEnd = bucket + 1 < buckets ? edge(bucket + 2) : count;
    const area = new Float64Array(end - start);
    for (const { values, scale } of scaled) {
      addAreas(area, x, values, scale, { before: kept[bucket]!, start, end, nextEnd });
    }
    kept[bucket + 1] = start + indexOfMax(area);
    if (end - yieldedAt < SLICE_ROWS) continue;
    yieldedAt = end;
    yield { done: end, total: count };
  }
  kept[maxPoints - 1] = count - 1;
  return kept;
}

/** `largestTriangleSliced` in one go. */
export function largestTriangleIndexes(
  x: Float64Array,
  lines: readonly Float64Array[],
  maxPoints: number,
): Uint32Array {
  return drain(largestTriangleSliced(x, lines, maxPoints));
}

/** A bucket [start, end), the point kept before it, and the bucket after it [end, nextEnd). */
interface Bucket {
  readonly before: number;
  readonly start: number;
  readonly end: number;
  readonly nextEnd: number;
}

/**
 * Points looked at for a line's range. The range only weighs lines against each other, so on longer lines every k-th
 * point is enough; all points decide the triangles.
 */
const RANGE_POINTS = 1 << 16;

/** 1 / range of a line's finite values; 0 for a flat line, which has no shape to keep. */
function scaleOf(values: Float64Array): number {
  const stride = Math.ceil(values.length / RANGE_POINTS);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i]!;
    if (value < low && value > Number.NEGATIVE_INFINITY) low = value;
    if (value > high && value < Number.POSITIVE_INFINITY) high = value;
  }
  return high > low ? 1 / (high - low) : 0;
}

function addAreas(
  area: Float64Array,
  x: Float64Array,
  y: Float64Array,
  scale: number,
  { before, start, end, nextEnd }: Bucket,
): void {
  const x0 = x[before]!;
  const y0 = y[before]!;
  const x2 = meanOf(x, end, nextEnd);
  const y2 = meanOf(y, end, nextEnd);
  for (let i = start; i < end; i++) {
    const twice = Math.abs((x0 - x2) * (y[i]! - y0) - (x0 - x[i]!) * (y2 - y0));
    // NaN and infinite corners compare false.
    if (twice > 0 && twice < Number.POSITIVE_INFINITY) area[i - start]! += twice * scale;
  }
}

function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  return sum / (end - start);
}

function indexOfMax(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
