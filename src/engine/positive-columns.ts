import { ModelError } from '../core/errors.ts';
import { parseNumber } from '../core/table/parse-number.ts';

/** Which of a model's class columns add up to the score. */
export interface PositiveColumns {
  /** Column numbers, ascending; the score is the sum of these columns. */
  readonly columns: readonly number[];
  /** True when nothing in the file or the target says so and the second of two columns is taken by convention. */
  readonly isGuess: boolean;
}

/** Labels by which training code marks the two classes when it keeps no names; the second one is the positive class. */
const conventionalPairs: readonly (readonly [RegExp, RegExp])[] = [
  [/^(0|0\.0|-1|-1\.0)$/, /^(1|1\.0)$/],
  [/^false$/i, /^true$/i],
];

/**
 * Picks the class columns whose sum is P(positive).
 *
 * Labels that the target's positive values name (same text, same number, or same truth value: True is 1) are summed; failing that,
 * of two labels 0/1, -1/1 or False/True the second one is taken; two columns without labels: the second, as a guess.
 *
 * @param labels         class labels in column order, or null when the model does not say
 * @param columnCount    number of class columns, >= 2
 * @param positiveValues the target's values that count as positive; empty while there is no target
 * @throws {ModelError} `positive-class-unknown` naming the classes when none of the rules decides
 */
export function positiveColumns(
  labels: readonly string[] | null,
  columnCount: number,
  positiveValues: readonly string[],
): PositiveColumns {
  if (labels === null || labels.length !== columnCount) {
    if (columnCount === 2) return { columns: [1], isGuess: true };
    throw unknownClass(labels ?? [], columnCount, positiveValues);
  }
  const named = labels.flatMap((label, i) =>
    positiveValues.some((value) => sameLabel(label, value)) ? [i] : [],
  );
  if (named.length > 0 && named.length < columnCount) return { columns: named, isGuess: false };
  const conventional = columnCount === 2 ? conventionalColumn(labels) : null;
  if (conventional !== null && named.length === 0) return { columns: [conventional], isGuess: false };
  throw unknownClass(labels, columnCount, positiveValues);
}

function sameLabel(label: string, value: string): boolean {
  return label === value || numberOrTruth(label) === numberOrTruth(value);
}

/** The number that a label says, true being 1 and false 0 as in numpy and pandas; NaN (equal to nothing) for other texts. */
function numberOrTruth(text: string): number {
  if (/^true$/i.test(text)) return 1;
  return /^false$/i.test(text) ? 0 : parseNumber(text);
}

function conventionalColumn(labels: readonly string[]): number | null {
  const [first = '', second = ''] = labels;
  for (const [negative, positive] of conventionalPairs) {
    if (negative.test(first) && positive.test(second)) return 1;
    if (positive.test(first) && negative.test(second)) return 0;
  }
  return null;
}

function unknownClass(
  labels: readonly string[],
  columnCount: number,
  positiveValues: readonly string[],
): ModelError {
  const classes =
    labels.length > 0 ? labels.map((label) => `"${label}"`).join(', ') : `${columnCount} unnamed ones`;
  const chosen = positiveValues.map((value) => `"${value}"`).join(', ');
  const among =
    positiveValues.length === 0
      ? 'and no positive value is chosen'
      : labels.length > 0 && labels.every((label) => positiveValues.some((value) => sameLabel(label, value)))
        ? `and the positive values (${chosen}) are all of them`
        : `and none of them is a positive value of the target (${chosen})`;
  return new ModelError('positive-class-unknown', `The model knows the classes ${classes}, ${among}.`, {
    advice: isNumbered(labels, positiveValues) ? NUMBERED_ADVICE : NAMED_ADVICE,
  });
}

const NAMED_ADVICE = 'Choose as positive the target values that the model names; the score is their sum.';

const NUMBERED_ADVICE =
  'The file numbers its classes in the order of training; scikit-learn sorts the texts, so that the first in the alphabet is 0. Add a column with the number of each outcome to the table, and choose it as the target.';

/** Whether classes without names (0, 1, 2 ...) meet a target that holds texts. */
function isNumbered(labels: readonly string[], positiveValues: readonly string[]): boolean {
  const isCounted = labels.length > 0 && labels.every((label, i) => label === String(i));
  const isText =
    positiveValues.length > 0 && positiveValues.every((value) => Number.isNaN(numberOrTruth(value)));
  return isCounted && isText;
}
