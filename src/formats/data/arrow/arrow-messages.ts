import { ByteWindow } from '../byte-window.ts';
import type { SlicedBytes } from '../chunks.ts';
import { type ArrowSchema, readSchema } from './arrow-schema.ts';
import { FlatTable } from './flat-table.ts';

/** A record batch's lists, checked against its body. */
export interface BatchHead {
  readonly rowCount: number;
  /** Length of each column and child, in the order of the schema. */
  readonly nodeLengths: Float64Array;
  /** Offset (in the body) and length of each buffer, in turns. */
  readonly regions: Float64Array;
  /** Buffers of each column of views. */
  readonly variadicCounts: Float64Array;
  readonly compression: 'lz4' | 'zstd' | null;
  /** Offsets of the body in the file. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export type ArrowMessage =
  | { readonly kind: 'batch'; readonly batch: BatchHead }
  | {
      readonly kind: 'dictionary';
      readonly batch: BatchHead;
      readonly id: number;
      readonly isDelta: boolean;
    };

/** All that an Arrow file or stream says of itself; no column has been read. */
export interface ArrowOutline {
  readonly schema: ArrowSchema;
  readonly version: number;
  readonly messages: readonly ArrowMessage[];
}

/** Numbers of the union `MessageHeader` in Arrow's Message.fbs. */
const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
/** Before a message since version 0.15 of Arrow. */
const CONTINUATION = 0xffffffff;
/** The schema of twenty thousand columns takes some 5 MB. */
const MOST_HEAD_BYTES = 64 * 1024 * 1024;
/** A look at the next message, not at the body behind it. */
const LOOK_BYTES = 64 * 1024;

/** Runs what looks at the file's bytes, and makes errors of ours of what that throws. */
export type Guard = <T>(decode: () => T) => T;

/**
 * Reads the heads of all messages from `start`, bodies passed over.
 *
 * @param guard around all that looks at bytes: what the source throws goes through as it is
 * @param onMessage called after each; what it awaits is awaited, what it throws ends the reading
 */
export async function readMessages(
  source: SlicedBytes,
  start: number,
  end: number,
  guard: Guard,
  onMessage: () => Promise<void> | void,
): Promise<ArrowOutline> {
  const window = new ByteWindow(source, start, end, LOOK_BYTES);
  const found: FoundMessages = { schema: null, version: 0, messages: [] };
  for (;;) {
    const prefix = await window.peek(8);
    const length = guard(() => headLength(prefix, window));
    if (length === 0) break;
    const head = await window.take(length);
    window.offset = guard(() => addMessage(found, head, window.offset, end));
    await onMessage();
  }
  const { schema, version, messages } = found;
  return guard(() => {
    if (schema === null) throw new Error('it has no schema');
    return { schema, version, messages };
  });
}

interface FoundMessages {
  schema: ArrowSchema | null;
  version: number;
  readonly messages: ArrowMessage[];
}

/** Length of the next message's flatbuffer, and the window set to it; 0 at the end of the stream. */
function headLength(prefix: Uint8Array, window: ByteWindow): number {
  if (prefix.length === 0) return 0;
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const isMarked = view.getUint32(0, true) === CONTINUATION;
  const length = view.getUint32(isMarked ? 4 : 0, true);
  window.offset += isMarked ? 8 : 4;
  if (length > Math.min(window.remaining, MOST_HEAD_BYTES)) throw new RangeError('it ends too early');
  return length;
}

/** Returns the offset of the next message. */
function addMessage(found: FoundMessages, head: Uint8Array, bodyStart: number, end: number): number {
  const message = FlatTable.root(head);
  const bodyLength = message.int64(3);
  if (bodyLength < 0 || bodyLength > end - bodyStart) throw new RangeError('it ends too early');
  const body = { start: bodyStart, end: bodyStart + bodyLength };
  const header = message.table(2);
  const kind = message.byte(1);
  if (header === null) throw new Error('a message without content');
  if (kind === SCHEMA) {
    if (found.schema !== null) throw new Error('a second schema');
    found.version = message.int16(0);
    found.schema = readSchema(header);
    return body.end;
  }
  if (found.schema === null) throw new Error('values before the schema');
  if (kind === RECORD_BATCH) found.messages.push({ kind: 'batch', batch: readBatch(header, body) });
  else if (kind === DICTIONARY_BATCH) found.messages.push(readDictionary(header, body));
  else throw new Error(`a message of kind ${kind}`);
  return body.end;
}

function readDictionary(header: FlatTable, body: { start: number; end: number }): ArrowMessage {
  const data = header.table(1);
  if (data === null) throw new Error('a dictionary without values');
  return {
    kind: 'dictionary',
    batch: readBatch(data, body),
    id: header.int64(0),
    isDelta: header.byte(2) !== 0,
  };
}

function readBatch(header: FlatTable, body: { start: number; end: number }): BatchHead {
  const rowCount = header.int64(0);
  const nodes = header.longs(1, 2);
  const regions = header.longs(2, 2);
  const compression = header.table(3);
  for (let i = 0; i < regions.length; i += 2) {
    const [offset, length] = [regions[i]!, regions[i + 1]!];
    if (offset < 0 || length < 0 || offset + length > body.end - body.start)
      throw new RangeError('a column reaches beyond its batch');
  }
  if (rowCount < 0) throw new RangeError('a batch without a number of rows');
  return {
    rowCount,
    nodeLengths: nodes.filter((_, i) => i % 2 === 0),
    regions,
    variadicCounts: header.longs(4, 1),
    compression: compression === null ? null : codecOf(compression.byte(0)),
    bodyStart: body.start,
    bodyEnd: body.end,
  };
}

function codecOf(codec: number): 'lz4' | 'zstd' {
  if (codec > 1) throw new Error(`a compression number ${codec}`);
  return codec === 0 ? 'lz4' : 'zstd';
}
