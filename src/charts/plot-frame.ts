/** Where the plot sits in its picture, in px from the picture's top left corner. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Domain = readonly [low: number, high: number];

/** Left and right edge of every picture with a score axis: one constant, so that their markers fall on one line. */
export const scoreGutter = { wide: 44, narrow: 40, right: 8 } as const;

/** Below this width a picture is drawn for a phone: narrower gutter, fewer ticks. */
export const narrowWidth = 480;

/** Value to px, linearly; a domain of no width maps to the middle. */
export function position(value: number, domain: Domain, start: number, end: number): number {
  const [low, high] = domain;
  if (high === low) return (start + end) / 2;
  return start + ((value - low) / (high - low)) * (end - start);
}

/** Px to value, clamped to the domain. */
export function valueAt(px: number, domain: Domain, start: number, end: number): number {
  const [low, high] = domain;
  if (start === end) return low;
  const share = Math.min(Math.max((px - start) / (end - start), 0), 1);
  return low + share * (high - low);
}

export function xOf(value: number, domain: Domain, frame: PlotFrame): number {
  return position(value, domain, frame.left, frame.right);
}

export function yOf(value: number, domain: Domain, frame: PlotFrame): number {
  return position(value, domain, frame.bottom, frame.top);
}

/** Smallest interval that holds all finite values; null when there is none. */
export function extentOf(...arrays: readonly ArrayLike<number>[]): Domain | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}
