import { BooleanSink } from '../typed/boolean-sink.ts';
import type { NumberArray } from '../typed/cells.ts';
import { decimalNumbers, decimalTexts } from '../typed/decimals.ts';
import { IntegerSink } from '../typed/integer-sink.ts';
import { daysToMs, halfFloats, int64Numbers, int64Texts, timestampsToMs } from '../typed/integers.ts';
import { NumberSink } from '../typed/number-sink.ts';
import { TextSink } from '../typed/text-sink.ts';
import { aligned, bitsOf, cellsOf } from './arrow-buffers.ts';
import { dictionaryColumn } from './arrow-dictionary.ts';
import { type ArrowColumn, type ArrowPlan, int32s, intArray } from './arrow-plan.ts';
import { type ArrowField, ArrowType, type IntType, readInt } from './arrow-schema.ts';
import { isTextType, textsOf } from './arrow-texts.ts';

/** What kind of values a column holds, as far as Cutline reads them; a string says why it does not. */
export function planArrowColumn(field: ArrowField): ArrowPlan | string {
  if (field.dictionary !== null) return dictionaryColumn(field, field.dictionary.index, planValues(field));
  return planValues(field);
}

function planValues(field: ArrowField): ArrowPlan | string {
  const { typeId, type } = field;
  if (isTextType(typeId)) return texts(typeId);
  switch (typeId) {
    case ArrowType.Null:
      return nulls;
    case ArrowType.Bool:
      return booleans;
    case ArrowType.Int:
      return type === null ? 'has a damaged type' : integers(readInt(type));
    case ArrowType.FloatingPoint:
      return FLOATS[type?.int16(0) ?? 0] ?? 'has a damaged type';
    case ArrowType.Decimal:
      return decimals(type?.int32(1) ?? 0, (type?.int32(2, 128) ?? 128) / 8);
    case ArrowType.Date:
      return type?.int16(0, 1) === 0
        ? dates(4, (bytes) => daysToMs(int32s(bytes)))
        : dates(8, (bytes) => timestampsToMs(int32s(bytes), 1000));
    case ArrowType.Timestamp: {
      const ticks = ([1, 1000, 1_000_000, 1_000_000_000] as const)[type?.int16(0) ?? 0];
      return ticks === undefined
        ? 'has a damaged type'
        : dates(8, (bytes) => timestampsToMs(int32s(bytes), ticks));
    }
    default:
      return OTHERS[typeId] ?? 'holds nested values';
  }
}

const OTHERS: Readonly<Record<number, string>> = {
  [ArrowType.Binary]: 'holds binary data',
  [ArrowType.LargeBinary]: 'holds binary data',
  [ArrowType.BinaryView]: 'holds binary data',
  [ArrowType.FixedSizeBinary]: 'holds binary data',
  [ArrowType.Time]: 'holds times of day',
  [ArrowType.Duration]: 'holds durations',
  [ArrowType.Interval]: 'holds intervals',
  [ArrowType.List]: 'holds lists',
  [ArrowType.LargeList]: 'holds lists',
  [ArrowType.FixedSizeList]: 'holds lists',
  [ArrowType.ListView]: 'holds lists',
  [ArrowType.LargeListView]: 'holds lists',
  [ArrowType.Map]: 'holds maps',
  [ArrowType.RunEndEncoded]: 'holds run-end encoded values',
};

function texts(typeId: number): ArrowPlan {
  return {
    kind: null,
    width: 0,
    open: (target) => {
      const sink = new TextSink(target);
      const add: ArrowColumn['add'] = (count, buffers) =>
        sink.add(cellsOf(buffers[0]!, count), textsOf(typeId, buffers, count));
      return { sink, add };
    },
  };
}

const nulls: ArrowPlan = {
  kind: 'number',
  width: 0,
  open: (target) => {
    const sink = new NumberSink(target, 'number');
    const add: ArrowColumn['add'] = (count) => {
      sink.add({ count, present: new Uint8Array(count), isCompact: true }, new Float64Array(0));
    };
    return { sink, add };
  },
};

const booleans: ArrowPlan = {
  kind: 'category',
  width: 0,
  open: (target) => {
    const sink = new BooleanSink(target);
    const add: ArrowColumn['add'] = (count, [validity, bits]) =>
      sink.add(cellsOf(validity!, count), bitsOf(bits!, count));
    return { sink, add };
  },
};

function integers({ bitWidth, isSigned }: IntType): ArrowPlan | string {
  if (bitWidth === 64) return longs(isSigned);
  const read = intArray(bitWidth, isSigned);
  return read === null ? 'has a damaged type' : numbers('number', bitWidth / 8, 'shortest', read);
}

function longs(isSigned: boolean): ArrowPlan {
  return {
    kind: 'number',
    width: 8,
    open: (target) => {
      const sink = new IntegerSink(target);
      const add: ArrowColumn['add'] = (count, [validity, values]) => {
        const cells = cellsOf(validity!, count);
        const words = int32s(cleared(aligned(values!, count, 8), cells.present, 8));
        sink.add(cells, int64Numbers(words, isSigned), () => int64Texts(words, isSigned));
      };
      return { sink, add };
    },
  };
}

function decimals(scale: number, width: number): ArrowPlan | string {
  if (![4, 8, 16, 32].includes(width)) return 'has a damaged type';
  return {
    kind: 'number',
    width,
    open: (target) => {
      const sink = new IntegerSink(target, scale > 0 ? 'mixed' : 'shortest');
      const add: ArrowColumn['add'] = (count, [validity, values]) => {
        const cells = cellsOf(validity!, count);
        const unscaled = {
          bytes: cleared(aligned(values!, count, width), cells.present, width),
          starts: Uint32Array.from({ length: count }, (_, i) => i * width),
          ends: Uint32Array.from({ length: count }, (_, i) => (i + 1) * width),
          isLittleEndian: true,
        };
        sink.add(cells, decimalNumbers(unscaled, scale), () => decimalTexts(unscaled, scale));
      };
      return { sink, add };
    },
  };
}

/** Values of missing cells may be anything; as zeros they make no column one of ids. */
function cleared(bytes: Uint8Array, present: Uint8Array | null, width: number): Uint8Array {
  if (present === null) return bytes;
  const copy = bytes.slice();
  for (let i = 0; i < present.length; i++) if (present[i] === 0) copy.fill(0, i * width, (i + 1) * width);
  return copy;
}

function dates(width: number, toMs: (bytes: Uint8Array) => Float64Array): ArrowPlan {
  return numbers('date', width, 'shortest', toMs);
}

function numbers(
  kind: 'number' | 'date',
  width: number,
  spelling: 'shortest' | 'float',
  read: (bytes: Uint8Array) => NumberArray,
): ArrowPlan {
  return {
    kind,
    width,
    open: (target) => {
      const sink = new NumberSink(target, kind, spelling);
      const add: ArrowColumn['add'] = (count, [validity, values]) =>
        sink.add(cellsOf(validity!, count), read(aligned(values!, count, width)));
      return { sink, add };
    },
  };
}

/** By precision: half, single, double. */
const FLOATS: readonly (ArrowPlan | undefined)[] = [
  numbers('number', 2, 'float', (bytes) =>
    halfFloats(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)),
  ),
  numbers(
    'number',
    4,
    'float',
    (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  ),
  numbers(
    'number',
    8,
    'float',
    (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8),
  ),
];
