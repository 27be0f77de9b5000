import type { FlatTable } from './flat-table.ts';

/** Numbers of the union `Type` in Arrow's Schema.fbs. */
export const ArrowType = {
  Null: 1,
  Int: 2,
  FloatingPoint: 3,
  Binary: 4,
  Utf8: 5,
  Bool: 6,
  Decimal: 7,
  Date: 8,
  Time: 9,
  Timestamp: 10,
  Interval: 11,
  List: 12,
  Struct: 13,
  Union: 14,
  FixedSizeBinary: 15,
  FixedSizeList: 16,
  Map: 17,
  Duration: 18,
  LargeBinary: 19,
  LargeUtf8: 20,
  LargeList: 21,
  RunEndEncoded: 22,
  BinaryView: 23,
  Utf8View: 24,
  ListView: 25,
  LargeListView: 26,
} as const;

export interface IntType {
  readonly bitWidth: number;
  readonly isSigned: boolean;
}

export interface ArrowField {
  readonly name: string;
  /** One of `ArrowType`: of a dictionary-encoded column that of its values. */
  readonly typeId: number;
  /** What the type says of itself: bit width, unit, scale. */
  readonly type: FlatTable | null;
  readonly dictionary: { readonly id: number; readonly index: IntType } | null;
  readonly children: readonly ArrowField[];
}

export interface ArrowSchema {
  readonly isLittleEndian: boolean;
  readonly fields: readonly ArrowField[];
}

/** Schemas are no deeper than this; a damaged one may refer to itself. */
const MOST_DEPTH = 64;

/** @throws {Error} the schema is damaged */
export function readSchema(schema: FlatTable): ArrowSchema {
  return {
    isLittleEndian: schema.int16(0) === 0,
    fields: schema.tables(1).map((field) => readField(field, 0)),
  };
}

function readField(field: FlatTable, depth: number): ArrowField {
  if (depth > MOST_DEPTH) throw new RangeError('a column is nested too deeply');
  const dictionary = field.table(4);
  const index = dictionary?.table(1) ?? null;
  return {
    name: field.text(0) ?? '',
    typeId: field.byte(2),
    type: field.table(3),
    dictionary:
      dictionary === null
        ? null
        : {
            id: dictionary.int64(0),
            // Absent means int32.
            index: index === null ? { bitWidth: 32, isSigned: true } : readInt(index),
          },
    children: field.tables(5).map((child) => readField(child, depth + 1)),
  };
}

export function readInt(type: FlatTable): IntType {
  return { bitWidth: type.int32(0), isSigned: type.byte(1) !== 0 };
}

/** What a column takes of a record batch's lists. */
export interface Layout {
  nodes: number;
  buffers: number;
  /** Columns of views among it, each with a number of buffers of its own. */
  views: number;
}

/** Own buffers of a type, without children's; validity counts. Source: Arrow columnar format, "Buffer Listing for Each Layout". */
const BUFFERS: Readonly<Record<number, number>> = {
  [ArrowType.Null]: 0,
  [ArrowType.RunEndEncoded]: 0,
  [ArrowType.Struct]: 1,
  [ArrowType.FixedSizeList]: 1,
  [ArrowType.Binary]: 3,
  [ArrowType.Utf8]: 3,
  [ArrowType.LargeBinary]: 3,
  [ArrowType.LargeUtf8]: 3,
  [ArrowType.ListView]: 3,
  [ArrowType.LargeListView]: 3,
};
const BUFFERS_OF_OTHERS = 2;
/** Version 5 of the metadata dropped the validity of unions. */
const VERSION_5 = 4;

/** Nodes and buffers that a column takes, children's included. @throws {Error} the type is unknown */
export function layoutOf(field: ArrowField, version: number): Layout {
  const { typeId, type, dictionary, children } = field;
  if (dictionary !== null) return { nodes: 1, buffers: BUFFERS_OF_OTHERS, views: 0 };
  if (typeId < ArrowType.Null || typeId > ArrowType.LargeListView) throw new Error(`a type number ${typeId}`);
  const isView = typeId === ArrowType.BinaryView || typeId === ArrowType.Utf8View;
  const layout: Layout = { nodes: 1, buffers: BUFFERS[typeId] ?? BUFFERS_OF_OTHERS, views: isView ? 1 : 0 };
  if (typeId === ArrowType.Union) {
    const isDense = type?.int16(0) === 1;
    layout.buffers = 1 + (isDense ? 1 : 0) + (version < VERSION_5 ? 1 : 0);
  }
  for (const child of children) {
    const inner = layoutOf(child, version);
    layout.nodes += inner.nodes;
    layout.buffers += inner.buffers;
    layout.views += inner.views;
  }
  return layout;
}
