/** As many as a reader goes through. */
const MOST_ROWS = 20;

/** The rows of the largest differences, kept while rows go by in ascending order. */
export class WorstRows {
  readonly #rows: number[] = [];
  readonly #differences: number[] = [];

  /** O(1) for a row that is not among the worst so far. Of equal differences the earlier row stays first. */
  add(row: number, difference: number): void {
    const differences = this.#differences;
    let at = differences.length;
    if (at === MOST_ROWS && !(difference > differences[at - 1]!)) return;
    while (at > 0 && difference > differences[at - 1]!) at -= 1;
    differences.splice(at, 0, difference);
    this.#rows.splice(at, 0, row);
    if (differences.length > MOST_ROWS) {
      differences.pop();
      this.#rows.pop();
    }
  }

  /** Row numbers, the largest difference first. */
  rows(): readonly number[] {
    return this.#rows;
  }

  /** NaN when no row was added. */
  largest(): number {
    return this.#differences[0] ?? Number.NaN;
  }
}
