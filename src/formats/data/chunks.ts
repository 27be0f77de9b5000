/** A file to read piece by piece; `ByteSource` of contracts, a browser's File and Node's `openAsBlob` have this shape. */
export interface SlicedBytes {
  readonly size: number;
  slice(start: number, end: number): SlicedBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** 4 MB: few round trips to the disk (a quarter of the time of 1 MB in Node), and a cancel message is heard every 50 ms of parsing. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** The bytes of a source in order, in chunks of at most `chunkBytes`; the next one is read while the caller works on this one. */
export async function* chunksOf(source: SlicedBytes, chunkBytes = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
  let next = readChunk(source, 0, chunkBytes);
  for (let end = chunkBytes; ; end += chunkBytes) {
    const chunk = await next;
    if (end >= source.size) {
      if (chunk.length > 0) yield chunk;
      return;
    }
    next = readChunk(source, end, chunkBytes);
    // A failed read is reported when it is awaited; until then it must not count as unhandled.
    next.catch(() => {});
    yield chunk;
  }
}

async function readChunk(source: SlicedBytes, start: number, chunkBytes: number): Promise<Uint8Array> {
  const end = Math.min(source.size, start + chunkBytes);
  return new Uint8Array(await source.slice(start, end).arrayBuffer());
}
