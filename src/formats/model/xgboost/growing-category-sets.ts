import { FormatError } from '../../../core/errors.ts';
import type { CategorySets } from '../../../core/trees/tree-ensemble.ts';

/** Bits up to the largest category are kept, so a few bytes can ask for megabytes: 64 MB of them are enough for any model. */
const MAX_WORDS = 16_777_216;

/** XGBoost's own bound on category codes: float32 counts no further. */
const MAX_CATEGORY = 16_777_216;

/** Category sets of a model, collected one by one. */
export class GrowingCategorySets {
  readonly #file: string;
  readonly #boundaries: number[] = [0];
  readonly #sets: Uint32Array[] = [];

  /** @param file name, for messages */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Adds a set and returns its number.
   *
   * @param categories codes; only `categories[start]` to `categories[start + size - 1]` are taken
   * @throws {FormatError} `corrupt-model` for a code that is none, `too-large` when the sets would fill the memory
   */
  add(categories: ArrayLike<number>, start: number, size: number): number {
    let largest = -1;
    for (let i = start; i < start + size; i++) {
      const category = categories[i]!;
      if (!Number.isInteger(category) || category < 0 || category >= MAX_CATEGORY) {
        throw new FormatError(
          'corrupt-model',
          `${this.#file} is damaged: ${category} is not a category code.`,
          {
            place: { file: this.#file },
            advice: 'Save or download the model again.',
          },
        );
      }
      if (category > largest) largest = category;
    }
    const words = this.#reserve(Math.ceil((largest + 1) / 32));
    for (let i = start; i < start + size; i++) words[categories[i]! >>> 5]! |= 1 << (categories[i]! & 31);
    return this.#sets.push(words) - 1;
  }

  #reserve(wordCount: number): Uint32Array {
    const end = this.#boundaries[this.#boundaries.length - 1]! + wordCount;
    if (end > MAX_WORDS) {
      throw new FormatError('too-large', `The categorical splits of ${this.#file} need more than 64 MB.`, {
        place: { file: this.#file },
        advice: 'Number the categories from 0 without gaps and train the model again.',
      });
    }
    this.#boundaries.push(end);
    return new Uint32Array(wordCount);
  }

  /** All sets so far. */
  finish(): CategorySets {
    const boundaries = Int32Array.from(this.#boundaries);
    const words = new Uint32Array(boundaries[boundaries.length - 1]!);
    this.#sets.forEach((set, i) => {
      words.set(set, boundaries[i]!);
    });
    return { boundaries, words };
  }
}
