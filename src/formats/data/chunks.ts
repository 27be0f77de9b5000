/** A file to read piece by piece; `ByteSource` of contracts, a browser's File and Node's `openAsBlob` have this shape. */
export interface SlicedBytes {
  readonly size: number;
  slice(start: number, end: number): SlicedBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** 1 MB: few round trips to the disk, and a cancel message is heard every 10 ms or so of parsing. */
const CHUNK_BYTES = 1024 * 1024;

/** The bytes of a source in order, in chunks of at most `chunkBytes`. */
export async function* chunksOf(source: SlicedBytes, chunkBytes = CHUNK_BYTES): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < source.size; start += chunkBytes) {
    const end = Math.min(source.size, start + chunkBytes);
    yield new Uint8Array(await source.slice(start, end).arrayBuffer());
  }
}
