// AssemblyScript. All trees over a block of rows, and the sums of their leaf values in the ensemble's own arithmetic.

import { chooseLeaves } from './choose-leaves';

export { binValues, copyColumn } from './bin-values';

const BLOCK: usize = 256;

// Layout of a tree, written by src/engine/kernels/tree-program.ts.
const TREE_BYTES: usize = 16;
const STEPS: usize = 0;
const STEP_COUNT: usize = 4;
const LEAVES: usize = 8;
const OUTPUT: usize = 12;

/** sums + leaf, in float64; sums are 256 to an output. */
function addDoubles(slot: usize, leaves: usize, sums: usize, width: usize): void {
  for (let output: usize = 0; output < width; output++) {
    const values = leaves + (output << 3);
    for (let row: usize = 0; row < BLOCK; row += 2) {
      const a = values + <usize>load<u8>(slot + row) * (width << 3);
      const b = values + <usize>load<u8>(slot + row, 1) * (width << 3);
      const at = sums + (row << 3);
      const pair = v128.load64_lane(b, v128.load64_zero(a), 1);
      v128.store(at, f64x2.add(v128.load(at), pair));
    }
    sums += BLOCK << 3;
  }
}

/** sums + leaf, each step rounded to float32. */
function addFloats(slot: usize, leaves: usize, sums: usize, width: usize): void {
  for (let output: usize = 0; output < width; output++) {
    const values = leaves + (output << 2);
    for (let row: usize = 0; row < BLOCK; row += 4) {
      let four = v128.load32_zero(values + <usize>load<u8>(slot + row) * (width << 2));
      four = v128.load32_lane(values + <usize>load<u8>(slot + row, 1) * (width << 2), four, 1);
      four = v128.load32_lane(values + <usize>load<u8>(slot + row, 2) * (width << 2), four, 2);
      four = v128.load32_lane(values + <usize>load<u8>(slot + row, 3) * (width << 2), four, 3);
      const at = sums + (row << 2);
      v128.store(at, f32x4.add(v128.load(at), four));
    }
    sums += BLOCK << 2;
  }
}

/**
 * Adds the leaf values of all trees, in their order, to the sums of one block of rows.
 *
 * @param sums 256 numbers per output: float32 when `single` is 1, else float64
 */
export function addTrees(trees: usize, count: i32, bins: usize, slots: usize, scratch: usize, sums: usize, width: usize, single: i32): void {
  const end = trees + <usize>count * TREE_BYTES;
  for (let tree = trees; tree < end; tree += TREE_BYTES) {
    const stepCount = load<i32>(tree, STEP_COUNT);
    if (stepCount == 0) memory.fill(slots, 0, BLOCK);
    else chooseLeaves(<usize>load<u32>(tree, STEPS), stepCount, bins, slots, scratch);
    const leaves = <usize>load<u32>(tree, LEAVES);
    const output = <usize>load<u32>(tree, OUTPUT);
    if (single) addFloats(slots, leaves, sums + output * (BLOCK << 2), width);
    else addDoubles(slots, leaves, sums + output * (BLOCK << 3), width);
  }
}
