import { buildNode, buildTensor, buildTensorInfo } from '../../src/formats/model/onnx/build-node.ts';
import { writeOnnxFile } from '../../src/formats/model/onnx/write-onnx-file.ts';
import { fitLogistic } from './logistic.ts';
import type { SimulatedCell, SimulatedTable } from './simulated-table.ts';

const FLOAT = 1;
const STRING = 8;
const RIDGE = 1;

export interface ScorecardColumns {
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly target: { readonly column: string; readonly positive: string; readonly negative: string };
  /** Rows to fit on: those whose column has the value. */
  readonly training: { readonly column: string; readonly value: string };
}

interface NumberPart {
  readonly name: string;
  readonly mean: number;
  readonly scale: number;
}

interface CategoryPart {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * A logistic scorecard over raw columns as an ONNX file: missing numbers take the training mean, numbers are standardised,
 * categories one-hot encoded (a value that training did not have is none of them), then ai.onnx.ml LinearClassifier.
 * Fitted on the table's own training rows; the same table gives the same bytes.
 */
export function scorecardOnnx(table: SimulatedTable, columns: ScorecardColumns): Uint8Array {
  const rows = trainingRows(table, columns.training);
  const at = (name: string): number => table.columns.indexOf(name);
  const numbers = columns.numbers.map((name) => numberPart(name, column(rows, at(name))));
  const categories = columns.categories.map((name) => categoryPart(name, column(rows, at(name))));
  const width = numbers.length + categories.reduce((sum, { values }) => sum + values.length, 0);
  const features = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    const values = [
      ...numbers.map((part) => standardised(row[at(part.name)]!, part)),
      ...categories.flatMap((part) => part.values.map((value) => (row[at(part.name)] === value ? 1 : 0))),
    ];
    features.set(values, i * width);
  });
  const labels = Uint8Array.from(rows, (row) =>
    row[at(columns.target.column)] === columns.target.positive ? 1 : 0,
  );
  return scorecardGraph(numbers, categories, fitLogistic(features, labels, RIDGE), columns.target);
}

function trainingRows(
  table: SimulatedTable,
  training: ScorecardColumns['training'],
): (readonly SimulatedCell[])[] {
  const at = table.columns.indexOf(training.column);
  const rows: (readonly SimulatedCell[])[] = [];
  for (const row of table.rows()) if (row[at] === training.value) rows.push(row);
  return rows;
}

function column(rows: readonly (readonly SimulatedCell[])[], index: number): readonly SimulatedCell[] {
  return rows.map((row) => row[index]!);
}

function numberPart(name: string, cells: readonly SimulatedCell[]): NumberPart {
  const values = cells.filter((cell) => typeof cell === 'number');
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // The ONNX file holds float32: fitting with the rounded numbers keeps file and fit the same model.
  return { name, mean: Math.fround(mean), scale: Math.fround(1 / Math.sqrt(variance)) };
}

function categoryPart(name: string, cells: readonly SimulatedCell[]): CategoryPart {
  const values = new Set(cells.filter((cell) => typeof cell === 'string' && cell !== ''));
  return { name, values: ([...values] as string[]).sort() };
}

function standardised(cell: SimulatedCell, { mean, scale }: NumberPart): number {
  return ((typeof cell === 'number' ? cell : mean) - mean) * scale;
}

function scorecardGraph(
  numbers: readonly NumberPart[],
  categories: readonly CategoryPart[],
  fit: ReturnType<typeof fitLogistic>,
  target: ScorecardColumns['target'],
): Uint8Array {
  const names = numbers.map(({ name }) => name);
  const means = Float32Array.from(numbers, ({ mean }) => mean);
  const encoded = categories.flatMap(({ name, values }) => [
    buildNode('ai.onnx.ml:OneHotEncoder', [name], [`${name}_one_hot`], { cats_strings: values, zeros: 1n }),
    buildNode('Reshape', [`${name}_one_hot`, `${name}_shape`], [`${name}_levels`]),
  ]);
  const coefficients = Float32Array.from(fit.coefficients);
  return writeOnnxFile({
    irVersion: 8,
    producerName: 'cutline-simulate',
    producerVersion: '1',
    opsets: [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadata: [],
    graph: {
      name: 'scorecard',
      nodes: [
        buildNode('Concat', names, ['numbers'], { axis: 1n }),
        buildNode('ai.onnx.ml:Imputer', ['numbers'], ['filled'], {
          imputed_value_floats: means,
          replaced_value_float: { float: Number.NaN },
        }),
        buildNode('ai.onnx.ml:Scaler', ['filled'], ['scaled'], {
          offset: means,
          scale: Float32Array.from(numbers, ({ scale }) => scale),
        }),
        ...encoded,
        buildNode('Concat', ['scaled', ...categories.map(({ name }) => `${name}_levels`)], ['features'], {
          axis: 1n,
        }),
        buildNode('ai.onnx.ml:LinearClassifier', ['features'], ['label', 'probabilities'], {
          coefficients: Float32Array.from([...coefficients.map((value) => -value), ...coefficients]),
          intercepts: Float32Array.of(-fit.intercept, fit.intercept),
          classlabels_strings: [target.negative, target.positive],
          multi_class: 0n,
          post_transform: 'LOGISTIC',
        }),
      ],
      initializers: categories.map(({ name, values }) =>
        buildTensor(`${name}_shape`, [2], BigInt64Array.of(-1n, BigInt(values.length))),
      ),
      inputs: [
        ...numbers.map(({ name }) => buildTensorInfo(name, FLOAT, [null, 1])),
        ...categories.map(({ name }) => buildTensorInfo(name, STRING, [null, 1])),
      ],
      outputs: [buildTensorInfo('label', STRING, [null]), buildTensorInfo('probabilities', FLOAT, [null, 2])],
    },
  });
}
