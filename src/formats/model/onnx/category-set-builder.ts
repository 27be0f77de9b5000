import type { TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';

/**
 * Largest category that is kept as a bit of a set; sets of larger ones stay chains of comparisons. Codes of real
 * columns are far below it.
 */
const MAX_CATEGORY = 65_535;

/** Words of all category sets together (16 MB): a file made of sets of one large category each is not taken. */
const MAX_SET_WORDS = 4_000_000;

/** True for what can be a bit of a set. */
export function isCategory(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_CATEGORY;
}

/** Collects category sets as bits. */
export class CategorySetBuilder {
  readonly #boundaries: number[] = [0];
  readonly #words: number[] = [];

  /** The number of the new set; null when a member cannot be a bit, or there are too many. */
  add(members: Iterable<number>): number | null {
    const start = this.#words.length;
    for (const member of members) {
      if (!isCategory(member)) return null;
      const word = start + (member >>> 5);
      if (word >= MAX_SET_WORDS) return null;
      while (this.#words.length <= word) this.#words.push(0);
      this.#words[word]! |= 1 << (member & 31);
    }
    this.#boundaries.push(this.#words.length);
    return this.#boundaries.length - 2;
  }

  finish(): TreeEnsemble['categorySets'] {
    return { boundaries: Int32Array.from(this.#boundaries), words: Uint32Array.from(this.#words) };
  }
}
