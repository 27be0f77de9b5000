import { Tensor } from 'onnxruntime-web/wasm';
import { ModelError } from '../core/errors.ts';
import { missingText } from '../core/model/missing-text.ts';
import type { Column } from '../core/table/column.ts';
import { cellText } from '../core/table/column-access.ts';

/** One column of an input tensor and where its values come from. */
export interface TensorColumn {
  readonly column: Column;
  /** Feature name, for messages. */
  readonly feature: string;
  /** Encoder values of a string feature, which decide how a missing cell is written. */
  readonly knownValues: readonly string[] | null;
}

/** Rows [rowStart, rowEnd) of the table as rows 0.. of a tensor of `tensorRows` rows; the last row repeats to fill it. */
export interface RowRange {
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly tensorRows: number;
}

interface IntegerType {
  readonly type: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32';
  readonly allocate: (
    length: number,
  ) => Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;
  readonly min: number;
  readonly max: number;
}

const integerTypes: Readonly<Record<number, IntegerType>> = {
  2: { type: 'uint8', allocate: (n) => new Uint8Array(n), min: 0, max: 255 },
  3: { type: 'int8', allocate: (n) => new Int8Array(n), min: -128, max: 127 },
  4: { type: 'uint16', allocate: (n) => new Uint16Array(n), min: 0, max: 65_535 },
  5: { type: 'int16', allocate: (n) => new Int16Array(n), min: -32_768, max: 32_767 },
  6: { type: 'int32', allocate: (n) => new Int32Array(n), min: -2_147_483_648, max: 2_147_483_647 },
  12: { type: 'uint32', allocate: (n) => new Uint32Array(n), min: 0, max: 4_294_967_295 },
};

const FLOAT32 = 1;
const INT64 = 7;
const STRING = 8;
const BOOL = 9;
const FLOAT64 = 11;

/** True for the element types (TensorProto.DataType numbers) that a table's columns can feed. */
export function isFeedable(elementType: number): boolean {
  return (
    [FLOAT32, INT64, STRING, BOOL, FLOAT64].includes(elementType) || integerTypes[elementType] !== undefined
  );
}

/**
 * One input tensor, filled row by row from table columns (row-major: column j of row i at i x F + j).
 *
 * Numbers are cast to the element type as JavaScript stores them (float32: rounded to nearest). A missing number is NaN.
 * A missing text is written as the encoder knows it, see `missingText`.
 *
 * @param elementType TensorProto.DataType number of the input
 * @param rank 1 for an input of shape [N], 2 for [N, F]
 * @throws {ModelError} `input-missing` for a missing value of an integer or boolean input, `input-mistyped` for a value
 *   that its integer type cannot hold; both name column and row
 */
export function fillTensor(
  elementType: number,
  rank: number,
  columns: readonly TensorColumn[],
  rows: RowRange,
): Tensor {
  const width = columns.length;
  const dims = rank === 1 ? [rows.tensorRows] : [rows.tensorRows, width];
  const length = rows.tensorRows * width;
  if (elementType === FLOAT32) {
    const data = new Float32Array(length);
    for (const [j, from] of columns.entries()) fillNumbers(data, from, rows, j, width);
    return new Tensor('float32', data, dims);
  }
  if (elementType === FLOAT64) {
    const data = new Float64Array(length);
    for (const [j, from] of columns.entries()) fillNumbers(data, from, rows, j, width);
    return new Tensor('float64', data, dims);
  }
  if (elementType === STRING) {
    const data = new Array<string>(length);
    for (const [j, from] of columns.entries()) fillTexts(data, from, rows, j, width);
    return new Tensor('string', data, dims);
  }
  return fillWholeNumbers(elementType, columns, rows, dims);
}

/** The table row of each tensor row: past the range, the last row again. */
function tableRow(rows: RowRange, i: number): number {
  return Math.min(rows.rowStart + i, rows.rowEnd - 1);
}

function fillNumbers(
  data: Float32Array | Float64Array,
  from: TensorColumn,
  rows: RowRange,
  position: number,
  width: number,
): void {
  const { column } = from;
  let at = position;
  if (column.kind !== 'number') {
    for (let i = 0; i < rows.tensorRows; i++, at += width) data[at] = truthValue(from, tableRow(rows, i));
    return;
  }
  const { values } = column;
  const count = rows.rowEnd - rows.rowStart;
  for (let i = 0; i < count; i++, at += width) data[at] = values[rows.rowStart + i]!;
  for (let i = count; i < rows.tensorRows; i++, at += width) data[at] = values[rows.rowEnd - 1]!;
}

function fillTexts(
  data: string[],
  from: TensorColumn,
  rows: RowRange,
  position: number,
  width: number,
): void {
  const { column } = from;
  if (column.kind === 'date') throw mistyped(from, rows.rowStart, 'holds dates, which no text stands for');
  const missing = missingText(from.knownValues);
  let at = position;
  if (column.kind === 'category') {
    for (let i = 0; i < rows.tensorRows; i++, at += width) {
      data[at] = column.dictionary[column.codes[tableRow(rows, i)]!] ?? missing;
    }
    return;
  }
  for (let i = 0; i < rows.tensorRows; i++, at += width)
    data[at] = cellText(column, tableRow(rows, i)) ?? missing;
}

function fillWholeNumbers(
  elementType: number,
  columns: readonly TensorColumn[],
  rows: RowRange,
  dims: readonly number[],
): Tensor {
  const width = columns.length;
  const length = rows.tensorRows * width;
  const each = (store: (at: number, value: number) => void, min: number, max: number) => {
    columns.forEach((from, j) => {
      for (let i = 0; i < rows.tensorRows; i++)
        store(i * width + j, wholeNumber(from, tableRow(rows, i), min, max));
    });
  };
  if (elementType === INT64) {
    const data = new BigInt64Array(length);
    each(
      (at, value) => {
        data[at] = BigInt(value);
      },
      Number.MIN_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    );
    return new Tensor('int64', data, dims);
  }
  if (elementType === BOOL) {
    const data = new Uint8Array(length);
    each(
      (at, value) => {
        data[at] = value;
      },
      0,
      1,
    );
    return new Tensor('bool', data, dims);
  }
  const integer = integerTypes[elementType];
  if (integer === undefined)
    throw new ModelError('input-mistyped', `No table column can feed element type ${elementType}.`);
  const data = integer.allocate(length);
  each(
    (at, value) => {
      data[at] = value;
    },
    integer.min,
    integer.max,
  );
  return new Tensor(integer.type, data, dims);
}

function wholeNumber(from: TensorColumn, row: number, min: number, max: number): number {
  const { column } = from;
  const value = column.kind === 'number' ? column.values[row]! : truthValue(from, row);
  if (Number.isNaN(value)) {
    throw new ModelError(
      'input-missing',
      `Row ${row} has no value in column "${column.name}", but the model's input "${from.feature}" takes whole numbers, which have no missing value.`,
      {
        place: { row, column: column.name, node: from.feature },
        advice: 'Fill in the missing values, or map another column.',
      },
    );
  }
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw mistyped(from, row, `holds ${value}, but the input takes whole numbers from ${min} to ${max}`);
}

/** A category of true and false as 1 and 0; NaN where missing. */
function truthValue(from: TensorColumn, row: number): number {
  const { column } = from;
  if (column.kind !== 'category') throw mistyped(from, row, `is of kind ${column.kind}, not number`);
  const text = column.dictionary[column.codes[row]!];
  if (text === undefined) return Number.NaN;
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  throw mistyped(from, row, `holds "${text}", which is neither true nor false`);
}

function mistyped(from: TensorColumn, row: number, what: string): ModelError {
  return new ModelError(
    'input-mistyped',
    `Column "${from.column.name}" cannot feed the model's input "${from.feature}": row ${row} ${what}.`,
    {
      place: { row, column: from.column.name, node: from.feature },
      advice: 'Change the type of the column, or map another one.',
    },
  );
}
