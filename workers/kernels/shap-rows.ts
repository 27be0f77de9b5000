// AssemblyScript. What each row costs: per group one pattern, and the table's numbers of it added to the sums.

import { fillMasks } from './shap-masks';
import { gatherPatterns } from './shap-patterns';
import { GROUP_BITS, GROUP_BYTES, GROUP_COUNT, NODE_COUNT, SEGMENT_BYTES, SEGMENT_GROUPS, SEGMENT_NODES, SUMS, TABLE, WIDTH } from './shap-group';

// @ts-ignore: decorator
@inline
function addTo(sums: usize, x: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), x));
}

// @ts-ignore: decorator
@inline
function addTwo(a: usize, b: usize, offset: usize, first: usize, second: usize): void {
  const x = v128.load(a + offset);
  const y = v128.load(b + offset);
  addTo(first, v128.shuffle<f64>(x, y, 0, 2));
  addTo(second, v128.shuffle<f64>(x, y, 1, 3));
}

/** Adds 2 x pairs columns of a table, two rows at a time. `tableRow` is a pattern's size in bytes. */
// @ts-ignore: decorator
@inline
function addColumns(pairs: i32, wide: bool, table: usize, tableRow: usize, patterns: usize, places: usize, sums: usize, rows: usize): void {
  const p0 = sums + <usize>load<u32>(places);
  const p1 = sums + <usize>load<u32>(places, 4);
  const p2 = pairs > 1 ? sums + <usize>load<u32>(places, 8) : 0;
  const p3 = pairs > 1 ? sums + <usize>load<u32>(places, 12) : 0;
  const p4 = pairs > 2 ? sums + <usize>load<u32>(places, 16) : 0;
  const p5 = pairs > 2 ? sums + <usize>load<u32>(places, 20) : 0;
  const p6 = pairs > 3 ? sums + <usize>load<u32>(places, 24) : 0;
  const p7 = pairs > 3 ? sums + <usize>load<u32>(places, 28) : 0;
  for (let row: usize = 0; row < rows; row += 2) {
    const i = wide ? <usize>load<u16>(patterns + (row << 1)) : <usize>load<u8>(patterns + row);
    const j = wide ? <usize>load<u16>(patterns + (row << 1), 2) : <usize>load<u8>(patterns + row, 1);
    const a = table + i * tableRow;
    const b = table + j * tableRow;
    const at = row << 3;
    addTwo(a, b, 0, p0 + at, p1 + at);
    if (pairs > 1) addTwo(a, b, 16, p2 + at, p3 + at);
    if (pairs > 2) addTwo(a, b, 32, p4 + at, p5 + at);
    if (pairs > 3) addTwo(a, b, 48, p6 + at, p7 + at);
  }
}

function addWide(group: usize, patterns: usize, sums: usize, rows: usize, wide: bool): void {
  let places = <usize>load<u32>(group, SUMS);
  let table = <usize>load<u32>(group, TABLE);
  let width = <i32>load<u8>(group, WIDTH);
  const tableRow = <usize>width << 3;
  for (; width >= 8; width -= 8) {
    if (wide) addColumns(4, true, table, tableRow, patterns, places, sums, rows);
    else addColumns(4, false, table, tableRow, patterns, places, sums, rows);
    table += 64;
    places += 32;
  }
  for (; width > 0; width -= 2) {
    if (wide) addColumns(1, true, table, tableRow, patterns, places, sums, rows);
    else addColumns(1, false, table, tableRow, patterns, places, sums, rows);
    table += 16;
    places += 8;
  }
}

function addGroup(group: usize, patterns: usize, sums: usize, rows: usize): void {
  const places = <usize>load<u32>(group, SUMS);
  const table = <usize>load<u32>(group, TABLE);
  const width = <i32>load<u8>(group, WIDTH);
  if (load<u8>(group, GROUP_BITS) > 8) addWide(group, patterns, sums, rows, true);
  else if (width == 8) addColumns(4, false, table, 64, patterns, places, sums, rows);
  else if (width == 6) addColumns(3, false, table, 48, patterns, places, sums, rows);
  else if (width == 4) addColumns(2, false, table, 32, patterns, places, sums, rows);
  else if (width == 2) addColumns(1, false, table, 16, patterns, places, sums, rows);
  else addWide(group, patterns, sums, rows, false);
}

/**
 * Adds what the groups of a block contribute to some rows, group by group in their order.
 *
 * @param segments runs of groups of one tree each
 * @param bins     of the first row's block of 256, the next one's `binStride` later
 * @param rows     a multiple of 64, at most `maskStride`
 * @param masks    `maskStride` bytes per node of the largest tree
 * @param patterns 3 x maskStride bytes
 * @param sums     of the first row, less what the groups add to it for each column
 */
export function addGroups(segments: usize, count: i32, bins: usize, binStride: usize, rows: usize, masks: usize, maskStride: usize, patterns: usize, sums: usize): void {
  const end = segments + <usize>count * SEGMENT_BYTES;
  const blocks = <i32>((rows + 255) >> 8);
  for (let segment = segments; segment < end; segment += SEGMENT_BYTES) {
    fillMasks(<usize>load<u32>(segment, SEGMENT_NODES), load<i32>(segment, NODE_COUNT), bins, binStride, blocks, masks, maskStride);
    let group = <usize>load<u32>(segment, SEGMENT_GROUPS);
    const endOfGroups = group + <usize>load<u32>(segment, GROUP_COUNT) * GROUP_BYTES;
    for (; group < endOfGroups; group += GROUP_BYTES) {
      gatherPatterns(group, masks, patterns, patterns + (maskStride << 1), rows);
      addGroup(group, patterns, sums, rows);
    }
  }
}
