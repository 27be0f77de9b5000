/**
 * Bytes that can be read piece by piece, in the browser (a File or Blob is one) and in Node (`fs.openAsBlob`).
 * The structural form lets pure zones name it without the DOM.
 */
export interface ByteSource {
  readonly size: number;
  slice(start: number, end: number): ByteSource;
  arrayBuffer(): Promise<ArrayBuffer>;
}
