import { DataError, ModelError } from '../core/errors.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { Table } from '../core/table/column.ts';
import type { Notice } from '../core/table/summary.ts';
import { type ReadingTally, readingNotices, readScores } from './read-scores.ts';
import { chooseScoreOutput, type ScoreChoice } from './score-output.ts';
import type { Scorer } from './scorer.ts';

/**
 * Rows per run of the session. Measured with 100 trees x 31 leaves over 30 columns (bench/scoring): from 1,024 to 65,536
 * rows the throughput stays within 10 % (260,000 to 285,000 rows per second of CPU), so the choice is by time: 16 ms a
 * chunk there, and a model ten times as heavy still hears a cancel within 200 ms.
 */
export const CHUNK_ROWS = 4096;

export interface ScoreRequest {
  /** First table row to score, inclusive. */
  readonly rowStart: number;
  /** Last table row to score, exclusive. */
  readonly rowEnd: number;
  /** The target's values that count as positive: they pick the class column of a model whose classes have names. */
  readonly positiveValues: readonly string[];
  /** Rows per run; {@link CHUNK_ROWS} when left out. */
  readonly chunkRows?: number;
}

export interface ScoreResult {
  /** One score per row of [rowStart, rowEnd), in [0, 1]; NaN where the model returned NaN. */
  readonly scores: Float64Array;
  /** Rows without a score (NaN). */
  readonly missingScores: number;
  /** Which output, and which of its classes, the scores are. */
  readonly scoreOutput: string;
  readonly notices: readonly Notice[];
}

export interface ScoreProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Scores table rows [rowStart, rowEnd) with a model, chunk by chunk; yields after each chunk.
 *
 * The score is P(positive) in float64: what the model returns (float32 widened), summed over the positive classes, never
 * re-rounded.
 * Which output it is follows from the outputs themselves (`chooseScoreOutput`); every row is checked to be a
 * probability. A model exported for a fixed number of rows runs in chunks of that number.
 *
 * @param report the mapping of the same model and table (`bindInputs`); must be ready
 * @returns scores and what the user should know about them. An empty range gives no scores and runs nothing.
 * @throws {ModelError} `input-missing`, `input-mistyped`, `feature-order-unknown` when the mapping is not ready or a value
 *   does not fit its input; `no-score-output`, `positive-class-unknown`; `run-failed` with the rows
 * @throws {DataError} `score-out-of-range` for outputs that are not probabilities; `invalid-argument` for a bad range
 */
export async function* scoreRows(
  scorer: Scorer,
  table: Table,
  report: MappingReport,
  request: ScoreRequest,
): AsyncGenerator<ScoreProgress, ScoreResult, void> {
  const { rowStart, rowEnd } = request;
  refuseRange(table, rowStart, rowEnd);
  refuseUnready(scorer, report);
  const runner = scorer.bind(table, report);
  const chunkRows = scorer.fixedRows ?? Math.min(request.chunkRows ?? CHUNK_ROWS, scorer.mostRows);
  const total = rowEnd - rowStart;
  const scores = new Float64Array(total);
  const tally: ReadingTally = { missingScores: 0, clampedScores: 0 };
  let choice: ScoreChoice | null = null;
  for (let done = 0; done < total; ) {
    const start = rowStart + done;
    const end = Math.min(start + chunkRows, rowEnd);
    const outputs = await runner.run(start, end, choice === null ? null : outputNames(choice));
    choice ??= chooseScoreOutput(outputs, scoreContext(scorer, request.positiveValues));
    readScores(choice, outputs, end - start, scores, done, start, tally);
    done += end - start;
    yield { done, total };
  }
  return {
    scores,
    missingScores: tally.missingScores,
    scoreOutput: choice?.description ?? '',
    notices: [...(choice?.notices ?? []), ...readingNotices(tally)],
  };
}

function refuseRange(table: Table, rowStart: number, rowEnd: number): void {
  if (
    Number.isInteger(rowStart) &&
    Number.isInteger(rowEnd) &&
    0 <= rowStart &&
    rowStart <= rowEnd &&
    rowEnd <= table.rowCount
  ) {
    return;
  }
  throw new DataError(
    'invalid-argument',
    `Rows ${rowStart} to ${rowEnd} are not within the ${table.rowCount} rows of ${table.name}.`,
  );
}

/** @throws {ModelError} `input-missing` | `input-mistyped` | `feature-order-unknown` when the mapping is not ready */
export function refuseUnready({ modelName }: Pick<Scorer, 'modelName'>, report: MappingReport): void {
  const place = { file: modelName };
  const [missing] = report.missing;
  if (missing !== undefined) {
    const names = report.missing.map((name) => `"${name}"`).join(', ');
    throw new ModelError(
      'input-missing',
      `The table has no column for ${report.missing.length} of the model's inputs: ${names}.`,
      {
        place: { ...place, node: missing },
        advice: 'Map each of them to a column, or open the table that the model was made for.',
      },
    );
  }
  const [mistyped] = report.mistyped;
  if (mistyped !== undefined) {
    throw new ModelError(
      'input-mistyped',
      `Column "${mistyped.column}" is of kind ${mistyped.found}, but the model's input "${mistyped.feature}" takes ${mistyped.expected}.`,
      {
        place: { ...place, column: mistyped.column, node: mistyped.feature },
        advice: 'Change the type of the column, or map another one.',
      },
    );
  }
  if (!report.ready) {
    throw new ModelError(
      'feature-order-unknown',
      `${modelName} does not name its features, and their order is not settled.`,
      {
        place,
        advice: 'Give the columns in the order in which the model was trained.',
      },
    );
  }
}

function outputNames(choice: ScoreChoice): string[] {
  return [...new Set([...choice.score, ...choice.classes].map(({ output }) => output))];
}

function scoreContext(
  { modelName, classLabels, objective, quirkOf }: Scorer,
  positiveValues: readonly string[],
) {
  return { modelName, classLabels, objective, positiveValues, quirkOf };
}
