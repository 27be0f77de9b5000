// AssemblyScript. Path-dependent SHAP of a tree by Gauss-Legendre quadrature, row by row, two nodes of the rule in a lane.
//
// Let every feature be known with probability t. For one row, at an inner node n: C(n) is the probability that the walk
// gets to n, B(n) the mean leaf value from there, and A(n) the probability that it goes left:
//
//     A = 1 - s k       the row goes left there and passes the nodes above on the same feature (s: the right share)
//     A = s k           it goes right and passes them (s: the left share)
//     A = s             it failed one of them (s: the left share)
//     k = z (1 - t) / g,  g = z (1 - t) + t,   z: the product of the shares on the path above on the same feature
//
//     C(left) = C A    C(right) = C - C(left)    B = B(right) + A (B(left) - B(right))
//
// The feature's contribution, the integral over t of what knowing it adds, is a sum over its nodes where the row passes
// those above (docs/methods.md):
//
//     -+ s  integral of  z / g^2  C (B(left) - B(right))       - on the right
//
// The integrand is a polynomial, and the rule has enough nodes for it.

import { nodeStates } from './shap-node-states';

export { binValues, copyColumn } from './bin-values';

// Layout of a tree, written by src/engine/shap/quadrature-image.ts.
const TREE_BYTES: usize = 16;
const NODES: usize = 0;
const TESTS: usize = 4;
const NODE_COUNT: usize = 8;
/** Half the number of nodes of the rule. */
const PAIRS: usize = 12;

// Layout of a node. It begins with a pair of numbers for every state, so that A = first + second k.
const NODE_BYTES: usize = 96;
const SECOND: usize = 8;
/** Addresses of k and of weight x z / g^2 for every node of the rule. */
const KNOWN: usize = 48;
const WEIGHTS: usize = 52;
/** Addresses of the children's values, one for each node of the rule: C on the way down, B on the way up. */
const LEFT: usize = 56;
const RIGHT: usize = 60;
/** Values of children that are leaves; where both are, the first is left - right. */
const LEFT_VALUE: usize = 64;
const RIGHT_VALUE: usize = 72;
/** Where the column's contributions begin. */
const COLUMN: usize = 80;
const LEAVES: usize = 84;

const LEFT_IS_LEAF: i32 = 1;
const RIGHT_IS_LEAF: i32 = 2;
const BOTH_ARE_LEAVES: i32 = 3;

const BLOCK: usize = 256;

// @ts-ignore: decorator
@inline
function downPair(at: usize, own: usize, left: usize, right: usize, known: usize, first: v128, second: v128, leaves: i32): void {
  const here = v128.load(own + at);
  const part = f64x2.mul(here, f64x2.add(first, f64x2.mul(second, v128.load(known + at))));
  if (leaves != LEFT_IS_LEAF) v128.store(left + at, part);
  if (leaves != RIGHT_IS_LEAF) v128.store(right + at, f64x2.sub(here, part));
}

/** C of the children that are inner nodes. `pairs` 0: as many as `count` says. */
// @ts-ignore: decorator
@inline
function goDown(node: usize, state: usize, own: usize, pairs: i32, count: usize, leaves: i32): void {
  const first = v128.load64_splat(node + state);
  const second = v128.load64_splat(node + state, SECOND);
  const known = <usize>load<u32>(node, KNOWN);
  const left = <usize>load<u32>(node, LEFT);
  const right = <usize>load<u32>(node, RIGHT);
  if (pairs > 0) downPair(0, own, left, right, known, first, second, leaves);
  if (pairs > 1) downPair(16, own, left, right, known, first, second, leaves);
  if (pairs > 2) downPair(32, own, left, right, known, first, second, leaves);
  if (pairs > 3) downPair(48, own, left, right, known, first, second, leaves);
  if (pairs == 0) for (let at: usize = 0; at < count << 4; at += 16) downPair(at, own, left, right, known, first, second, leaves);
}

/** Turns C of the node into B, and adds to the sum of weight x C x (B(left) - B(right)). */
// @ts-ignore: decorator
@inline
function upPair(sum: v128, at: usize, own: usize, left: usize, right: usize, known: usize, weights: usize, first: v128, second: v128, leftValue: v128, rightValue: v128, leaves: i32): v128 {
  const here = v128.load(own + at);
  const weighted = f64x2.mul(v128.load(weights + at), here);
  const part = f64x2.add(first, f64x2.mul(second, v128.load(known + at)));
  if (leaves == BOTH_ARE_LEAVES) {
    v128.store(own + at, f64x2.add(rightValue, f64x2.mul(part, leftValue)));
    return f64x2.add(sum, weighted);
  }
  const a = leaves == LEFT_IS_LEAF ? leftValue : v128.load(left + at);
  const b = leaves == RIGHT_IS_LEAF ? rightValue : v128.load(right + at);
  const difference = f64x2.sub(a, b);
  v128.store(own + at, f64x2.add(b, f64x2.mul(part, difference)));
  return f64x2.add(sum, f64x2.mul(weighted, difference));
}

/** B of the node, and its part of the contribution. */
// @ts-ignore: decorator
@inline
function goUp(node: usize, state: usize, own: usize, into: usize, pairs: i32, count: usize, leaves: i32): void {
  const first = v128.load64_splat(node + state);
  const second = v128.load64_splat(node + state, SECOND);
  const known = <usize>load<u32>(node, KNOWN);
  const weights = <usize>load<u32>(node, WEIGHTS);
  const left = <usize>load<u32>(node, LEFT);
  const right = <usize>load<u32>(node, RIGHT);
  const a = v128.load64_splat(node, LEFT_VALUE);
  const b = v128.load64_splat(node, RIGHT_VALUE);
  let sum = f64x2.splat(0);
  if (pairs > 0) sum = upPair(sum, 0, own, left, right, known, weights, first, second, a, b, leaves);
  if (pairs > 1) sum = upPair(sum, 16, own, left, right, known, weights, first, second, a, b, leaves);
  if (pairs > 2) sum = upPair(sum, 32, own, left, right, known, weights, first, second, a, b, leaves);
  if (pairs > 3) sum = upPair(sum, 48, own, left, right, known, weights, first, second, a, b, leaves);
  if (pairs == 0) for (let at: usize = 0; at < count << 4; at += 16) sum = upPair(sum, at, own, left, right, known, weights, first, second, a, b, leaves);
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (leaves == BOTH_ARE_LEAVES) total *= f64x2.extract_lane(a, 0);
  const column = into + <usize>load<u32>(node, COLUMN);
  store<f64>(column, load<f64>(column) - f64x2.extract_lane(second, 0) * total);
}

/** One row through one tree. */
// @ts-ignore: decorator
@inline
function explainRow(nodes: usize, nodeCount: i32, states: usize, work: usize, into: usize, pairs: i32, count: usize): void {
  const size = (pairs > 0 ? <usize>pairs : count) << 4;
  for (let at: usize = 0; at < size; at += 16) v128.store(work + at, f64x2.splat(1));
  const end = nodes + <usize>nodeCount * NODE_BYTES;
  let own = work;
  let stateAt = states;
  for (let node = nodes; node < end; node += NODE_BYTES) {
    const leaves = load<i32>(node, LEAVES);
    if (leaves != BOTH_ARE_LEAVES) {
      const state = <usize>load<u8>(stateAt);
      if (leaves == 0) goDown(node, state, own, pairs, count, 0);
      else if (leaves == LEFT_IS_LEAF) goDown(node, state, own, pairs, count, LEFT_IS_LEAF);
      else goDown(node, state, own, pairs, count, RIGHT_IS_LEAF);
    }
    own += size;
    stateAt += BLOCK;
  }
  for (let node = end; node > nodes; ) {
    node -= NODE_BYTES;
    own -= size;
    stateAt -= BLOCK;
    const leaves = load<i32>(node, LEAVES);
    const state = <usize>load<u8>(stateAt);
    if (leaves == BOTH_ARE_LEAVES) goUp(node, state, own, into, pairs, count, BOTH_ARE_LEAVES);
    else if (leaves == LEFT_IS_LEAF) goUp(node, state, own, into, pairs, count, LEFT_IS_LEAF);
    else if (leaves == RIGHT_IS_LEAF) goUp(node, state, own, into, pairs, count, RIGHT_IS_LEAF);
    else goUp(node, state, own, into, pairs, count, 0);
  }
}

// @ts-ignore: decorator
@inline
function explainRows(tree: usize, rows: usize, states: usize, work: usize, sums: usize, pairs: i32): void {
  const nodes = <usize>load<u32>(tree, NODES);
  const nodeCount = load<i32>(tree, NODE_COUNT);
  const count = <usize>load<u32>(tree, PAIRS);
  for (let row: usize = 0; row < rows; row++) {
    explainRow(nodes, nodeCount, states + row, work, sums + (row << 3), pairs, count);
  }
}

/**
 * Adds the contributions of some trees to those of a block's first rows.
 *
 * @param states 256 bytes for every node of the largest tree; `scratch` is 256 more
 * @param work   room for one number per node of the rule and node of the tree, as the trees' nodes say
 * @param sums   256 numbers to a column
 */
export function explainTrees(trees: usize, count: i32, bins: usize, rows: usize, states: usize, scratch: usize, work: usize, sums: usize): void {
  const end = trees + <usize>count * TREE_BYTES;
  for (let tree = trees; tree < end; tree += TREE_BYTES) {
    nodeStates(<usize>load<u32>(tree, TESTS), load<i32>(tree, NODE_COUNT), bins, (rows + 15) & ~15, states, scratch);
    const pairs = load<i32>(tree, PAIRS);
    if (pairs == 1) explainRows(tree, rows, states, work, sums, 1);
    else if (pairs == 2) explainRows(tree, rows, states, work, sums, 2);
    else if (pairs == 3) explainRows(tree, rows, states, work, sums, 3);
    else if (pairs == 4) explainRows(tree, rows, states, work, sums, 4);
    else explainRows(tree, rows, states, work, sums, 0);
  }
}
