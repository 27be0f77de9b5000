import type { DataPageHeader, DataPageHeaderV2, PageHeader } from 'hyparquet/src/types.js';
import { updateCrc } from '../crc32.ts';
import type { Cells } from '../typed/cells.ts';
import type { ColumnReader } from './column-plan.ts';
import { decompress } from './decompress.ts';
import { readHybrid } from './hybrid.ts';
import { lookUp, type PhysicalType, type PhysicalValues, readValues } from './page-values.ts';

/** What is needed to read the pages of one column chunk. */
export interface PageContext {
  readonly codec: string;
  readonly physical: PhysicalType;
  readonly isOptional: boolean;
}

/**
 * The values of a dictionary page.
 *
 * @param bytes of the page, packed
 * @throws {Error} the page is damaged
 */
export function readDictionaryPage(
  header: PageHeader,
  bytes: Uint8Array,
  { codec, physical }: PageContext,
): PhysicalValues {
  const { dictionary_page_header: about } = header;
  if (about === undefined) throw new Error('a dictionary page without its header');
  checkCrc(header, bytes);
  const page = decompress(codec, bytes, header.uncompressed_page_size);
  return readValues(page, countOf(about.num_values), 'PLAIN', physical);
}

/**
 * Puts the cells of a data page (version 1 or 2) into a column.
 *
 * @param bytes of the page, packed
 * @param most rows that are still to come in the row group
 * @returns number of rows
 * @throws {Error} the page is damaged
 */
export function readDataPage(
  header: PageHeader,
  bytes: Uint8Array,
  context: PageContext,
  dictionary: PhysicalValues | null,
  reader: ColumnReader,
  most: number,
): number {
  checkCrc(header, bytes);
  const about = header.data_page_header ?? header.data_page_header_v2;
  if (about === undefined) throw new Error('a data page without its header');
  const count = countOf(about.num_values);
  if (count > most) throw new RangeError('it has more values than the row group has rows');
  const page =
    header.data_page_header !== undefined
      ? firstVersion(header, bytes, context, header.data_page_header)
      : secondVersion(header, bytes, context, about as DataPageHeaderV2);
  const { present, values } = page;
  const cells: Cells = { count, present: present.mask, isCompact: true };
  const { encoding } = about;
  if (encoding !== 'PLAIN_DICTIONARY' && encoding !== 'RLE_DICTIONARY') {
    reader.add(cells, readValues(values, present.count, encoding, context.physical));
    return count;
  }
  if (dictionary === null) throw new Error('a page whose dictionary is missing');
  const codes = new Int32Array(present.count);
  if (codes.length > 0) readHybrid(values, 1, values.length, values[0]!, codes);
  if (reader.texts !== null && dictionary.kind === 'bytes') reader.texts.addCoded(cells, codes, dictionary);
  else reader.add(cells, lookUp(dictionary, codes));
  return count;
}

interface SplitPage {
  readonly present: Presence;
  readonly values: Uint8Array;
}

interface Presence {
  /** null when all cells have a value. */
  readonly mask: Uint8Array | null;
  /** Cells with a value. */
  readonly count: number;
}

/** Version 1: levels, preceded by their length, and values are packed together. */
function firstVersion(
  header: PageHeader,
  bytes: Uint8Array,
  { codec, isOptional }: PageContext,
  { num_values: count, definition_level_encoding: levels }: DataPageHeader,
): SplitPage {
  const page = decompress(codec, bytes, header.uncompressed_page_size);
  if (!isOptional) return { present: { mask: null, count }, values: page };
  if (levels !== 'RLE') throw new Error(`definition levels in the encoding ${levels}`);
  if (page.length < 4) throw new RangeError('its definition levels are cut off');
  const length = new DataView(page.buffer, page.byteOffset, 4).getUint32(0, true);
  if (4 + length > page.length) throw new RangeError('its definition levels are cut off');
  return { present: presenceOf(page, 4, 4 + length, count), values: page.subarray(4 + length) };
}

/** Version 2: levels come first and are never packed. */
function secondVersion(
  header: PageHeader,
  bytes: Uint8Array,
  { codec, isOptional }: PageContext,
  about: DataPageHeaderV2,
): SplitPage {
  const repetition = about.repetition_levels_byte_length ?? 0;
  const definition = about.definition_levels_byte_length ?? 0;
  const levels = repetition + definition;
  if (!(repetition >= 0 && definition >= 0 && levels <= bytes.length))
    throw new RangeError('its levels are cut off');
  const packed = bytes.subarray(levels);
  const values =
    about.is_compressed === false
      ? packed
      : decompress(codec, packed, header.uncompressed_page_size - levels);
  const present = isOptional
    ? presenceOf(bytes, repetition, levels, about.num_values)
    : { mask: null, count: about.num_values };
  return { present, values };
}

/** Definition levels of a flat column: 1 = the cell has a value. */
function presenceOf(bytes: Uint8Array, start: number, end: number, cells: number): Presence {
  const mask = new Uint8Array(cells);
  readHybrid(bytes, start, end, 1, mask);
  let count = 0;
  for (let i = 0; i < cells; i++) count += mask[i]!;
  return { mask: count === cells ? null : mask, count };
}

function countOf(count: number): number {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('a page without a number of values');
  return count;
}

function checkCrc({ crc }: PageHeader, bytes: Uint8Array): void {
  if (crc !== undefined && ~updateCrc(-1, bytes) >>> 0 !== crc >>> 0)
    throw new Error('the checksum (CRC32) of a page does not match');
}
