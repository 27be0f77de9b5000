// AssemblyScript. All trees over a block of rows, and the sums of their leaf values in the ensemble's own arithmetic.

import { chooseLeaves } from './choose-leaves';
import { walkTree } from './walk-tree';

export { binValues, copyColumn } from './bin-values';

const BLOCK: usize = 256;

// Layout of a tree, written by src/engine/kernels/kernel-image.ts.
const TREE_BYTES: usize = 20;
const STEPS: usize = 0;
/** Number of steps; negative for a tree that is walked, and then STEPS is the place of its root. */
const STEP_COUNT: usize = 4;
const LEAVES: usize = 8;
const OUTPUT: usize = 12;
const NAMES: usize = 16;

const WALKED_WITH_SETS: i32 = -2;

/** The row's leaf: numbers are bytes, or words after a walk. */
// @ts-ignore: decorator
@inline
function leafAt(numbers: usize, row: usize, walked: bool): usize {
  return walked ? <usize>load<u32>(numbers + (row << 2)) : <usize>load<u8>(numbers + row);
}

/** sums + leaf, in float64; sums are 256 to an output. */
// @ts-ignore: decorator
@inline
function addDoubles(numbers: usize, leaves: usize, sums: usize, width: usize, walked: bool): void {
  for (let output: usize = 0; output < width; output++) {
    const values = leaves + (output << 3);
    for (let row: usize = 0; row < BLOCK; row += 2) {
      const a = values + leafAt(numbers, row, walked) * (width << 3);
      const b = values + leafAt(numbers, row + 1, walked) * (width << 3);
      const at = sums + (row << 3);
      const pair = v128.load64_lane(b, v128.load64_zero(a), 1);
      v128.store(at, f64x2.add(v128.load(at), pair));
    }
    sums += BLOCK << 3;
  }
}

/** sums + leaf, each step rounded to float32. */
// @ts-ignore: decorator
@inline
function addFloats(numbers: usize, leaves: usize, sums: usize, width: usize, walked: bool): void {
  for (let output: usize = 0; output < width; output++) {
    const values = leaves + (output << 2);
    for (let row: usize = 0; row < BLOCK; row += 4) {
      let four = v128.load32_zero(values + leafAt(numbers, row, walked) * (width << 2));
      four = v128.load32_lane(values + leafAt(numbers, row + 1, walked) * (width << 2), four, 1);
      four = v128.load32_lane(values + leafAt(numbers, row + 2, walked) * (width << 2), four, 2);
      four = v128.load32_lane(values + leafAt(numbers, row + 3, walked) * (width << 2), four, 3);
      const at = sums + (row << 2);
      v128.store(at, f32x4.add(v128.load(at), four));
    }
    sums += BLOCK << 2;
  }
}

function addLeaves(numbers: usize, leaves: usize, sums: usize, width: usize, single: i32, walked: bool): void {
  if (single) {
    if (walked) addFloats(numbers, leaves, sums, width, true);
    else addFloats(numbers, leaves, sums, width, false);
  } else if (walked) addDoubles(numbers, leaves, sums, width, true);
  else addDoubles(numbers, leaves, sums, width, false);
}

/**
 * Adds the leaf values of all trees, in their order, to the sums of one block of rows.
 *
 * @param slots   as many times 256 bytes as the trees need; `scratch` is 256 bytes
 * @param numbers 256 words, for trees that are walked
 * @param sums    256 numbers per output: float32 when `single` is 1, else float64
 */
export function addTrees(trees: usize, count: i32, bins: usize, slots: usize, scratch: usize, numbers: usize, sums: usize, width: usize, single: i32): void {
  const end = trees + <usize>count * TREE_BYTES;
  for (let tree = trees; tree < end; tree += TREE_BYTES) {
    const steps = <usize>load<u32>(tree, STEPS);
    const stepCount = load<i32>(tree, STEP_COUNT);
    if (stepCount == 0) memory.fill(slots, 0, BLOCK);
    else if (stepCount > 0) chooseLeaves(steps, stepCount, bins, slots, scratch);
    else walkTree(steps, <usize>load<u32>(tree, NAMES), bins, numbers, stepCount == WALKED_WITH_SETS);
    const leaves = <usize>load<u32>(tree, LEAVES);
    const into = sums + <usize>load<u32>(tree, OUTPUT) * (single ? BLOCK << 2 : BLOCK << 3);
    if (stepCount < 0) addLeaves(numbers, leaves, into, width, single, true);
    else addLeaves(slots, leaves, into, width, single, false);
  }
}
