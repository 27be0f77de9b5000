// AssemblyScript. How many background rows have each pattern of each group.

import { fillMasks } from './shap-masks';
import { gatherPatterns } from './shap-patterns';
import { GROUP_BITS, GROUP_BYTES, GROUP_COUNT, NODE_COUNT, SEGMENT_BYTES, SEGMENT_GROUPS, SEGMENT_NODES, TABLE } from './shap-group';

// @ts-ignore: decorator
@inline
function countRows(counts: usize, patterns: usize, rows: usize, wide: bool): void {
  for (let row: usize = 0; row < rows; row++) {
    const pattern = wide ? <usize>load<u16>(patterns + (row << 1)) : <usize>load<u8>(patterns + row);
    const at = counts + (pattern << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/**
 * Counts `rows` background rows by pattern into the first 4 x 2^bits bytes of each group's table.
 *
 * @param bins       of the first row's block of 256, the next one's `binStride` later
 * @param maskStride rows looked at together: a multiple of 256
 */
export function countBackground(segments: usize, count: i32, bins: usize, binStride: usize, rows: usize, masks: usize, maskStride: usize, patterns: usize): void {
  const end = segments + <usize>count * SEGMENT_BYTES;
  for (let segment = segments; segment < end; segment += SEGMENT_BYTES) {
    const groups = <usize>load<u32>(segment, SEGMENT_GROUPS);
    const endOfGroups = groups + <usize>load<u32>(segment, GROUP_COUNT) * GROUP_BYTES;
    for (let group = groups; group < endOfGroups; group += GROUP_BYTES) {
      memory.fill(<usize>load<u32>(group, TABLE), 0, <usize>4 << load<u8>(group, GROUP_BITS));
    }
    for (let row: usize = 0; row < rows; row += maskStride) {
      const here = min(maskStride, rows - row);
      const chunk = bins + (row >> 8) * binStride;
      fillMasks(<usize>load<u32>(segment, SEGMENT_NODES), load<i32>(segment, NODE_COUNT), chunk, binStride, <i32>((here + 255) >> 8), masks, maskStride);
      for (let group = groups; group < endOfGroups; group += GROUP_BYTES) {
        gatherPatterns(group, masks, patterns, patterns + (maskStride << 1), (here + 63) & ~63);
        if (load<u8>(group, GROUP_BITS) > 8) countRows(<usize>load<u32>(group, TABLE), patterns, here, true);
        else countRows(<usize>load<u32>(group, TABLE), patterns, here, false);
      }
    }
  }
}
