import { parquetHeader } from 'hyparquet/src/column.js';
import type { PageHeader } from 'hyparquet/src/types.js';

/** Most headers take fifty bytes; those with long statistics more. */
export const HEADER_BYTES = 64 * 1024;

export interface ReadHeader {
  readonly header: PageHeader;
  /** Bytes that the header takes. */
  readonly length: number;
}

/**
 * The page header at the start of `bytes`, its sizes checked.
 *
 * @param remaining bytes of the column chunk from here on
 * @throws {Error} it is none, or its page would reach beyond the chunk
 */
export function readPageHeader(bytes: Uint8Array, remaining: number): ReadHeader {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const header = parquetHeader(reader);
  const length = reader.offset;
  const sizes = [header.compressed_page_size, header.uncompressed_page_size];
  if (!sizes.every((size) => Number.isInteger(size) && size >= 0))
    throw new RangeError('a page without a size');
  if (length + header.compressed_page_size > remaining)
    throw new RangeError('a page reaches beyond its column chunk');
  return { header, length };
}
