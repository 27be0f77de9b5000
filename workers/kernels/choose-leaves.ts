// AssemblyScript. Trees without walking: every node of a tree chooses, for 16 rows at once, between the leaves that its
// two sides found.

const BLOCK: usize = 256;

// Layout of a step, written by src/engine/kernels/tree-program.ts.
const STEP_BYTES: usize = 12;
const KIND: usize = 0;
const TARGET: usize = 1;
const LEFT: usize = 2;
const RIGHT: usize = 3;
const COLUMN: usize = 4;
const LIMIT: usize = 8;

const NARROW: i32 = 0;
const WIDE: i32 = 1;
const SET: i32 = 2;

/** All ones where the row goes right. */
// @ts-ignore: decorator
@inline
function goesRight(test: i32, column: usize, at: usize, limit: v128, low: v128, high: v128): v128 {
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

// @ts-ignore: decorator
@inline
function chooseRows(test: i32, step: usize, column: usize, number: i32, slots: usize, leftIsLeaf: bool, rightIsLeaf: bool): void {
  const target = slots + (<usize>load<u8>(step, TARGET) << 8);
  const left = <usize>load<u8>(step, LEFT);
  const right = <usize>load<u8>(step, RIGHT);
  const leftLeaf = i8x16.splat(<i8>left);
  const rightLeaf = i8x16.splat(<i8>right);
  const leftSlot = slots + (left << 8);
  const rightSlot = slots + (right << 8);
  let limit = i8x16.splat(<i8>number);
  if (test == WIDE) limit = i16x8.splat(<i16>number);
  let low = limit;
  let high = limit;
  if (test == SET) {
    low = v128.load(<usize>number);
    high = v128.load(<usize>number, 16);
  }
  for (let at: usize = 0; at < BLOCK; at += 32) {
    const next = at + 16;
    const a = goesRight(test, column, at, limit, low, high);
    const b = goesRight(test, column, next, limit, low, high);
    const leftA = leftIsLeaf ? leftLeaf : v128.load(leftSlot + at);
    const leftB = leftIsLeaf ? leftLeaf : v128.load(leftSlot + at, 16);
    const rightA = rightIsLeaf ? rightLeaf : v128.load(rightSlot + at);
    const rightB = rightIsLeaf ? rightLeaf : v128.load(rightSlot + at, 16);
    v128.store(target + at, v128.bitselect(rightA, leftA, a));
    v128.store(target + at, v128.bitselect(rightB, leftB, b), 16);
  }
}

// @ts-ignore: decorator
@inline
function chooseSides(test: i32, sides: i32, step: usize, column: usize, number: i32, slots: usize): void {
  if (sides == 0) chooseRows(test, step, column, number, slots, false, false);
  else if (sides == 1) chooseRows(test, step, column, number, slots, true, false);
  else if (sides == 2) chooseRows(test, step, column, number, slots, false, true);
  else chooseRows(test, step, column, number, slots, true, true);
}

/** A wide column's members of a set as a narrow column: 0 where the bin is in the set, 1 where it is not. */
function membership(column: usize, set: usize, into: usize): void {
  for (let row: usize = 0; row < BLOCK; row++) {
    const bin = <usize>load<u16>(column + (row << 1));
    const bit = (<i32>load<u8>(set + (bin >> 3)) >> (<i32>bin & 7)) & 1;
    store<u8>(into + row, <u8>(1 - bit));
  }
}

/**
 * Runs the steps of one tree on a block of rows; slot 0 then holds each row's leaf, counted within the tree.
 * Slots are 256 bytes each; `scratch` is one more.
 */
// @ts-ignore: decorator
@inline
export function chooseLeaves(steps: usize, count: i32, bins: usize, slots: usize, scratch: usize): void {
  const end = steps + <usize>count * STEP_BYTES;
  for (let step = steps; step < end; step += STEP_BYTES) {
    const kind = <i32>load<u8>(step, KIND);
    const sides = kind & 3;
    const column = bins + <usize>load<u32>(step, COLUMN);
    const number = load<i32>(step, LIMIT);
    if (kind < 4) chooseSides(NARROW, sides, step, column, number, slots);
    else if (kind < 8) chooseSides(WIDE, sides, step, column, number, slots);
    else if (kind < 12) chooseSides(SET, sides, step, column, number, slots);
    else {
      membership(column, <usize>number, scratch);
      chooseSides(NARROW, sides, step, scratch, 0, slots);
    }
  }
}
