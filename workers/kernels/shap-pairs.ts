// AssemblyScript. The tables of interactions: for every pattern, what the group's leaves give to each pair of its columns.
//
// With F as in shap-leaf.ts and the weights w(a) = 1/2 a! (m - a)! / (m + 1)!, m = u - 2, the pair of features i and j
// gets, summed over the sets B of features that a row meets,
//
//     Σ_{i,j ∈ B} w(|B| - 2) F(B)  -  Σ_{i ∈ B, j not} w(|B| - 1) F(B)  -  Σ_{j ∈ B, i not} w(|B| - 1) F(B)
//     +  Σ_{neither in B} w(|B|) F(B):
//
// differences of three sums over subsets.

import { countsOf, expectCounts, expectShares, findSets, setsOf, sumBoth, sumsOf, sumThird, thirdOf } from './shap-leaf';
import { COLUMN_SLOTS, GROUP_BITS, GROUP_BYTES, LEAF_BYTES, LEAF_COUNT, LEAVES, SLOT, TABLE, TERM_BYTES, TERM_COUNT, TERMS, WIDTH } from './shap-group';

const WEIGHT_BYTES: usize = 512;
const THIRD_WEIGHTS: usize = 256;
/** Interactions of one pair by set, after the rest of the room. */
const CELLS: usize = 5 << 17;

/** The interaction of terms i < j for every set of met features. */
function fillCells(i: i32, j: i32, count: i32, room: usize): void {
  const cells = room + CELLS;
  const sums = sumsOf(room);
  const third = thirdOf(room);
  const withI = <usize>1 << i;
  const withJ = <usize>1 << j;
  const sets = <usize>1 << count;
  for (let set: usize = 0; set < sets; set++) {
    if (set & (withI | withJ)) continue;
    const none = sums + (set << 4);
    const onlyI = none + (withI << 4);
    const onlyJ = none + (withJ << 4);
    const both = onlyI + (withJ << 4);
    const rest = load<f64>(third + (set << 3));
    const ofI = load<f64>(onlyI, 8) - load<f64>(none, 8);
    const ofJ = load<f64>(onlyJ, 8) - load<f64>(none, 8);
    const ofBoth = load<f64>(both) - load<f64>(onlyI) - (load<f64>(onlyJ) - load<f64>(none));
    const cell = cells + (set << 3);
    store<f64>(cell, rest);
    store<f64>(cell + (withI << 3), rest - ofI);
    store<f64>(cell + (withJ << 3), rest - ofJ);
    store<f64>(cell + ((withI + withJ) << 3), ofBoth - ofI - ofJ + rest);
  }
}

function addCells(place: usize, rowBytes: usize, bits: i32, room: usize): void {
  const sets = setsOf(room);
  const end = sets + (<usize>2 << bits);
  for (let at = sets; at < end; at += 2) {
    store<f64>(place, load<f64>(place) + load<f64>(room + CELLS + (<usize>load<u16>(at) << 3)));
    place += rowBytes;
  }
}

/** Pairs of terms of different columns; those of one column belong to the diagonal, which the host finds. */
function addLeaf(group: usize, leaf: usize, room: usize): void {
  const terms = <usize>load<u32>(leaf, TERMS);
  const count = load<i32>(leaf, TERM_COUNT);
  const slots = <usize>load<u8>(group, COLUMN_SLOTS);
  const table = <usize>load<u32>(group, TABLE);
  const rowBytes = <usize>load<u8>(group, WIDTH) << 3;
  for (let i = 0; i < count; i++) {
    const slotI = <usize>load<u8>(terms + <usize>i * TERM_BYTES, SLOT);
    for (let j = i + 1; j < count; j++) {
      const slotJ = <usize>load<u8>(terms + <usize>j * TERM_BYTES, SLOT);
      if (slotI == slotJ) continue;
      const low = min(slotI, slotJ);
      const place = ((low * ((slots << 1) - low - 1)) >> 1) + max(slotI, slotJ) - low - 1;
      fillCells(i, j, count, room);
      addCells(table + (place << 3), rowBytes, load<u8>(group, GROUP_BITS), room);
    }
  }
}

/** Like `buildTables`, for interactions. */
export function buildPairTables(groups: usize, count: i32, weights: usize, fromCounts: i32, room: usize): void {
  const end = groups + <usize>count * GROUP_BYTES;
  for (let group = groups; group < end; group += GROUP_BYTES) {
    const bits = <i32>load<u8>(group, GROUP_BITS);
    const table = <usize>load<u32>(group, TABLE);
    if (fromCounts) memory.copy(countsOf(room), table, <usize>4 << bits);
    memory.fill(table, 0, (<usize>load<u8>(group, WIDTH) << 3) << bits);
    const leaves = <usize>load<u32>(group, LEAVES);
    const endOfLeaves = leaves + <usize>load<u32>(group, LEAF_COUNT) * LEAF_BYTES;
    for (let leaf = leaves; leaf < endOfLeaves; leaf += LEAF_BYTES) {
      const terms = load<i32>(leaf, TERM_COUNT);
      if (terms < 2) continue;
      const weightsOfTerms = weights + <usize>terms * WEIGHT_BYTES;
      findSets(leaf, bits, room);
      if (fromCounts) expectCounts(leaf, bits, room);
      else expectShares(leaf, room);
      sumBoth(terms, weightsOfTerms, room);
      sumThird(terms, weightsOfTerms + THIRD_WEIGHTS, room);
      addLeaf(group, leaf, room);
    }
  }
}
