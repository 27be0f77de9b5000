/** The laying side by side of two forms of one model, for the worker and the command line. */
import { DataError } from '../errors.ts';
import { type Sliced, stage } from '../sliced.ts';
import { sampleRows } from './cause-sample.ts';
import { compareScoresSliced } from './compare-scores.ts';
import type { ComparedScores } from './compared-form.ts';
import type { FormComparison } from './form-comparison.ts';
import { likelyCauses } from './likely-causes.ts';
import { rankCorrelation } from './rank-correlation.ts';

/** The search for causes, measured in passes over the rows, for progress. */
const SEARCH_PASSES = 3;

/**
 * Compares two forms of a model row by row and, when they differ, names the likely causes.
 *
 * @param left, right scores of the same table rows; trees where they are known
 * @param threshold decisions (score >= threshold) are compared at it; null = they are not
 * @returns the same figures and causes for (right, left), with the sides exchanged
 * @throws {DataError} `shape-mismatch` when the two have not the same number of rows; what `blockOf` throws
 * Three passes over the rows; the causes are looked for on up to 4,096 of them.
 */
export function* compareForms(
  left: ComparedScores,
  right: ComparedScores,
  threshold: number | null,
): Sliced<FormComparison> {
  const rowCount = left.scores.length;
  if (right.scores.length !== rowCount) throw unequalLengths(left, right);
  const total = (4 + SEARCH_PASSES) * rowCount;
  const figures = yield* stage(compareScoresSliced(left, right, threshold), 0, 3 * rowCount, total);
  if (figures.verdict === 'equal') return { ...figures, rankCorrelation: Number.NaN, causes: [] };
  const sampling = sampleRows(left.scores, right.scores, figures);
  const rows = yield* stage(sampling, 3 * rowCount, 4 * rowCount, total);
  const search = likelyCauses(left, right, rows, figures.tolerance);
  return {
    ...figures,
    rankCorrelation: rankCorrelation(
      Float64Array.from(rows, (row) => left.scores[row]!),
      Float64Array.from(rows, (row) => right.scores[row]!),
    ),
    causes: yield* stage(search, 4 * rowCount, total, total),
  };
}

function unequalLengths(left: ComparedScores, right: ComparedScores): DataError {
  return new DataError(
    'shape-mismatch',
    `"${left.name}" has scores of ${left.scores.length} rows and "${right.name}" of ${right.scores.length}.`,
    { advice: 'Compare scores of one and the same table.' },
  );
}
