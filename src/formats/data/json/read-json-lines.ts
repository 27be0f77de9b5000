import { chunksOf, type SlicedBytes } from '../chunks.ts';
import type { OutlineOptions, TableOptions, TableRead } from '../table-format.ts';
import type { TableOutline } from '../table-outline.ts';
import { MOST_TABLE_BYTES } from '../table-size.ts';
import { outlineText } from '../text-outline.ts';
import { readText } from '../text-parser.ts';
import { JsonLinesParser } from './json-lines-parser.ts';

/**
 * Reads JSON lines, gzipped or not, in one streaming pass: one object a line, its keys the columns in order of first
 * appearance. Blank lines are skipped. Cells are read as those of CSV are, see `JsonLinesParser`.
 *
 * @throws {FormatError} `invalid-json` | `invalid-utf8` | `no-rows` | `too-many-columns` | `too-large` | `corrupt-gzip`
 * @throws {DataError} `column-missing` (at the end of the file: only then all keys are known) | `invalid-argument`
 */
export async function readJsonLines(source: SlicedBytes, options: TableOptions): Promise<TableRead> {
  const parser = new JsonLinesParser(options);
  const chunks = chunksOf(source);
  const read = await readText(chunks, parser, { ...options, sourceBytes: source.size });
  const { parsed, compression, byteLength } = read;
  return { ...parsed, format: formatName(compression !== null), byteLength };
}

/** Rows and columns as far as the first megabyte shows them, see `outlineText`. @throws {FormatError} as `readJsonLines` */
export async function outlineJsonLines(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline> {
  const { name, maxTableBytes = MOST_TABLE_BYTES } = options;
  const { isGzip, ...outline } = await outlineText(source, name, new JsonLinesParser({ name }));
  return { format: formatName(isGzip), ...outline, maxTableBytes };
}

function formatName(isGzip: boolean): string {
  return isGzip ? 'JSON lines (gzip)' : 'JSON lines';
}
