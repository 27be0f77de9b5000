// AssemblyScript. How a row stands to every node of a tree, when each node may be one of several on the same feature.

import { goesRight, membership, NARROW, SET, WIDE } from './node-tests';

const BLOCK: usize = 256;

// Layout of a test, written by src/engine/shap/quadrature-image.ts.
const TEST_BYTES: usize = 20;
const KIND: usize = 0;
const COLUMN: usize = 4;
const LIMIT: usize = 8;
/** Where the states of the nearest node above on the same feature begin, from the tree's first; negative for none. */
const ABOVE: usize = 12;
/** The state at that node which leads here. */
const SIDE: usize = 16;

/** States are places in a node's record: the row goes left, it goes right, or it left the path above, at a node on this feature. */
const RIGHT: i8 = 16;
const OUTSIDE: i8 = 32;

// @ts-ignore: decorator
@inline
function statesOf(kind: i32, test: usize, column: usize, number: i32, rows: usize, states: usize, into: usize): void {
  const above = load<i32>(test, ABOVE);
  const side = i8x16.splat(load<i8>(test, SIDE));
  const hasAbove = i8x16.splat(<i8>(i32(above >= 0) * -1));
  const aboveStates = states + <usize>max(above, 0);
  let limit = i8x16.splat(<i8>number);
  if (kind == WIDE) limit = i16x8.splat(<i16>number);
  let low = limit;
  let high = limit;
  if (kind == SET) {
    low = v128.load(<usize>number);
    high = v128.load(<usize>number, 16);
  }
  for (let at: usize = 0; at < rows; at += 16) {
    const state = v128.and(goesRight(kind, column, at, limit, low, high), i8x16.splat(RIGHT));
    const isOutside = v128.and(hasAbove, i8x16.ne(v128.load(aboveStates + at), side));
    v128.store(into + at, v128.bitselect(i8x16.splat(OUTSIDE), state, isOutside));
  }
}

/**
 * The states of a block's first rows at every node of a tree, one byte each, 256 to a node.
 *
 * @param tests   the nodes' tests, parents first
 * @param rows    a multiple of 16, at most 256
 * @param scratch 256 bytes
 */
export function nodeStates(tests: usize, count: i32, bins: usize, rows: usize, states: usize, scratch: usize): void {
  let into = states;
  const end = tests + <usize>count * TEST_BYTES;
  for (let test = tests; test < end; test += TEST_BYTES) {
    const kind = load<i32>(test, KIND);
    const column = bins + <usize>load<u32>(test, COLUMN);
    const number = load<i32>(test, LIMIT);
    if (kind == NARROW) statesOf(NARROW, test, column, number, rows, states, into);
    else if (kind == WIDE) statesOf(WIDE, test, column, number, rows, states, into);
    else if (kind == SET) statesOf(SET, test, column, number, rows, states, into);
    else {
      membership(column, <usize>number, scratch);
      statesOf(NARROW, test, scratch, 0, rows, states, into);
    }
    into += BLOCK;
  }
}
