import type { DraftGroup } from './draft-groups.ts';
import { PACKED_BITS } from './pattern-groups.ts';

/** Columns of a merged group at most: its table rows are then eight numbers wide at most. */
const PACKED_SLOTS = 8;

/**
 * Groups that are tried against each other. Neighbours share most conditions, and all pairs of a tree of 10,000 leaves
 * would be tens of millions; trees of 63 leaves (about 33 groups) are packed as a whole.
 */
const PACKED_TOGETHER = 64;

/**
 * Merges groups of one tree, those first that share most conditions, while a merged group keeps at most
 * {@link PACKED_BITS} conditions and 8 columns. Fewer groups are fewer look-ups for each row.
 *
 * @param drafts neighbours in the tree next to each other
 * @returns groups that cover the same leaves. O(groups).
 */
export function packGroups(drafts: readonly DraftGroup[]): DraftGroup[] {
  const packed: DraftGroup[] = [];
  for (let start = 0; start < drafts.length; start += PACKED_TOGETHER) {
    packed.push(...packTogether(drafts.slice(start, start + PACKED_TOGETHER)));
  }
  return packed;
}

/** Greedy merging of the best pair, until none fits; shared counts are kept, so that a merge costs one row of them. */
function packTogether(drafts: readonly DraftGroup[]): DraftGroup[] {
  const groups: (DraftGroup | null)[] = [...drafts];
  const count = groups.length;
  const shared = new Int8Array(count * count).fill(-1);
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) compare(i, j);
  for (;;) {
    const best = indexOfMax(shared);
    if (best < 0) return groups.filter((group) => group !== null);
    const [i, j] = [Math.floor(best / count), best % count];
    groups[i] = merged(groups[i]!, groups[j]!);
    groups[j] = null;
    for (let k = 0; k < count; k++) {
      shared[Math.min(k, j) * count + Math.max(k, j)] = -1;
      if (k !== i && groups[k] !== null) compare(Math.min(i, k), Math.max(i, k));
    }
  }

  function compare(i: number, j: number): void {
    shared[i * count + j] = sharedBits(groups[i]!, groups[j]!);
  }
}

/** Index of the first largest value, -1 when all are negative or there are none. */
function indexOfMax(values: Int8Array): number {
  let index = -1;
  let max = -1;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > max) {
      max = values[i]!;
      index = i;
    }
  }
  return index;
}

/** Conditions that two groups have in common, -1 when they do not fit into one. */
function sharedBits(a: DraftGroup, b: DraftGroup): number {
  const sum = a.bits.length + b.bits.length;
  if (a.bits.length > PACKED_BITS || b.bits.length > PACKED_BITS) return -1;
  const common = commonCount(a.bits, b.bits);
  if (sum - common > PACKED_BITS) return -1;
  const columns = a.columns.length + b.columns.length - commonCount(a.columns, b.columns);
  return columns > PACKED_SLOTS ? -1 : common;
}

function commonCount(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i]!, b[j]!];
    if (x === y) count += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return count;
}

function merged(a: DraftGroup, b: DraftGroup): DraftGroup {
  return {
    bits: union(a.bits, b.bits),
    columns: union(a.columns, b.columns),
    leaves: [...a.leaves, ...b.leaves],
  };
}

function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
