// AssemblyScript. The pattern of each row in a group: one bit per condition, gathered from the masks of the nodes.

import { GROUP_BITS, HIGH_BOXES, HIGH_FLIP, HIGH_SINGLES, LOW_BOXES, LOW_FLIP, LOW_SINGLES, OPS } from './shap-group';

// Layout of an operation, written by src/engine/shap/block-image.ts: the place of the node's mask above the lowest byte.
// The lowest byte of a condition of one node is its bit; of one of several nodes it is the number of the bit and these.
const WANTS_RIGHT: u32 = 8;
const IS_LAST: u32 = 16;
const MASK_PLACE: u32 = 0xffffff00;

/** One byte per row: begins as `flip`, and every condition that holds turns its bit over. */
function gatherByte(ops: usize, singles: i32, boxes: i32, flip: i32, masks: usize, into: usize, rows: usize): void {
  const endOfSingles = ops + (<usize>singles << 2);
  const end = endOfSingles + (<usize>boxes << 2);
  for (let row: usize = 0; row < rows; row += 64) {
    let a = i8x16.splat(<i8>flip);
    let b = a;
    let c = a;
    let d = a;
    for (let op = ops; op < endOfSingles; op += 4) {
      const word = load<u32>(op);
      const mask = masks + <usize>(word & MASK_PLACE) + row;
      const bit = i8x16.splat(<i8>word);
      a = v128.xor(a, v128.and(bit, v128.load(mask)));
      b = v128.xor(b, v128.and(bit, v128.load(mask, 16)));
      c = v128.xor(c, v128.and(bit, v128.load(mask, 32)));
      d = v128.xor(d, v128.and(bit, v128.load(mask, 48)));
    }
    let boxA = i8x16.splat(-1);
    let boxB = boxA;
    let boxC = boxA;
    let boxD = boxA;
    for (let op = endOfSingles; op < end; op += 4) {
      const word = load<u32>(op);
      const mask = masks + <usize>(word & MASK_PLACE) + row;
      if (word & WANTS_RIGHT) {
        boxA = v128.and(boxA, v128.load(mask));
        boxB = v128.and(boxB, v128.load(mask, 16));
        boxC = v128.and(boxC, v128.load(mask, 32));
        boxD = v128.and(boxD, v128.load(mask, 48));
      } else {
        boxA = v128.andnot(boxA, v128.load(mask));
        boxB = v128.andnot(boxB, v128.load(mask, 16));
        boxC = v128.andnot(boxC, v128.load(mask, 32));
        boxD = v128.andnot(boxD, v128.load(mask, 48));
      }
      if (word & IS_LAST) {
        const bit = i8x16.splat(<i8>((<i32>1) << <i32>(word & 7)));
        a = v128.xor(a, v128.and(bit, boxA));
        b = v128.xor(b, v128.and(bit, boxB));
        c = v128.xor(c, v128.and(bit, boxC));
        d = v128.xor(d, v128.and(bit, boxD));
        boxA = i8x16.splat(-1);
        boxB = boxA;
        boxC = boxA;
        boxD = boxA;
      }
    }
    v128.store(into + row, a);
    v128.store(into + row, b, 16);
    v128.store(into + row, c, 32);
    v128.store(into + row, d, 48);
  }
}

/**
 * Patterns of `rows` rows: bytes for groups of up to 8 conditions, 16-bit words for more.
 *
 * @param rows     a multiple of 64
 * @param patterns room for 2 x rows bytes, `scratch` for rows
 */
export function gatherPatterns(group: usize, masks: usize, patterns: usize, scratch: usize, rows: usize): void {
  const ops = <usize>load<u32>(group, OPS);
  const singles = <i32>load<u16>(group, LOW_SINGLES);
  const boxes = <i32>load<u16>(group, LOW_BOXES);
  const isWide = load<u8>(group, GROUP_BITS) > 8;
  const low = isWide ? scratch : patterns;
  gatherByte(ops, singles, boxes, <i32>load<u8>(group, LOW_FLIP), masks, low, rows);
  if (!isWide) return;
  const highOps = ops + (<usize>(singles + boxes) << 2);
  const high = patterns + rows;
  gatherByte(highOps, <i32>load<u16>(group, HIGH_SINGLES), <i32>load<u16>(group, HIGH_BOXES), <i32>load<u8>(group, HIGH_FLIP), masks, high, rows);
  // The words overtake the high bytes only after they are read.
  for (let row: usize = 0; row < rows; row += 16) {
    const x = v128.load(low + row);
    const y = v128.load(high + row);
    v128.store(patterns + (row << 1), v128.shuffle<u8>(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(patterns + (row << 1), v128.shuffle<u8>(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  }
}
