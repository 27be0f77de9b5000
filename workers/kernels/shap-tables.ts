// AssemblyScript. The tables of groups: for every pattern, what the group's leaves contribute to its columns.

import { countsOf, expectCounts, expectShares, findSets, setsOf, sumBoth, sumsOf } from './shap-leaf';
import { GROUP_BITS, GROUP_BYTES, LEAF_BYTES, LEAF_COUNT, LEAVES, SLOT, TABLE, TERM_BYTES, TERM_COUNT, TERMS, WIDTH } from './shap-group';

/** Weights of one number of terms: two for each size of a set, up to 16 sizes, then as much for the third of pairs. */
const WEIGHT_BYTES: usize = 512;
/** Contributions by set, after the rest of the room: 2^14 x 14 numbers. */
const ROWS: usize = 5 << 17;

/** Contributions to the table's columns for every set of met features; columns without a term stay 0. */
function fillRows(leaf: usize, width: usize, room: usize): void {
  const rows = room + ROWS;
  const sums = sumsOf(room);
  const terms = <usize>load<u32>(leaf, TERMS);
  const count = load<i32>(leaf, TERM_COUNT);
  const rowBytes = width << 3;
  const sets = <usize>1 << count;
  memory.fill(rows, 0, sets * rowBytes);
  for (let j = 0; j < count; j++) {
    const half: usize = <usize>1 << j;
    const sumStep = half << 4;
    const rowStep = half * rowBytes;
    const column = rows + (<usize>load<u8>(terms + <usize>j * TERM_BYTES, SLOT) << 3);
    for (let from: usize = 0; from < sets; from += half << 1) {
      let sum = sums + (from << 4);
      let row = column + from * rowBytes;
      const end = sum + sumStep;
      for (; sum < end; sum += 16) {
        const minus = load<f64>(sum, 8);
        const without = load<f64>(sum) + minus;
        store<f64>(row, load<f64>(row) - minus);
        store<f64>(row + rowStep, load<f64>(row + rowStep) + (load<f64>(sum + sumStep) - without));
        row += rowBytes;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function copyRow(table: usize, row: usize, bytes: usize, first: bool): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(row + at);
    v128.store(table + at, first ? x : f64x2.add(v128.load(table + at), x));
  }
}

/** The leaf's row of each pattern, into the table. */
// @ts-ignore: decorator
@inline
function addRows(table: usize, bits: i32, width: usize, room: usize, first: bool): void {
  const rows = room + ROWS;
  const sets = setsOf(room);
  const patterns = <usize>1 << bits;
  const rowBytes = width << 3;
  for (let pattern: usize = 0; pattern < patterns; pattern++) {
    const row = rows + <usize>load<u16>(sets + (pattern << 1)) * rowBytes;
    if (width == 8) {
      copyRow(table, row, 64, first);
      table += 64;
    } else {
      copyRow(table, row, rowBytes, first);
      table += rowBytes;
    }
  }
}

/**
 * Builds the tables of `count` groups.
 *
 * @param weights    for 0 to 14 terms, of every size of a set: w(|B| - 1) and w(|B|)
 * @param fromCounts 1 when background rows were counted into the tables (see shap-background.ts)
 * @param room       to work in
 */
export function buildTables(groups: usize, count: i32, weights: usize, fromCounts: i32, room: usize): void {
  const end = groups + <usize>count * GROUP_BYTES;
  for (let group = groups; group < end; group += GROUP_BYTES) {
    const bits = <i32>load<u8>(group, GROUP_BITS);
    const width = <usize>load<u8>(group, WIDTH);
    const table = <usize>load<u32>(group, TABLE);
    if (fromCounts) memory.copy(countsOf(room), table, <usize>4 << bits);
    const leaves = <usize>load<u32>(group, LEAVES);
    const endOfLeaves = leaves + <usize>load<u32>(group, LEAF_COUNT) * LEAF_BYTES;
    for (let leaf = leaves; leaf < endOfLeaves; leaf += LEAF_BYTES) {
      const terms = load<i32>(leaf, TERM_COUNT);
      findSets(leaf, bits, room);
      if (fromCounts) expectCounts(leaf, bits, room);
      else expectShares(leaf, room);
      sumBoth(terms, weights + <usize>terms * WEIGHT_BYTES, room);
      fillRows(leaf, width, room);
      if (leaf == leaves) addRows(table, bits, width, room, true);
      else addRows(table, bits, width, room, false);
    }
  }
}
