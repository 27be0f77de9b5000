import type { Column } from '../../core/table/column.ts';
import { chunksOf, type SlicedBytes } from './chunks.ts';
import { unpacked } from './gzip.ts';
import type { OutlinedColumn } from './table-outline.ts';
import { columnByteLength, countedBytes, type TextParser } from './text-parser.ts';

/** 1 MB: thousands of rows of most tables, and read in the blink of an eye. */
const SAMPLE_BYTES = 1024 * 1024;
const READ_BYTES = 256 * 1024;

export interface OutlinedText {
  readonly rowCount: number;
  /** The sample was the whole file. */
  readonly isRowCountExact: boolean;
  readonly columns: readonly OutlinedColumn[];
  readonly isGzip: boolean;
}

/**
 * Rows and columns of a text file, from its first megabyte (of an archive: of what it unpacks to).
 *
 * Rows are estimated as if all were as long as those in the sample, an archive's as if all of it packed as well; kinds are those
 * of the sample, which later rows may overturn.
 *
 * @throws {FormatError} what the parser throws | `corrupt-gzip` within the sample
 */
export async function outlineText(
  source: SlicedBytes,
  name: string,
  parser: TextParser,
): Promise<OutlinedText> {
  let bytesRead = 0;
  /** Without the chunk that is only looked at to see that there is more. */
  let bytesPushed = 0;
  let isGzip = false;
  let plainBytes = 0;
  let isWhole = true;
  const counted = countedBytes(chunksOf(source, READ_BYTES), (length) => {
    bytesRead += length;
  });
  const onGzip = () => {
    isGzip = true;
  };
  for await (const bytes of unpacked(counted, name, onGzip)) {
    if (plainBytes >= SAMPLE_BYTES) {
      isWhole = false;
      break;
    }
    parser.push(bytes);
    plainBytes += bytes.length;
    bytesPushed = bytesRead;
  }
  if (isWhole) return { ...wholeOutline(parser), isGzip };
  const plainSize = source.size * (plainBytes / bytesPushed);
  return { ...sampleOutline(parser, plainSize), isGzip };
}

function wholeOutline(parser: TextParser): Omit<OutlinedText, 'isGzip'> {
  const steps = parser.ending();
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { rowCount, columns } = step.value.table;
  return { rowCount, isRowCountExact: true, columns: columns.map((column) => outlined(column, 1)) };
}

function sampleOutline(parser: TextParser, plainSize: number): Omit<OutlinedText, 'isGzip'> {
  const { rows, bytesDone } = parser;
  const growth = plainSize / Math.max(1, bytesDone);
  const columns = parser.sampled().map((column) => outlined(column, growth));
  return { rowCount: Math.round(rows * growth), isRowCountExact: false, columns };
}

function outlined(column: Column, growth: number): OutlinedColumn {
  const byteLength = Math.round(columnByteLength(column) * growth);
  return { name: column.name, kind: column.kind, byteLength };
}
