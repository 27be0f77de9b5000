// AssemblyScript. One leaf of a group: the sums over coalitions that its contributions are made of, for every set of
// features whose conditions a row meets.
//
// Write v for the leaf's value, u for the features on its path, and F(B) for v times the expectation that the features
// outside B meet their conditions: the product of their shares, or the fraction of background rows. With the weights
// w(a) = a! (m - a)! / (m + 1)! the contribution of feature j to a row that meets the features p is
//
//     Σ_{B ⊆ p, j ∈ B} w(|B| - 1) F(B)  -  Σ_{B ⊆ p \ j} w(|B|) F(B),     m = u - 1, the first sum 0 without j in p.
//
// Sums over subsets come for all sets at once, one feature after the other.

import { EXPECTED, REQUIRED, SHARE, TERM_BYTES, TERM_COUNT, TERMS, VALUE } from './shap-group';

// Room to work in, from its first byte: 2^14 sets at most.
/** F, then the sums of a third kind for pairs: float64. */
const EXPECTATIONS: usize = 0;
const THIRD: usize = 1 << 17;
/** Two sums for each set, side by side. */
const SUMS: usize = 2 << 17;
/** The set that each pattern of the group meets: 16 bits. */
const SETS: usize = 4 << 17;
/** Background rows by pattern: 32 bits. */
const COUNTS: usize = SETS + (1 << 15);

// @ts-ignore: decorator
@inline
export function sumsOf(room: usize): usize {
  return room + SUMS;
}

// @ts-ignore: decorator
@inline
export function thirdOf(room: usize): usize {
  return room + THIRD;
}

// @ts-ignore: decorator
@inline
export function setsOf(room: usize): usize {
  return room + SETS;
}

// @ts-ignore: decorator
@inline
export function countsOf(room: usize): usize {
  return room + COUNTS;
}

/** Which features of the leaf's path each pattern of `bits` conditions meets. */
export function findSets(leaf: usize, bits: i32, room: usize): void {
  const sets = room + SETS;
  const terms = <usize>load<u32>(leaf, TERMS);
  const count = load<i32>(leaf, TERM_COUNT);
  const all = (<i32>1 << count) - 1;
  store<u16>(sets, <u16>all);
  for (let bit = 0; bit < bits; bit++) {
    let clear = all;
    let set = all;
    for (let j = 0; j < count; j++) {
      const term = terms + <usize>j * TERM_BYTES;
      if (((<i32>load<u16>(term, REQUIRED) >> bit) & 1) == 0) continue;
      if ((<i32>load<u16>(term, EXPECTED) >> bit) & 1) clear &= ~(<i32>1 << j);
      else set &= ~(<i32>1 << j);
    }
    const half: usize = (<usize>1 << bit) << 1;
    if (half < 16) {
      for (let at: usize = 0; at < half; at += 2) {
        const old = <i32>load<u16>(sets + at);
        store<u16>(sets + half + at, <u16>(old & set));
        store<u16>(sets + at, <u16>(old & clear));
      }
    } else {
      const clears = i16x8.splat(<i16>clear);
      const setting = i16x8.splat(<i16>set);
      for (let at: usize = 0; at < half; at += 16) {
        const old = v128.load(sets + at);
        v128.store(sets + half + at, v128.and(old, setting));
        v128.store(sets + at, v128.and(old, clears));
      }
    }
  }
}

/** F from the shares of the terms. */
export function expectShares(leaf: usize, room: usize): void {
  const f = room + EXPECTATIONS;
  const terms = <usize>load<u32>(leaf, TERMS);
  const count = load<i32>(leaf, TERM_COUNT);
  store<f64>(f, load<f64>(leaf, VALUE));
  for (let j = 0; j < count; j++) {
    const half: usize = (<usize>1 << j) << 3;
    const share = load<f64>(terms + <usize>j * TERM_BYTES, SHARE);
    if (half == 8) {
      const old = load<f64>(f);
      store<f64>(f, old, 8);
      store<f64>(f, old * share);
      continue;
    }
    const shares = f64x2.splat(share);
    for (let at: usize = 0; at < half; at += 16) {
      const old = v128.load(f + at);
      v128.store(f + half + at, old);
      v128.store(f + at, f64x2.mul(old, shares));
    }
  }
}

/** F from the counts of background rows by pattern; the leaf's value is divided by the number of rows. */
export function expectCounts(leaf: usize, bits: i32, room: usize): void {
  const f = room + EXPECTATIONS;
  const count = load<i32>(leaf, TERM_COUNT);
  const all = (<u32>1 << count) - 1;
  const bytes: usize = (<usize>1 << count) << 3;
  memory.fill(f, 0, bytes);
  const patterns = <usize>1 << bits;
  for (let pattern: usize = 0; pattern < patterns; pattern++) {
    const rows = load<u32>(room + COUNTS + (pattern << 2));
    if (rows == 0) continue;
    // Rows that fail a feature outside B do not count for F(B).
    const fails = <usize>(all ^ <u32>load<u16>(room + SETS + (pattern << 1)));
    const at = f + (fails << 3);
    store<f64>(at, load<f64>(at) + <f64>rows);
  }
  sumSubsets(f, count);
  const value = load<f64>(leaf, VALUE);
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(f + at, load<f64>(f + at) * value);
}

/** Turns numbers of sets into sums over their subsets, in place. */
function sumSubsets(numbers: usize, count: i32): void {
  const bytes: usize = (<usize>1 << count) << 3;
  for (let half: usize = 8; half < bytes; half <<= 1) {
    for (let from: usize = 0; from < bytes; from += half << 1) {
      if (half == 8) {
        store<f64>(numbers + from, load<f64>(numbers + from, 8) + load<f64>(numbers + from), 8);
        continue;
      }
      const middle = from + half;
      for (let at = from; at < middle; at += 16) {
        const sum = f64x2.add(v128.load(numbers + at), v128.load(numbers + at + half));
        v128.store(numbers + at + half, sum);
      }
    }
  }
}

/** The same for two numbers side by side. */
function sumSubsetsOfTwo(numbers: usize, count: i32): void {
  const bytes: usize = (<usize>1 << count) << 4;
  for (let half: usize = 16; half < bytes; half <<= 1) {
    for (let from: usize = 0; from < bytes; from += half << 1) {
      const middle = from + half;
      for (let at = from; at < middle; at += 16) {
        const sum = f64x2.add(v128.load(numbers + at), v128.load(numbers + at + half));
        v128.store(numbers + at + half, sum);
      }
    }
  }
}

/** Both sums for every set: F times two weights of the size of B, over its subsets. `weights` has two for each size. */
export function sumBoth(count: i32, weights: usize, room: usize): void {
  const f = room + EXPECTATIONS;
  const sums = room + SUMS;
  const sets = <u32>1 << count;
  for (let set: u32 = 0; set < sets; set++) {
    const weight = v128.load(weights + (<usize>popcnt<u32>(set) << 4));
    v128.store(sums + (<usize>set << 4), f64x2.mul(v128.load64_splat(f + (<usize>set << 3)), weight));
  }
  sumSubsetsOfTwo(sums, count);
}

/** A third sum, for pairs: `weights` has one for each size, 16 bytes apart. */
export function sumThird(count: i32, weights: usize, room: usize): void {
  const f = room + EXPECTATIONS;
  const third = room + THIRD;
  const sets = <u32>1 << count;
  for (let set: u32 = 0; set < sets; set++) {
    const weight = load<f64>(weights + (<usize>popcnt<u32>(set) << 4));
    store<f64>(third + (<usize>set << 3), load<f64>(f + (<usize>set << 3)) * weight);
  }
  sumSubsets(third, count);
}
