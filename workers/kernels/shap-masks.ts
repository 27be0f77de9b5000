// AssemblyScript. Where rows go at the nodes of a tree: one byte per node and row, all ones where the row goes right.

import { goesRight, membership, NARROW, SET, WIDE } from './node-tests';

const BLOCK: usize = 256;

// Layout of a node, written by src/engine/shap/table-image.ts.
const NODE_BYTES: usize = 12;
const KIND: usize = 0;
const COLUMN: usize = 4;
const LIMIT: usize = 8;

// @ts-ignore: decorator
@inline
function fillMask(test: i32, column: usize, number: i32, mask: usize): void {
  let limit = i8x16.splat(<i8>number);
  if (test == WIDE) limit = i16x8.splat(<i16>number);
  let low = limit;
  let high = limit;
  if (test == SET) {
    low = v128.load(<usize>number);
    high = v128.load(<usize>number, 16);
  }
  for (let at: usize = 0; at < BLOCK; at += 16) v128.store(mask + at, goesRight(test, column, at, limit, low, high));
}

/** Members of wide sets are looked up row by row. */
function fillFromWideSet(column: usize, set: usize, mask: usize): void {
  membership(column, set, mask);
  const zero = i8x16.splat(0);
  for (let at: usize = 0; at < BLOCK; at += 16) v128.store(mask + at, i8x16.ne(v128.load(mask + at), zero));
}

/**
 * Masks of `count` nodes for blocks of 256 rows: node i's begin at masks + i x maskStride.
 *
 * @param bins of the first block; the next one's begin `binStride` later
 */
export function fillMasks(nodes: usize, count: i32, bins: usize, binStride: usize, blocks: i32, masks: usize, maskStride: usize): void {
  const end = nodes + <usize>count * NODE_BYTES;
  for (let node = nodes; node < end; node += NODE_BYTES) {
    const kind = load<i32>(node, KIND);
    const number = load<i32>(node, LIMIT);
    let column = bins + <usize>load<u32>(node, COLUMN);
    let mask = masks;
    for (let block = 0; block < blocks; block++) {
      if (kind == NARROW) fillMask(NARROW, column, number, mask);
      else if (kind == WIDE) fillMask(WIDE, column, number, mask);
      else if (kind == SET) fillMask(SET, column, number, mask);
      else fillFromWideSet(column, <usize>number, mask);
      column += binStride;
      mask += BLOCK;
    }
    masks += maskStride;
  }
}
