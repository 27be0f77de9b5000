import type { Cells, NumberArray, Texts } from '../typed/cells.ts';
import { int64Numbers } from '../typed/integers.ts';
import { NumberSink } from '../typed/number-sink.ts';
import { TextSink } from '../typed/text-sink.ts';
import { allocateBuffer } from '../typed/typed-table.ts';
import { aligned, cellsOf } from './arrow-buffers.ts';
import { type ArrowColumn, type ArrowDictionary, type ArrowPlan, intArray } from './arrow-plan.ts';
import type { ArrowField, IntType } from './arrow-schema.ts';
import { isTextType, textsOf } from './arrow-texts.ts';

/** A column of codes; its values are texts, numbers or dates. A string says why it is not read. */
export function dictionaryColumn(
  field: ArrowField,
  index: IntType,
  values: ArrowPlan | string,
): ArrowPlan | string {
  if (typeof values === 'string') return values;
  const readCodes = codeReader(index);
  if (readCodes === null) return 'has a damaged type';
  const width = index.bitWidth / 8;
  if (isTextType(field.typeId))
    return { kind: null, width, open: (target) => openTexts(new TextSink(target)) };
  const { kind } = values;
  if (kind !== 'number' && kind !== 'date') return 'holds booleans in a dictionary';
  return { kind, width, open: (target) => openNumbers(new NumberSink(target, kind)) };

  function openTexts(sink: TextSink): ArrowColumn {
    const add: ArrowColumn['add'] = (count, [validity, codes], dictionary) => {
      if (dictionary?.kind !== 'texts') throw new Error('its dictionary is missing');
      sink.addCoded(cellsOf(validity!, count), readCodes!(aligned(codes!, count, width)), dictionary.texts);
    };
    return { sink, add };
  }

  function openNumbers(sink: NumberSink): ArrowColumn {
    const add: ArrowColumn['add'] = (count, [validity, codes], dictionary) => {
      if (dictionary?.kind !== 'numbers') throw new Error('its dictionary is missing');
      const cells = cellsOf(validity!, count);
      sink.add(cells, gathered(cells, readCodes!(aligned(codes!, count, width)), dictionary.values));
    };
    return { sink, add };
  }
}

function codeReader({ bitWidth, isSigned }: IntType): ((bytes: Uint8Array) => NumberArray) | null {
  if (bitWidth !== 64) return intArray(bitWidth, isSigned);
  return (bytes) =>
    int64Numbers(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), isSigned).numbers;
}

function gathered({ count, present }: Cells, codes: NumberArray, values: Float64Array): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (present !== null && present[i] === 0) continue;
    const code = codes[i]!;
    if (!(code >= 0 && code < values.length)) throw new RangeError('a value lies outside its dictionary');
    out[i] = values[code]!;
  }
  return out;
}

/**
 * The dictionary after a batch of it: a new one, or `before` with more values.
 *
 * @param plan of the values
 * @throws {Error} the batch is damaged, or holds whole numbers beyond 2^53
 */
export function readDictionary(
  field: ArrowField,
  plan: ArrowPlan,
  count: number,
  buffers: readonly Uint8Array[],
  before: ArrowDictionary | null,
): ArrowDictionary {
  if (isTextType(field.typeId)) {
    const texts = presentTexts(textsOf(field.typeId, buffers, count), cellsOf(buffers[0]!, count));
    return { kind: 'texts', texts: before?.kind === 'texts' ? joinedTexts(before.texts, texts) : texts };
  }
  const column = plan.open({ name: field.name, rowCount: count, allocate: allocateBuffer });
  column.add(count, buffers, null);
  const read = column.sink.finish().column;
  if (read.kind !== 'number' && read.kind !== 'date')
    throw new Error('its dictionary holds whole numbers beyond 2^53');
  if (before?.kind !== 'numbers') return { kind: 'numbers', values: read.values };
  const values = new Float64Array(before.values.length + count);
  values.set(before.values);
  values.set(read.values, before.values.length);
  return { kind: 'numbers', values };
}

/** A missing value of the dictionary as the empty text, which is missing too. */
function presentTexts(texts: Texts, { present }: Cells): Texts {
  if (present === null) return texts;
  const ends = Float64Array.from(texts.ends, (end, i) => (present[i] === 0 ? texts.starts[i]! : end));
  return { ...texts, ends };
}

function joinedTexts(before: Texts, more: Texts): Texts {
  const bytes = new Uint8Array(before.bytes.length + more.bytes.length);
  bytes.set(before.bytes);
  bytes.set(more.bytes, before.bytes.length);
  const shifted = (offsets: ArrayLike<number>) => Array.from(offsets, (at) => at + before.bytes.length);
  return {
    bytes,
    starts: Float64Array.from([...Array.from(before.starts), ...shifted(more.starts)]),
    ends: Float64Array.from([...Array.from(before.ends), ...shifted(more.ends)]),
  };
}
