import { goesLeft } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { TreePaths } from './tree-paths.ts';

/**
 * Which features of a path rows meet: bit k of a row's pattern at an entry is 1 when the row takes every edge of the path
 * to the entry that splits on the path's k-th different feature, counted from the root. Words of 32 bits.
 */
export interface PathPatterns {
  /** Words per pattern: enough for the longest path of the tree. */
  readonly words: number;
  /** Pattern of row i at entry e of the tree: `bits` at ((e − first entry) · rowCount + i) · words. */
  readonly bits: Int32Array;
}

/** Per entry the position of its edge's feature among the different features of its path; −1 at roots. */
export function featurePositions({ previous, depths, parents }: TreePaths): Int32Array {
  const positions = new Int32Array(previous.length);
  for (let entry = 0; entry < positions.length; entry++) {
    const above = previous[entry]!;
    positions[entry] = parents[entry]! < 0 ? -1 : above < 0 ? depths[entry]! - 1 : positions[above]!;
  }
  return positions;
}

/**
 * Patterns of rows [start, end) of a block at every entry of a tree, from the root down.
 *
 * @param positions of {@link featurePositions}
 * O(entries x rows x words).
 */
export function pathPatterns(
  ensemble: TreeEnsemble,
  paths: TreePaths,
  positions: Int32Array,
  tree: number,
  block: FeatureBlock,
  start: number,
  end: number,
): PathPatterns {
  const { treeEntries, places, children, features, previous } = paths;
  const first = treeEntries[tree]!;
  const rowCount = end - start;
  const words = Math.max(1, Math.ceil(paths.longest[tree]! / 32));
  const width = rowCount * words;
  const bits = new Int32Array((treeEntries[tree + 1]! - first) * width);
  for (let parent = first; parent < treeEntries[tree + 1]!; parent++) {
    const left = children[parent]!;
    if (left < 0) continue;
    const from = (parent - first) * width;
    const to = (left - first) * width;
    bits.copyWithin(to, from, from + width);
    bits.copyWithin(to + width, from, from + width);
    const column = block.columns[features[left]!]!;
    const isFirst = previous[left]! < 0;
    const position = positions[left]!;
    const bit = 1 << (position & 31);
    const word = to + (position >>> 5);
    for (let i = 0; i < rowCount; i++) {
      const goes = goesLeft(ensemble, places[parent]!, column[start + i]!);
      const taken = word + i * words + (goes ? 0 : width);
      const missed = word + i * words + (goes ? width : 0);
      if (isFirst) bits[taken]! |= bit;
      else bits[missed]! &= ~bit;
    }
  }
  return { words, bits };
}

/** Number of 1 bits of a word. */
export function bitCount(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Longest patterns that are looked up in an array instead of a map. */
const DIRECT_BITS = 12;

/** Numbers the different patterns of a run in the order in which they come. */
export class PatternNumbers {
  private readonly stamps = new Int32Array(1 << DIRECT_BITS);
  private readonly numbers = new Int32Array(1 << DIRECT_BITS);
  private readonly map = new Map<number | string, number>();
  private run = 0;
  private isDirect = true;
  /** Different patterns of the run so far. */
  count = 0;

  /** Begins a run of patterns of so many bits. */
  begin(bits: number): void {
    this.isDirect = bits <= DIRECT_BITS;
    this.run += 1;
    this.count = 0;
    if (!this.isDirect) this.map.clear();
  }

  /** The number of a pattern; it is new when this equals the count before. */
  numberOf(bits: Int32Array, at: number, words: number): number {
    if (this.isDirect) {
      const pattern = bits[at]!;
      if (this.stamps[pattern] !== this.run) {
        this.stamps[pattern] = this.run;
        this.numbers[pattern] = this.count++;
      }
      return this.numbers[pattern]!;
    }
    const key = words === 1 ? bits[at]! : bits.subarray(at, at + words).join(' ');
    const found = this.map.get(key);
    if (found !== undefined) return found;
    this.map.set(key, this.count);
    return this.count++;
  }
}
