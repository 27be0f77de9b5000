/** The first bytes of a file, by which it is told what it is. */
import { HEAD_BYTES } from './file-kind.ts';

/** Packed bytes that surely unpack to a head. */
const PACKED_BYTES = 65_536;

/**
 * The first {@link HEAD_BYTES} bytes of a file; of what is in it when it is gzipped. A damaged archive gives its own bytes.
 * @throws {DOMException} when the file cannot be read
 */
export async function headOf(file: Blob): Promise<Uint8Array> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  return (await unpackedHead(file.slice(0, PACKED_BYTES))) ?? head;
}

async function unpackedHead(packed: Blob): Promise<Uint8Array | null> {
  const reader = packed.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      const part = value.subarray(0, HEAD_BYTES - length);
      head.set(part, length);
      length += part.length;
    }
  } catch {
    // Cut off on purpose, or damaged: what came out before that is enough, or there is nothing.
  }
  reader.cancel().catch(() => undefined);
  return length === 0 ? null : head.subarray(0, length);
}
