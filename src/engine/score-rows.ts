import type { Tensor } from 'onnxruntime-web/wasm';
import { DataError, ModelError } from '../core/errors.ts';
import type { InputBinding, MappingReport } from '../core/model/mapping.ts';
import type { Column, Table } from '../core/table/column.ts';
import type { Notice } from '../core/table/summary.ts';
import { classLabels } from '../formats/model/onnx/class-labels.ts';
import { knownValues } from '../formats/model/onnx/known-values.ts';
import { binaryTreeQuirk } from './binary-tree-quirk.ts';
import type { Scorer } from './create-scorer.ts';
import { runError } from './ort-errors.ts';
import { type ReadingTally, readingNotices, readScores } from './read-scores.ts';
import { chooseScoreOutput, type OutputTensor, type ScoreChoice } from './score-output.ts';
import { fillTensor, type TensorColumn } from './tensor-fill.ts';

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

/** An input of the model with its columns in order. */
interface BoundInput {
  readonly name: string;
  readonly elementType: number;
  readonly rank: number;
  readonly columns: readonly TensorColumn[];
}

/**
 * Scores table rows [rowStart, rowEnd) with a model, chunk by chunk; yields after each chunk.
 *
 * The score is P(positive) in float64: the model's float32 widened, summed over the positive classes, never re-rounded.
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
  const inputs = boundInputs(scorer, table, report);
  const batch = fixedBatch(scorer);
  const chunkRows = batch ?? request.chunkRows ?? CHUNK_ROWS;
  const total = rowEnd - rowStart;
  const scores = new Float64Array(total);
  const tally: ReadingTally = { missingScores: 0, clampedScores: 0 };
  let choice: ScoreChoice | null = null;
  for (let done = 0; done < total; ) {
    const start = rowStart + done;
    const end = Math.min(start + chunkRows, rowEnd);
    const wanted = choice === null ? floatOutputs(scorer) : outputNames(choice);
    const outputs = await runChunk(scorer, inputs, start, end, batch ?? end - start, wanted);
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

function refuseUnready(scorer: Scorer, report: MappingReport): void {
  const place = { file: scorer.model.name };
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
      `${scorer.model.name} does not name its features, and their order is not settled.`,
      {
        place,
        advice: 'Give the columns in the order in which the model was trained.',
      },
    );
  }
}

function boundInputs(scorer: Scorer, table: Table, report: MappingReport): BoundInput[] {
  const columnOf = new Map<string, Column>(table.columns.map((column) => [column.name, column]));
  const known = knownValues(scorer.model);
  return scorer.model.inputs.map(({ name, type }) => {
    const bindings = report.bindings
      .filter(({ input }) => input === name)
      .sort((a, b) => a.position - b.position);
    const columns = bindings.map((binding) => ({
      column: boundColumn(columnOf, binding),
      feature: binding.feature,
      knownValues: known.get(name)?.[binding.position] ?? null,
    }));
    if (columns.length === 0) throw unknownReport(name);
    const rank = type.kind === 'tensor' ? (type.dims?.length ?? 2) : 2;
    return { name, elementType: type.kind === 'tensor' ? type.elementType : 0, rank, columns };
  });
}

function boundColumn(columnOf: ReadonlyMap<string, Column>, binding: InputBinding): Column {
  const column = columnOf.get(binding.column ?? '');
  if (column === undefined) throw unknownReport(binding.feature);
  return column;
}

function unknownReport(feature: string): ModelError {
  return new ModelError(
    'input-missing',
    `The model's input "${feature}" is not mapped to a column of this table.`,
    {
      place: { node: feature },
      advice: 'Map the inputs of the model again.',
    },
  );
}

/** Rows that the file fixes for every input (exports that traced an example); null when the first dimension is free. */
function fixedBatch(scorer: Scorer): number | null {
  for (const { type } of scorer.model.inputs) {
    const first = type.kind === 'tensor' ? type.dims?.[0] : null;
    if (typeof first === 'number') return first;
  }
  return null;
}

/** Outputs that can hold a score: float tensors by what the session says, which knows types that the file leaves out. */
function floatOutputs(scorer: Scorer): string[] {
  return scorer.session.outputMetadata
    .filter((output) => output.isTensor && (output.type === 'float32' || output.type === 'float64'))
    .map(({ name }) => name);
}

function outputNames(choice: ScoreChoice): string[] {
  return [...new Set([...choice.score, ...choice.classes].map(({ output }) => output))];
}

function scoreContext(scorer: Scorer, positiveValues: readonly string[]) {
  return {
    modelName: scorer.model.name,
    classLabels: classLabels(scorer.model),
    positiveValues,
    quirkOf: (output: string) => binaryTreeQuirk(scorer.model, output),
  };
}

async function runChunk(
  scorer: Scorer,
  inputs: readonly BoundInput[],
  rowStart: number,
  rowEnd: number,
  tensorRows: number,
  wanted: readonly string[],
): Promise<OutputTensor[]> {
  // Without a float output there is nothing to run: the choice refuses the model by its labels.
  if (wanted.length === 0) return [];
  const feeds: Record<string, Tensor> = {};
  for (const input of inputs) {
    feeds[input.name] = fillTensor(input.elementType, input.rank, input.columns, {
      rowStart,
      rowEnd,
      tensorRows,
    });
  }
  try {
    const outputs = await scorer.session.run(feeds, [...wanted], { logSeverityLevel: 4 });
    return wanted.map((name) => outputTensor(name, outputs[name], tensorRows));
  } catch (cause) {
    throw cause instanceof ModelError ? cause : runError(scorer.model, rowStart, rowEnd, cause);
  } finally {
    for (const tensor of Object.values(feeds)) tensor.dispose();
  }
}

function outputTensor(name: string, tensor: Tensor | undefined, rowCount: number): OutputTensor {
  const data = tensor?.data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new ModelError('no-score-output', `The output "${name}" holds no float numbers.`, {
      place: { node: name },
    });
  }
  const width = data.length / rowCount;
  if (!Number.isInteger(width) || width === 0) {
    throw new ModelError(
      'no-score-output',
      `The output "${name}" has ${data.length} values for ${rowCount} rows.`,
      {
        place: { node: name },
        advice: 'Export the model with a free number of rows (dynamic axes) in inputs and outputs.',
      },
    );
  }
  return { name, data, width };
}
