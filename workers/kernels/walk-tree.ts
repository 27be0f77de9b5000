// AssemblyScript. Trees of many leaves: eight rows walk side by side, so that one's wait for memory is another's work.

const BLOCK: usize = 256;

// Layout of a place, written by src/engine/kernels/kernel-image.ts. The sides of a node lie together, left first. A
// leaf's place leads to itself. A node with a set leads to a record: its left side and its set.
const LEFT: usize = 0;
const LIMIT: usize = 4;
const COLUMN: usize = 6;
const PLACE_SHIFT: usize = 3;
const RECORD_SET: usize = 4;
/** In COLUMN, which counts columns of 512 bytes. */
const IS_SET: u32 = 1 << 15;
const COLUMN_SHIFT: u32 = 9;

/** The place after this one. `cell` is where the row's bin lies in the first column; all bins are wide. */
// @ts-ignore: decorator
@inline
function next(place: usize, cell: usize, hasSets: bool): usize {
  const column = <u32>load<u16>(place, COLUMN);
  const left = <usize>load<u32>(place, LEFT);
  if (hasSets && column & IS_SET) {
    const bin = <usize>load<u16>(cell + <usize>((column ^ IS_SET) << COLUMN_SHIFT));
    const byte = <u32>load<u8>(<usize>load<u32>(left, RECORD_SET) + (bin >> 3));
    const isMember = (byte >> (<u32>bin & 7)) & 1;
    return <usize>load<u32>(left) + (<usize>(1 - isMember) << PLACE_SHIFT);
  }
  const bin = <i32>load<i16>(cell + <usize>(column << COLUMN_SHIFT));
  return left + (<usize>i32(bin > <i32>load<i16>(place, LIMIT)) << PLACE_SHIFT);
}

// @ts-ignore: decorator
@inline
function isLeaf(place: usize): bool {
  return <usize>load<u32>(place, LEFT) == place;
}

// @ts-ignore: decorator
@inline
function leafNumber(place: usize, root: usize, names: usize): u32 {
  return load<u32>(names + ((place - root) >> 1));
}

// @ts-ignore: decorator
@inline
function walkAll(root: usize, bins: usize, names: usize, numbers: usize, hasSets: bool): void {
  for (let row: usize = 0; row < BLOCK; row += 8) {
    const cell = bins + (row << 1);
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let e = root;
    let f = root;
    let g = root;
    let h = root;
    do {
      for (let level = 0; level < 4; level++) {
        a = next(a, cell, hasSets);
        b = next(b, cell + 2, hasSets);
        c = next(c, cell + 4, hasSets);
        d = next(d, cell + 6, hasSets);
        e = next(e, cell + 8, hasSets);
        f = next(f, cell + 10, hasSets);
        g = next(g, cell + 12, hasSets);
        h = next(h, cell + 14, hasSets);
      }
    } while (!(i32(isLeaf(a)) & i32(isLeaf(b)) & i32(isLeaf(c)) & i32(isLeaf(d)) & i32(isLeaf(e)) & i32(isLeaf(f)) & i32(isLeaf(g)) & i32(isLeaf(h))));
    const at = numbers + (row << 2);
    store<u32>(at, leafNumber(a, root, names));
    store<u32>(at, leafNumber(b, root, names), 4);
    store<u32>(at, leafNumber(c, root, names), 8);
    store<u32>(at, leafNumber(d, root, names), 12);
    store<u32>(at, leafNumber(e, root, names), 16);
    store<u32>(at, leafNumber(f, root, names), 20);
    store<u32>(at, leafNumber(g, root, names), 24);
    store<u32>(at, leafNumber(h, root, names), 28);
  }
}

/**
 * Each row's leaf, counted within the tree, as 32-bit numbers.
 *
 * @param names per place 4 bytes: the number of its leaf
 */
export function walkTree(root: usize, names: usize, bins: usize, numbers: usize, hasSets: bool): void {
  if (hasSets) walkAll(root, bins, names, numbers, true);
  else walkAll(root, bins, names, numbers, false);
}
