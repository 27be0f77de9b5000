// AssemblyScript. What a node asks of the bins of its column, for 16 rows at once.

const BLOCK: usize = 256;

// How a node compares: kinds of tests.
export const NARROW: i32 = 0;
export const WIDE: i32 = 1;
export const SET: i32 = 2;

/** All ones where the row goes right. */
// @ts-ignore: decorator
@inline
export function goesRight(test: i32, column: usize, at: usize, limit: v128, low: v128, high: v128): v128 {
  if (test == NARROW) return i8x16.gt_s(v128.load(column + at), limit);
  if (test == WIDE) {
    const first = i16x8.gt_s(v128.load(column + (at << 1)), limit);
    return i8x16.narrow_i16x8_s(first, i16x8.gt_s(v128.load(column + (at << 1), 16), limit));
  }
  const bins = v128.load(column + at);
  const place = i8x16.shr_u(bins, 3);
  const byte = v128.or(i8x16.swizzle(low, place), i8x16.swizzle(high, i8x16.sub(place, i8x16.splat(16))));
  const bit = i8x16.swizzle(
    i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0),
    v128.and(bins, i8x16.splat(7)),
  );
  return i8x16.eq(v128.and(byte, bit), i8x16.splat(0));
}

/** A wide column's members of a set as a narrow column: 0 where the bin is in the set, 1 where it is not. */
export function membership(column: usize, set: usize, into: usize): void {
  for (let row: usize = 0; row < BLOCK; row++) {
    const bin = <usize>load<u16>(column + (row << 1));
    const bit = (<i32>load<u8>(set + (bin >> 3)) >> (<i32>bin & 7)) & 1;
    store<u8>(into + row, <u8>(1 - bit));
  }
}
