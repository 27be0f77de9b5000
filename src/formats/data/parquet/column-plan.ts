import type { SchemaElement } from 'hyparquet/src/types.js';
import type { ColumnKind } from '../../../core/table/column.ts';
import { BooleanSink } from '../typed/boolean-sink.ts';
import type { Cells } from '../typed/cells.ts';
import { decimalNumbers, decimalTexts, type Unscaled } from '../typed/decimals.ts';
import { IntegerSink } from '../typed/integer-sink.ts';
import {
  daysToMs,
  halfFloats,
  int64Numbers,
  int64Texts,
  int96ToMs,
  type TicksPerSecond,
  timestampsToMs,
} from '../typed/integers.ts';
import { NumberSink } from '../typed/number-sink.ts';
import { TextSink } from '../typed/text-sink.ts';
import type { Target, TypedSink } from '../typed/typed-sink.ts';
import type { PhysicalType, PhysicalValues } from './page-values.ts';

/** A sink of one column with the way from the file's values into it. */
export interface ColumnReader {
  readonly sink: TypedSink;
  add(cells: Cells, values: PhysicalValues): void;
  /** Set for texts, whose dictionaries are mapped by code. */
  readonly texts: TextSink | null;
}

/** How a column of the file is read; `open` makes room for it. */
export interface ColumnPlan {
  readonly physical: PhysicalType;
  /** null: category or text, by its values. */
  readonly kind: ColumnKind | null;
  /** True where the file does not say that the bytes are text; they may turn out to be none. */
  readonly isMaybeBinary: boolean;
  open(target: Target): ColumnReader;
}

/** What kind of values a column holds, as far as Cutline reads them; a string says why it does not. */
export function planColumn(element: SchemaElement): ColumnPlan | string {
  const { type } = element;
  if (type === undefined) return 'has no type';
  const physical = { type, width: element.type_length ?? 0 };
  const open = opener(element, physical);
  if (typeof open === 'string') return open;
  return { physical, isMaybeBinary: isMaybeBinary(element), ...open };
}

type Opener = Pick<ColumnPlan, 'kind' | 'open'>;

function opener(element: SchemaElement, { type, width }: PhysicalType): Opener | string {
  const scale = decimalScale(element);
  if (scale !== null) return decimals(type, scale);
  switch (type) {
    case 'BOOLEAN':
      return booleans;
    case 'FLOAT':
    case 'DOUBLE':
      return numbers('float', (values) => values);
    case 'INT32':
      return int32(element);
    case 'INT64':
      return int64(element);
    case 'INT96':
      return dates((values) => int96ToMs(contiguous(values, 12)));
    case 'BYTE_ARRAY':
      return byteArrays(element);
    default:
      return fixedBytes(element, width);
  }
}

function decimalScale({ converted_type, logical_type, scale }: SchemaElement): number | null {
  if (logical_type?.type === 'DECIMAL') return logical_type.scale ?? scale ?? 0;
  return converted_type === 'DECIMAL' ? (scale ?? 0) : null;
}

function int32({ converted_type, logical_type }: SchemaElement): Opener | string {
  if (converted_type === 'DATE' || logical_type?.type === 'DATE')
    return dates((values) => daysToMs(numbersOf(values)));
  if (converted_type === 'TIME_MILLIS' || logical_type?.type === 'TIME') return 'holds times of day';
  const isUnsigned =
    converted_type === 'UINT_32' ||
    (logical_type?.type === 'INTEGER' && logical_type.bitWidth === 32 && !logical_type.isSigned);
  return numbers('shortest', (values) => (isUnsigned ? Float64Array.from(values, (x) => x >>> 0) : values));
}

function int64({ converted_type, logical_type }: SchemaElement): Opener | string {
  if (converted_type === 'TIME_MICROS' || logical_type?.type === 'TIME') return 'holds times of day';
  if (logical_type?.type === 'TIMESTAMP') return timestamps(TICKS[logical_type.unit]);
  if (converted_type === 'TIMESTAMP_MILLIS') return timestamps(1000);
  if (converted_type === 'TIMESTAMP_MICROS') return timestamps(1_000_000);
  const isSigned =
    converted_type !== 'UINT_64' && !(logical_type?.type === 'INTEGER' && !logical_type.isSigned);
  return {
    kind: 'number',
    open: (target) => {
      const sink = new IntegerSink(target);
      const add = (cells: Cells, values: PhysicalValues) => {
        const words = wordsOf(values);
        sink.add(cells, int64Numbers(words, isSigned), () => int64Texts(words, isSigned));
      };
      return { sink, add, texts: null };
    },
  };
}

const TICKS = { MILLIS: 1000, MICROS: 1_000_000, NANOS: 1_000_000_000 } as const;

function timestamps(ticks: TicksPerSecond): Opener {
  return dates((values) => timestampsToMs(wordsOf(values), ticks));
}

function dates(toMs: (values: PhysicalValues) => Float64Array): Opener {
  return {
    kind: 'date',
    open: (target) => {
      const sink = new NumberSink(target, 'date');
      return { sink, add: (cells, values) => sink.add(cells, toMs(values)), texts: null };
    },
  };
}

type PlainNumbers = Int32Array | Float32Array | Float64Array;

function numbers(spelling: 'shortest' | 'float', convert: (values: PlainNumbers) => PlainNumbers): Opener {
  return {
    kind: 'number',
    open: (target) => {
      const sink = new NumberSink(target, 'number', spelling);
      return { sink, add: (cells, values) => sink.add(cells, convert(numbersOf(values))), texts: null };
    },
  };
}

const booleans: Opener = {
  kind: 'category',
  open: (target) => {
    const sink = new BooleanSink(target);
    const add = (cells: Cells, values: PhysicalValues) => {
      if (values.kind !== 'booleans') throw new TypeError('its values are no booleans');
      sink.add(cells, values.values);
    };
    return { sink, add, texts: null };
  },
};

function decimals(type: PhysicalType['type'], scale: number): Opener | string {
  if (type === 'FLOAT' || type === 'DOUBLE' || type === 'BOOLEAN' || type === 'INT96')
    return 'has a damaged type';
  return {
    kind: 'number',
    open: (target) => {
      const sink = new IntegerSink(target, scale > 0 ? 'mixed' : 'shortest');
      const add = (cells: Cells, values: PhysicalValues) => {
        const unscaled = unscaledOf(values);
        sink.add(cells, decimalNumbers(unscaled, scale), () => decimalTexts(unscaled, scale));
      };
      return { sink, add, texts: null };
    },
  };
}

function byteArrays({ converted_type, logical_type }: SchemaElement): Opener | string {
  if (converted_type === 'BSON' || logical_type?.type === 'BSON') return 'holds BSON documents';
  if (logical_type?.type === 'GEOMETRY' || logical_type?.type === 'GEOGRAPHY') return 'holds shapes';
  return {
    kind: null,
    open: (target) => {
      const sink = new TextSink(target);
      return { sink, add: (cells, values) => sink.add(cells, bytesOf(values)), texts: sink };
    },
  };
}

function fixedBytes({ converted_type, logical_type }: SchemaElement, width: number): Opener | string {
  if (logical_type?.type === 'FLOAT16' && width === 2) {
    return {
      kind: 'number',
      open: (target) => {
        const sink = new NumberSink(target, 'number', 'float');
        const add = (cells: Cells, values: PhysicalValues) =>
          sink.add(cells, halfFloats(new Uint16Array(contiguous(values, 2).buffer)));
        return { sink, add, texts: null };
      },
    };
  }
  if (logical_type?.type === 'UUID' && width === 16) {
    return {
      kind: null,
      open: (target) => {
        const sink = new TextSink(target);
        return { sink, add: (cells, values) => sink.add(cells, uuidTexts(bytesOf(values))), texts: null };
      },
    };
  }
  return converted_type === 'INTERVAL' ? 'holds intervals' : 'holds binary data';
}

function isMaybeBinary({ type, converted_type, logical_type }: SchemaElement): boolean {
  return type === 'BYTE_ARRAY' && converted_type === undefined && logical_type === undefined;
}

function numbersOf(values: PhysicalValues): PlainNumbers {
  if (values.kind !== 'numbers') throw new TypeError('its values are no numbers');
  return values.values;
}

function wordsOf(values: PhysicalValues): Int32Array {
  if (values.kind !== 'words') throw new TypeError('its values are no 64-bit integers');
  return values.values;
}

function bytesOf(values: PhysicalValues) {
  if (values.kind !== 'bytes') throw new TypeError('its values are no texts');
  return values;
}

/** Values of a fixed width in a buffer of their own (those of a dictionary lie anywhere). */
function contiguous(values: PhysicalValues, width: number): Uint8Array<ArrayBuffer> {
  const { bytes, starts } = bytesOf(values);
  const out = new Uint8Array(starts.length * width);
  for (let i = 0; i < starts.length; i++) out.set(bytes.subarray(starts[i]!, starts[i]! + width), i * width);
  return out;
}

function unscaledOf(values: PhysicalValues): Unscaled {
  if (values.kind === 'bytes') return { ...values, isLittleEndian: false };
  const width = values.kind === 'words' ? 8 : 4;
  const words = values.kind === 'words' ? values.values : Int32Array.from(numbersOf(values));
  const count = (words.length * 4) / width;
  return {
    bytes: new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
    starts: Uint32Array.from({ length: count }, (_, i) => i * width),
    ends: Uint32Array.from({ length: count }, (_, i) => (i + 1) * width),
    isLittleEndian: true,
  };
}

/** 36 characters each: 8-4-4-4-12 hexadecimal digits. */
function uuidTexts({ bytes, starts }: { bytes: Uint8Array; starts: ArrayLike<number> }) {
  const out = new Uint8Array(starts.length * 36);
  const digit = (value: number) => (value < 10 ? 0x30 : 0x57) + value;
  for (let i = 0; i < starts.length; i++) {
    let at = i * 36;
    for (let byte = 0; byte < 16; byte++) {
      if (byte === 4 || byte === 6 || byte === 8 || byte === 10) out[at++] = 0x2d;
      const value = bytes[starts[i]! + byte]!;
      out[at++] = digit(value >> 4);
      out[at++] = digit(value & 15);
    }
  }
  return {
    bytes: out,
    starts: Uint32Array.from(starts, (_, i) => i * 36),
    ends: Uint32Array.from(starts, (_, i) => (i + 1) * 36),
  };
}
