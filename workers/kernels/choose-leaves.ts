// AssemblyScript. Trees without walking: every node of a tree chooses, for 16 rows at once, between the leaves that its
// two sides found.

import { goesRight, membership, NARROW, SET, WIDE } from './node-tests';

const BLOCK: usize = 256;

// Layout of a step, written by src/engine/kernels/tree-program.ts.
const STEP_BYTES: usize = 12;
const KIND: usize = 0;
const TARGET: usize = 1;
const LEFT: usize = 2;
const RIGHT: usize = 3;
const COLUMN: usize = 4;
const LIMIT: usize = 8;

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
