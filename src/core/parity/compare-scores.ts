/** How far two columns of scores are apart, row by row. */
import { inSlices, type Sliced, stage } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { ComparedScores } from './compared-form.ts';
import type { FormComparison } from './form-comparison.ts';
import { kindOfRow, pictureRows, rowKinds } from './picture-rows.ts';
import { noDigits, readDigits, toleranceOf } from './score-tolerance.ts';
import { WorstRows } from './worst-rows.ts';

/** All figures of a comparison but those of the sample. */
export type ScoreComparison = Omit<FormComparison, 'causes' | 'rankCorrelation'>;

/**
 * Compares two columns of scores of the same rows.
 *
 * Rows with a score on one side only are counted and otherwise left out. Equal infinities are equal. A row is flagged
 * when its score >= threshold.
 *
 * @param left, right as many scores as each other, NaN = no score
 * @param threshold null = decisions are not compared
 * @returns `maxDifference` and `meanAbsoluteDifference` are NaN and `maxRow` is -1 when no row has both scores; of equal
 *   differences the lowest row comes first. The mean is summed with compensation. Columns without common rows are `equal`.
 * Three passes, O(rows).
 */
export function* compareScoresSliced(
  left: ComparedScores,
  right: ComparedScores,
  threshold: number | null,
): Sliced<ScoreComparison> {
  const rowCount = left.scores.length;
  const total = 3 * rowCount;
  const digits = yield* stage(digitsOf(left, right), 0, rowCount, total);
  const { tolerance, reason } = toleranceOf(left, right, digits);
  const tally = new Tally(left.scores, right.scores, tolerance, threshold);
  yield* stage(
    inSlices(rowCount, (start, end) => tally.add(start, end)),
    rowCount,
    2 * rowCount,
    total,
  );
  const rows = yield* stage(
    pictureRows(left.scores, right.scores, tolerance, threshold, tally.kinds, tally.worst.rows()),
    2 * rowCount,
    total,
    total,
  );
  return {
    left: left.name,
    right: right.name,
    tolerance,
    toleranceReason: reason,
    ...tally.figures(),
    points: {
      rows,
      left: Float64Array.from(rows, (row) => left.scores[row]!),
      right: Float64Array.from(rows, (row) => right.scores[row]!),
    },
  };
}

function* digitsOf(left: ComparedScores, right: ComparedScores): Sliced<Parameters<typeof toleranceOf>[2]> {
  const digits = {
    left: left.precision === 'column' ? noDigits() : null,
    right: right.precision === 'column' ? noDigits() : null,
  };
  yield* inSlices(left.scores.length, (start, end) => {
    if (digits.left !== null) readDigits(digits.left, left.scores, start, end);
    if (digits.right !== null) readDigits(digits.right, right.scores, start, end);
  });
  return digits;
}

/** Running figures over the rows seen so far. */
class Tally {
  readonly worst = new WorstRows();
  /** Rows of each of {@link rowKinds}. */
  readonly kinds = new Float64Array(rowKinds.length);
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #tolerance: number;
  readonly #threshold: number | null;
  readonly #sum = runningSums(1);
  #rows = 0;
  #scoredInOne = 0;
  #differing = 0;

  constructor(left: Float64Array, right: Float64Array, tolerance: number, threshold: number | null) {
    this.#left = left;
    this.#right = right;
    this.#tolerance = tolerance;
    this.#threshold = threshold;
  }

  add(start: number, end: number): void {
    for (let row = start; row < end; row++) {
      const a = this.#left[row]!;
      const b = this.#right[row]!;
      const isUnscored = Number.isNaN(a);
      if (isUnscored || Number.isNaN(b)) {
        if (isUnscored !== Number.isNaN(b)) this.#scoredInOne += 1;
        continue;
      }
      const difference = a === b ? 0 : Math.abs(a - b);
      this.#rows += 1;
      addCompensated(this.#sum, 0, difference);
      const isDiffering = difference > this.#tolerance;
      if (isDiffering) this.#differing += 1;
      this.kinds[kindOfRow(a, b, isDiffering, this.#threshold)]! += 1;
      this.worst.add(row, difference);
    }
  }

  figures(): Omit<ScoreComparison, 'left' | 'right' | 'tolerance' | 'toleranceReason' | 'points'> {
    const worst = this.worst.rows();
    const [first] = worst;
    const at = (row: number) => ({ row, left: this.#left[row]!, right: this.#right[row]! });
    const [, , leftOnly, rightOnly] = this.kinds;
    return {
      rows: this.#rows,
      scoredInOne: this.#scoredInOne,
      maxDifference: first === undefined ? Number.NaN : this.worst.largest(),
      maxRow: first ?? -1,
      meanAbsoluteDifference: this.#rows === 0 ? Number.NaN : compensatedTotal(this.#sum, 0) / this.#rows,
      differing: this.#differing,
      decisions:
        this.#threshold === null
          ? null
          : { threshold: this.#threshold, leftOnly: leftOnly!, rightOnly: rightOnly! },
      verdict: this.#differing > 0 ? 'differ' : 'equal',
      worst: worst.map(at).filter(({ left, right }) => left !== right),
    };
  }
}
