// AssemblyScript. From feature values to bins: small whole numbers that compare like the values do.

/** Rows of a block: every column's bins of a block lie together. */
const BLOCK_ROWS: usize = 256;
/** 2^52: added to a double in [0, 2^31] it leaves the nearest whole number in the low bits. */
const TO_BITS: f64 = 4503599627370496.0;
/** LightGBM's zero: see ZERO_THRESHOLD in src/core/trees/tree-ensemble.ts. */
const ZERO: f64 = 1.0000000180025095e-35;

// Layout of a search, written by src/engine/kernels/bin-rows.ts.
const LOW: usize = 0;
const SCALE: usize = 8;
const LAST_CELL: usize = 16;
const STEPS: usize = 24;
const FLAGS: usize = 28;
const STARTS: usize = 32;
const POINTS: usize = 36;
const COLUMN: usize = 40;
const WIDE: usize = 44;
const NAN_BIN: usize = 48;
const FIRST_BIN: usize = 52;
const OTHER_BIN: usize = 56;

const ROUND: i32 = 1;
const ZERO_IS_MISSING: i32 = 2;
const TRUNCATE: i32 = 4;
const EXACT: i32 = 8;

/** Makes the values what the nodes compare, in place: rounded to float32, zero as NaN, truncated. */
function prepare(values: usize, count: i32, flags: i32): void {
  const end = values + (<usize>count << 3);
  const nan = f64x2.splat(NaN);
  const zero = f64x2.splat(ZERO);
  for (let at = values; at < end; at += 16) {
    let x = v128.load(at);
    if (flags & ROUND) x = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x));
    if (flags & ZERO_IS_MISSING) x = v128.bitselect(nan, x, f64x2.le(f64x2.abs(x), zero));
    if (flags & TRUNCATE) x = f64x2.trunc(x);
    v128.store(at, x);
  }
}

// @ts-ignore: decorator
@inline
function stepFrom(points: usize, rank: i32, step: i32, x: f64): i32 {
  const here = load<f64>(points + (<usize>(rank + step) << 3) - 8);
  return rank + i32(here < x) * step;
}

/** Points below x: the cell of the grid tells where to begin, and halving steps do the rest. */
// @ts-ignore: decorator
@inline
function rankIn(starts: usize, points: usize, cell: i32, x: f64, steps: i32): i32 {
  let rank = <i32>load<u16>(starts + (<usize>cell << 1));
  if (steps > 3) for (let step = <i32>1 << steps >> 1; step > 4; step >>= 1) rank = stepFrom(points, rank, step, x);
  if (steps > 2) rank = stepFrom(points, rank, 4, x);
  if (steps > 1) rank = stepFrom(points, rank, 2, x);
  if (steps > 0) rank = stepFrom(points, rank, 1, x);
  return rank;
}

// @ts-ignore: decorator
@inline
function binOf(points: usize, rank: i32, x: f64, exact: bool, first: i32, other: i32, nan: i32): i32 {
  let bin = rank + first;
  if (exact) bin = select(bin, other, load<f64>(points + (<usize>rank << 3)) == x);
  return select(bin, nan, x == x);
}

// @ts-ignore: decorator
@inline
function searchAll(search: usize, values: usize, count: i32, bins: usize, stride: usize, steps: i32, wide: bool, exact: bool): void {
  const low = f64x2.splat(load<f64>(search, LOW));
  const scale = f64x2.splat(load<f64>(search, SCALE));
  const last = f64x2.splat(load<f64>(search, LAST_CELL));
  const nothing = f64x2.splat(0);
  const toBits = f64x2.splat(TO_BITS);
  const starts = <usize>load<u32>(search, STARTS);
  const points = <usize>load<u32>(search, POINTS);
  const first = load<i32>(search, FIRST_BIN);
  const other = load<i32>(search, OTHER_BIN);
  const nan = load<i32>(search, NAN_BIN);
  let block = bins + <usize>load<u32>(search, COLUMN);
  for (let row: usize = 0; row < <usize>count; row += BLOCK_ROWS) {
    const end = min(BLOCK_ROWS, <usize>count - row);
    for (let i: usize = 0; i < end; i += 2) {
      const pair = v128.load(values + ((row + i) << 3));
      let cells = f64x2.mul(f64x2.sub(pair, low), scale);
      cells = f64x2.pmin(last, f64x2.pmax(nothing, cells));
      cells = f64x2.add(cells, toBits);
      const a = f64x2.extract_lane(pair, 0);
      const b = f64x2.extract_lane(pair, 1);
      const rankA = rankIn(starts, points, i32x4.extract_lane(cells, 0), a, steps);
      const rankB = rankIn(starts, points, i32x4.extract_lane(cells, 2), b, steps);
      const binA = binOf(points, rankA, a, exact, first, other, nan);
      const binB = binOf(points, rankB, b, exact, first, other, nan);
      if (wide) {
        store<i16>(block + (i << 1), <i16>binA);
        store<i16>(block + (i << 1), <i16>binB, 2);
      } else {
        store<i8>(block + i, <i8>binA);
        store<i8>(block + i, <i8>binB, 1);
      }
    }
    block += stride;
  }
}

/**
 * Bins `count` values of one feature into every block's column. `values` is overwritten; both it and the columns have
 * room for an even number of rows.
 */
export function binValues(search: usize, values: usize, count: i32, bins: usize, stride: usize): void {
  const flags = load<i32>(search, FLAGS);
  if (flags & (ROUND | ZERO_IS_MISSING | TRUNCATE)) prepare(values, count, flags);
  const steps = load<i32>(search, STEPS);
  if (load<i32>(search, WIDE)) {
    if (flags & EXACT) searchAll(search, values, count, bins, stride, steps, true, true);
    else searchAll(search, values, count, bins, stride, steps, true, false);
  } else if (flags & EXACT) searchAll(search, values, count, bins, stride, steps, false, true);
  else if (steps == 0) searchAll(search, values, count, bins, stride, 0, false, false);
  else if (steps == 1) searchAll(search, values, count, bins, stride, 1, false, false);
  else if (steps == 2) searchAll(search, values, count, bins, stride, 2, false, false);
  else if (steps == 3) searchAll(search, values, count, bins, stride, 3, false, false);
  else searchAll(search, values, count, bins, stride, steps, false, false);
}

/** A column that differs from another only in the bin of missing values. */
export function copyColumn(bins: usize, stride: usize, blocks: i32, from: usize, to: usize, wide: i32, nanFrom: i32, nanTo: i32): void {
  const bytes = wide ? BLOCK_ROWS << 1 : BLOCK_ROWS;
  const old = wide ? i16x8.splat(<i16>nanFrom) : i8x16.splat(<i8>nanFrom);
  const now = wide ? i16x8.splat(<i16>nanTo) : i8x16.splat(<i8>nanTo);
  for (let block = 0; block < blocks; block++) {
    const base = bins + <usize>block * stride;
    for (let at: usize = 0; at < bytes; at += 16) {
      const x = v128.load(base + from + at);
      const isMissing = wide ? i16x8.eq(x, old) : i8x16.eq(x, old);
      v128.store(base + to + at, v128.bitselect(now, x, isMissing));
    }
  }
}
