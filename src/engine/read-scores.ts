import { DataError } from '../core/errors.ts';
import type { Notice } from '../core/table/summary.ts';
import { type RawOutput, rawOutputOf } from './raw-output.ts';
import type { OutputColumn, OutputTensor, ScoreChoice } from './score-output.ts';

/**
 * How far the class columns of a row may miss a sum of one. float32 sums over some hundred trees or classes are off by
 * 1e-6 to 1e-5; the wrong outputs that the check is for miss by more than 1e-2 in nearly every row.
 */
const SUM_TOLERANCE = 1e-4;

/** How far beyond [0, 1] float32 rounding carries a probability (a forest's summed leaf weights: some 1e-7). */
const ROUNDING_OVERSHOOT = 1e-5;

/** Counts of what was seen while reading; one per run of `scoreRows`, updated chunk by chunk. */
export interface ReadingTally {
  missingScores: number;
  clampedScores: number;
}

/**
 * Reads the scores of one chunk and checks that they are probabilities.
 *
 *     score = sum of the chosen class columns, in float64
 *
 * A NaN among them makes the score NaN (counted, not checked). Values beyond [0, 1] by float32 rounding are set to the
 * bound and counted; every other value is the model's float32 widened, never re-rounded.
 *
 * @param outputs  the outputs named by `choice`, with at least `rowCount` rows each
 * @param scores   receives the scores at [at, at + rowCount)
 * @param firstRow table row of the chunk's first row, for messages
 * @throws {DataError} `score-out-of-range` naming the row: class columns that do not add up to one, or a value outside
 *   [0, 1]; the message says what such an output usually is
 */
export function readScores(
  choice: ScoreChoice,
  outputs: readonly OutputTensor[],
  rowCount: number,
  scores: Float64Array,
  at: number,
  firstRow: number,
  tally: ReadingTally,
): void {
  const byName = new Map(outputs.map((output) => [output.name, output]));
  const locate = ({ output, column }: OutputColumn): Strided => {
    const tensor = byName.get(output);
    return { data: tensor?.data ?? new Float64Array(0), width: tensor?.width ?? 1, column };
  };
  const parts = choice.score.map(locate);
  const classes = choice.classes.map(locate);
  for (let i = 0; i < rowCount; i++) {
    const score = sumAt(parts, i);
    if (Number.isNaN(score)) {
      scores[at + i] = Number.NaN;
      tally.missingScores += 1;
      continue;
    }
    if (choice.check === 'sum-to-one' && !(Math.abs(sumAt(classes, i) - 1) <= SUM_TOLERANCE)) {
      throw notProbabilities(choice, classes, i, rowCount, firstRow);
    }
    if (choice.check === 'half-beside' && valueAt(classes[0]!, i) !== 0.5) {
      throw notProbabilities(choice, classes, i, rowCount, firstRow);
    }
    scores[at + i] = withinRange(score, choice, parts, rowCount, firstRow + i, tally);
  }
}

/** Notices about the scores of a whole run. Missing scores are the caller's to report: they are counted in the result. */
export function readingNotices(tally: ReadingTally): Notice[] {
  if (tally.clampedScores === 0) return [];
  return [
    {
      code: 'scores-clamped',
      message: `${tally.clampedScores} scores lay outside 0 to 1 by float32 rounding (less than ${ROUNDING_OVERSHOOT}) and were set to 0 or 1.`,
      count: tally.clampedScores,
    },
  ];
}

/** One column of a row-major output. */
interface Strided {
  readonly data: Float32Array | Float64Array;
  readonly width: number;
  readonly column: number;
}

function valueAt({ data, width, column }: Strided, row: number): number {
  return data[row * width + column] ?? Number.NaN;
}

function sumAt(columns: readonly Strided[], row: number): number {
  let sum = 0;
  for (const column of columns) sum += valueAt(column, row);
  return sum;
}

function withinRange(
  score: number,
  choice: ScoreChoice,
  parts: readonly Strided[],
  rowCount: number,
  row: number,
  tally: ReadingTally,
): number {
  if (score >= 0 && score <= 1) return score;
  if (score < -ROUNDING_OVERSHOOT || score > 1 + ROUNDING_OVERSHOOT) {
    let min = score;
    let max = score;
    for (let i = 0; i < rowCount; i++) {
      const other = sumAt(parts, i);
      if (other < min) min = other;
      if (other > max) max = other;
    }
    const raw = choice.objective === null ? UNKNOWN_OUTPUT : rawOutputOf(choice.objective);
    const found = `The output ${choice.description} is ${score} in row ${row}; around it the values run from ${min} to ${max}.`;
    throw outOfRange(`${found} ${raw.meaning}`, choice, row, raw.advice);
  }
  tally.clampedScores += 1;
  return score < 0 ? 0 : 1;
}

function notProbabilities(
  choice: ScoreChoice,
  classes: readonly Strided[],
  index: number,
  rowCount: number,
  firstRow: number,
): DataError {
  const values = classes.map((column) => valueAt(column, index));
  const row = firstRow + index;
  const shown = values.length <= 6 ? `[${values.join(', ')}]` : `${values.length} values`;
  const message = `The classes of ${choice.description} are ${shown} in row ${row} and do not add up to 1`;
  return outOfRange(`${message}: ${explain(values, classes, rowCount)}.`, choice, row);
}

/** What class columns with a wrong sum usually are. */
function explain(values: readonly number[], classes: readonly Strided[], rowCount: number): string {
  const constantHalf = classes.findIndex((column) => {
    for (let i = 0; i < rowCount; i++) if (valueAt(column, i) !== 0.5) return false;
    return true;
  });
  const [first = Number.NaN, second = Number.NaN] = values;
  if (values.length === 2 && constantHalf >= 0) {
    return `column ${constantHalf + 1} is 0.5 in every row, which ONNX Runtime returns for tree models that score one class only`;
  }
  if (values.length === 2 && first === -second) {
    return 'the second is the negative of the first, so these are margins (log-odds) without the final transformation';
  }
  if (values.some((value) => value < 0 || value > 1)) {
    return 'some lie outside 0 to 1, so these are margins (log-odds) without the final transformation';
  }
  return 'they are not the probabilities of classes that exclude each other';
}

const UNKNOWN_OUTPUT: RawOutput = {
  meaning: 'That is not a probability but a margin (log-odds) or the output of a regression.',
  advice: 'Export the model with its probabilities (the logistic or softmax step included).',
};

function outOfRange(
  message: string,
  choice: ScoreChoice,
  row: number,
  advice = UNKNOWN_OUTPUT.advice,
): DataError {
  return new DataError('score-out-of-range', message, {
    place: { row, node: choice.score[0]?.output ?? choice.description },
    advice,
  });
}
