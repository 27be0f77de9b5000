import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { ModelError } from '../core/errors.ts';
import type { InputBinding, MappingReport } from '../core/model/mapping.ts';
import type { Column, Table } from '../core/table/column.ts';
import { knownValues } from '../formats/model/onnx/known-values.ts';
import type { OnnxModel } from '../formats/model/onnx/onnx-model.ts';
import { runError } from './ort-errors.ts';
import type { OutputTensor } from './score-output.ts';
import type { RowRunner } from './scorer.ts';
import { fillTensor, type RowRange, type TensorColumn } from './tensor-fill.ts';

/** An input of the model with its columns in order. */
interface BoundInput {
  readonly name: string;
  readonly elementType: number;
  readonly rank: number;
  readonly columns: readonly TensorColumn[];
}

/**
 * An ONNX Runtime session fed from the columns of a table, see `RowRunner`.
 *
 * @throws {ModelError} `input-missing` for an input without a column
 */
export function runOnnx(
  model: OnnxModel,
  session: InferenceSession,
  table: Table,
  report: MappingReport,
): RowRunner {
  const inputs = boundInputs(model, table, report);
  const batch = fixedRows(model);
  return {
    run: (rowStart, rowEnd, wanted) => {
      const rows = { rowStart, rowEnd, tensorRows: batch ?? rowEnd - rowStart };
      return runChunk(model, session, inputs, rows, wanted ?? floatOutputs(session));
    },
  };
}

/** Rows that the file fixes for every input; null when the first dimension is free. */
export function fixedRows(model: OnnxModel): number | null {
  for (const { type } of model.inputs) {
    const first = type.kind === 'tensor' ? type.dims?.[0] : null;
    if (typeof first === 'number') return first;
  }
  return null;
}

function boundInputs(model: OnnxModel, table: Table, report: MappingReport): BoundInput[] {
  const columnOf = new Map<string, Column>(table.columns.map((column) => [column.name, column]));
  const known = knownValues(model);
  return model.inputs.map(({ name, type }) => {
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

/** Outputs that can hold a score: float tensors by what the session says, which knows types that the file leaves out. */
function floatOutputs(session: InferenceSession): string[] {
  return session.outputMetadata
    .filter((output) => output.isTensor && (output.type === 'float32' || output.type === 'float64'))
    .map(({ name }) => name);
}

async function runChunk(
  model: OnnxModel,
  session: InferenceSession,
  inputs: readonly BoundInput[],
  rows: RowRange,
  wanted: readonly string[],
): Promise<OutputTensor[]> {
  // Without a float output there is nothing to run: the choice refuses the model by its labels.
  if (wanted.length === 0) return [];
  const feeds: Record<string, Tensor> = {};
  for (const input of inputs) {
    feeds[input.name] = fillTensor(input.elementType, input.rank, input.columns, rows);
  }
  try {
    const outputs = await session.run(feeds, [...wanted], { logSeverityLevel: 4 });
    return wanted.map((name) => outputTensor(name, outputs[name], rows.tensorRows));
  } catch (cause) {
    throw cause instanceof ModelError ? cause : runError(model, rows.rowStart, rows.rowEnd, cause);
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
